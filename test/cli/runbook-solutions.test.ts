import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { StartedMail } from '../../fixtures/scenario.ts';
import { mailScenarios } from '../../fixtures/scenarios.ts';
import type { Report } from '../../src/model/report.ts';
import { commandLine, workplace } from './command-line.ts';

let place = workplace();
let started: StartedMail | undefined;
beforeEach(() => {
  place = workplace();
});
afterEach(async () => {
  await started?.stop();
  started = undefined;
  place.remove();
});

const state = (): string => join(place.directory, 'state', 'crm-doctor');
const log = (): string => join(state(), 'runbook.jsonl');

const records = (): readonly Record<string, unknown>[] =>
  readFileSync(log(), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

const resolutions = () => records().filter(({ kind }) => kind === 'resolution');

const prepare = async () => {
  const scenario = mailScenarios.find(({ name }) => name === 'wrong-security');
  if (!scenario) throw new Error('no scenario');
  started = await scenario.start();
  const { password, ...mail } = started.config.mail;
  writeFileSync(join(place.directory, 'ca.pem'), started.ca);
  const wrong = { ...mail, password: '${DEMO_PASSWORD}', ca: './ca.pem' };
  const right = { ...wrong, smtp: { ...mail.smtp, security: 'starttls' } };
  const configured = (mailbox: object): void =>
    writeFileSync(join(place.directory, 'crm-doctor.yaml'), JSON.stringify({ version: 1, mail: mailbox }));
  return { wrong, right, configured, where: { cwd: place.directory, env: { DEMO_PASSWORD: password } }, password };
};

const cause = 'config.security-mismatch';

const told = async (
  where: Parameters<typeof commandLine>[1],
  ...more: string[]
): Promise<Report['diagnoses'][number]['lastSolution']> => {
  const { out } = await commandLine(['mail', '--json', ...more], where);
  return (JSON.parse(out) as Report).diagnoses.find((one) => one.cause === cause)?.lastSolution;
};

describe('the last solution of a cause', () => {
  test('is what --apply changed, is offered when the cause is back, in the language of the run', async () => {
    const { wrong, configured, where } = await prepare();
    configured(wrong);
    expect(await told(where)).toBeUndefined();
    await commandLine(['mail', '--apply', '--yes', '--quiet'], where);
    const [written, ...others] = resolutions();
    expect(others).toEqual([]);
    expect(written).toMatchObject({
      cause,
      since: { steps: [{ kind: 'change', change: [{ path: 'mail.smtp.security', from: 'tls', to: 'starttls' }] }] },
    });
    configured(wrong);
    const last = await told(where);
    expect(last).toMatchObject({
      run: written?.run,
      says: 'no longer found after mail.smtp.security tls → starttls (crm-doctor.yaml)',
    });
    expect((await told(where, '--lang', 'ja'))?.says).toBe(
      '次の作業のあと、見つからなくなりました: mail.smtp.security tls → starttls（crm-doctor.yaml）',
    );
    const day = String(last?.at).slice(0, 4);
    for (const [format, pattern] of [
      ['text', `Last time +\\d+ \\w+ ${day}: no longer found after`],
      ['markdown', `Last time \\(\\d+ \\w+ ${day}\\): no longer found after`],
      ['github', `Last time \\(\\d+ \\w+ ${day}\\): no longer found after`],
      ['junit', `Last time \\(\\d+ \\w+ ${day}\\): no longer found after`],
      ['html', `<dt>Last time</dt><dd>\\d+ \\w+ ${day}: no longer found after`],
    ] as const) {
      expect((await commandLine(['mail', '--format', format], where)).out).toMatch(new RegExp(pattern));
    }
  });

  test('that nobody wrote down is told as just that, and a note of the run in between as the note', async () => {
    const { wrong, right, configured, where, password } = await prepare();
    for (const note of [undefined, `the provider changed the port, ${password}`]) {
      configured(wrong);
      await commandLine(['mail', '--quiet'], where);
      if (note !== undefined) await commandLine(['runbook', 'note', note, '--run', 'last'], where);
      configured(right);
      await commandLine(['mail', '--quiet'], where);
      configured(wrong);
      const says = (await told(where))?.says;
      expect(says).toMatch(
        note === undefined
          ? /^went away between \d.* and \d.*, without a recorded step$/
          : /^no longer found after "the provider changed the port, \*+"$/,
      );
    }
    expect(resolutions()).toHaveLength(2);
  });

  test('is not claimed while what had shown the cause was not looked at again', async () => {
    const { wrong, right, configured, where } = await prepare();
    configured(wrong);
    await commandLine(['mail', '--quiet'], where);
    configured(right);
    await commandLine(['mail', '--quiet', '--only', 'mail.dns'], where);
    expect(resolutions()).toEqual([]);
    expect(records().findLast(({ kind }) => kind === 'run-finished')).toMatchObject({ open: [{ cause }] });
    await commandLine(['mail', '--quiet'], where);
    expect(resolutions()).toMatchObject([{ cause, since: { run: records().find(({ run }) => run)?.run, steps: [] } }]);
    expect(records().findLast(({ kind }) => kind === 'run-finished')).not.toHaveProperty('open');
    // Once told, it is not told again.
    await commandLine(['mail', '--quiet'], where);
    expect(resolutions()).toHaveLength(1);
  });

  test('one that says how counts more than a later one that does not, and a hostile one is escaped', async () => {
    const { wrong, configured, where } = await prepare();
    mkdirSync(state(), { recursive: true });
    const who = { user: 'hanako', host: 'crm01' };
    const esc = '\u001b]0;owned\u0007<i id=x>\n';
    writeFileSync(
      log(),
      [
        { at: '2026-11-03T00:00:00.000Z', who, kind: 'resolution', cause, text: `asked the provider ${esc}` },
        {
          at: '2026-11-04T00:00:00.000Z',
          who,
          kind: 'resolution',
          cause,
          text: 'went away',
          since: { run: 'r', at: '2026-11-03T00:00:00.000Z', steps: [] },
        },
        { at: '2026-11-05T00:00:00.000Z', who, kind: 'resolution', cause: 7, text: 'x' },
        { at: '2026-11-05T00:00:00.000Z', who, kind: 'resolution', cause: 'tls.other', text: 'x' },
      ]
        .map((record) => `${JSON.stringify(record)}\n`)
        .join(''),
    );
    configured(wrong);
    expect(await told(where)).toEqual({ at: '2026-11-03T00:00:00.000Z', says: `asked the provider ${esc}` });
    for (const format of ['text', 'markdown', 'html', 'github']) {
      const { out } = await commandLine(['mail', '--format', format], where);
      expect(out).toContain('asked the provider');
      for (const control of ['\u001b', '\u0007']) expect(out).not.toContain(control);
      if (format === 'html' || format === 'markdown') expect(out).not.toContain('<i id=x>');
    }
  });
});
