import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { undo } from '../../src/cli/apply-undo.ts';
import type { Runbook } from '../../src/runbook/runbook.ts';
import { openRunbook } from '../../src/runbook/runbook.ts';
import { commandLine, workplace } from './command-line.ts';

let place = workplace();
beforeEach(() => {
  place = workplace();
});
afterEach(() => place.remove());

const at = () => ({ cwd: place.directory });

const state = (): string => join(place.directory, 'state', 'crm-doctor');

const records = (): readonly Record<string, unknown>[] =>
  readFileSync(join(state(), 'runbook.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

const kinds = (): readonly unknown[] => records().map(({ kind }) => kind);

/** A configuration with a change that was applied to it. */
const applied = async () => {
  const file = join(place.directory, 'crm-doctor.yaml');
  writeFileSync(file, 'version: 1\nmail: { address: a@b.jp, password: geheim, smtp: { host: h.jp, port: 587 } }\n');
  const change = [{ path: 'mail.smtp.port', from: 25, to: 587 }];
  await openRunbook(state()).append({ kind: 'change-done', run: '20261124T020512Z-ab12cd', where: file, change });
  return { where: { ...at(), env: {} }, file };
};

describe('the runbook knows of an act before it happens', () => {
  test('undo', async () => {
    const { where } = await applied();
    expect((await commandLine(['runbook', 'undo', '--yes'], where)).code).toBe(0);
    expect(kinds().slice(-2)).toEqual(['undo-intended', 'undone']);
    // What was begun and ended is told once.
    expect((await commandLine(['runbook', 'list'], where)).out).not.toContain('about to');
  });

  test('undo is not done where it cannot be written down', async () => {
    const { where, file } = await applied();
    const changed = readFileSync(file, 'utf8');
    const real = openRunbook(state());
    const text = { en: 'the disk is full', ja: 'ディスクの空き容量がありません' };
    const full: Runbook = {
      ...real,
      append: () => Promise.resolve({ kind: 'failed', code: 'ENOSPC', path: file, text }),
    };
    const stream = { write: () => {}, isTTY: false, columns: 80 };
    const io = { out: stream, err: stream, env: where.env, cwd: where.cwd, onInterrupt: () => () => {} };
    const context = { io, language: 'en', version: '0' } as const;
    await expect(undo(undefined, full, { yes: true, failOn: 'fail' }, context)).rejects.toThrow('the disk is full');
    expect(readFileSync(file, 'utf8')).toBe(changed);
  });

  test('init', async () => {
    const rows = Array.from({ length: 60 }, (_, index) => `${index},name${index}@b.jp\n`).join('');
    for (const name of ['a.csv', 'b.csv']) writeFileSync(join(place.directory, name), `id,email\n${rows}`);
    const { code, err } = await commandLine(['init', 'sync', 'a.csv', 'b.csv', '--no-input'], at());
    expect({ code, failed: err.includes('not written') }).toEqual({ code: 0, failed: false });
    const file = join(place.directory, 'crm-doctor.yaml');
    expect(readdirSync(place.directory)).toContain('crm-doctor.yaml');
    expect(records()).toMatchObject([
      { kind: 'file-intended', by: 'init sync', where: file },
      { kind: 'file-written', by: 'init sync', where: file },
    ]);
    expect((await commandLine(['runbook', 'list', '--lang', 'ja'], at())).out).toContain('書き込み');
  });

  test('workflow --fix', async () => {
    const file = join(place.directory, 'welcome.yaml');
    const unused =
      'workflow: welcome\nobject: Contact\ntrigger: { on: create }\nsteps:\n  # crm-doctor-disable-next-line flow-unreachable-step -- kept\n  - update: record\n    set: { source: web }\n';
    writeFileSync(file, unused);
    await commandLine(['workflow', 'welcome.yaml', '--fix', '--dry-run'], at());
    expect(kinds()).toEqual(['run-started', 'run-finished']);
    await commandLine(['workflow', 'welcome.yaml', '--fix'], at());
    expect(readFileSync(file, 'utf8')).not.toBe(unused);
    expect(records().slice(2)).toMatchObject([
      { kind: 'run-started' },
      { kind: 'file-intended', by: 'workflow --fix', where: file, backup: expect.stringContaining('.bak-') },
      { kind: 'file-written', where: file },
      { kind: 'run-finished' },
    ]);
  });
});
