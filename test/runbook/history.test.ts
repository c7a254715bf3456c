import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openHistory } from '../../src/runbook/history.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'history-'));
  mkdirSync(join(folder, 'runs'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const keep = (id: string, status: string, more: object = {}): void => {
  const check = { id: 'mail.dns', mailbox: 'a@b', target: 'mx.b', status, evidence: [{ fact: 'mail.dns', seen: id }] };
  const report = { run: { id, startedAt: `at ${id}` }, checks: [{ ...check, ...more }] };
  writeFileSync(join(folder, 'runs', `${id}.json`), JSON.stringify({ report }));
};

const asked = () => openHistory(folder).lastGood('mail.dns', 'a@b', 'mx.b');

describe('the memory of earlier runs', () => {
  test('gives the newest run in which the check was good', async () => {
    keep('20261101T000000Z-aaaaaa', 'pass');
    keep('20261102T000000Z-aaaaaa', 'warn');
    keep('20261103T000000Z-aaaaaa', 'fail');
    expect(await asked()).toEqual({
      run: '20261102T000000Z-aaaaaa',
      at: 'at 20261102T000000Z-aaaaaa',
      fact: { fact: 'mail.dns', seen: '20261102T000000Z-aaaaaa' },
    });
  });

  test('gives the newest run of all where that is asked for', async () => {
    keep('20261101T000000Z-aaaaaa', 'pass');
    keep('20261103T000000Z-aaaaaa', 'fail');
    expect(await openHistory(folder).last('mail.dns', 'a@b', 'mx.b')).toMatchObject({ run: '20261103T000000Z-aaaaaa' });
  });

  test('knows nothing of another check, mailbox or target', async () => {
    keep('20261101T000000Z-aaaaaa', 'pass', { target: 'other.b' });
    keep('20261102T000000Z-aaaaaa', 'pass', { mailbox: 'c@b' });
    keep('20261103T000000Z-aaaaaa', 'pass', { id: 'mail.tls' });
    expect(await asked()).toBeUndefined();
  });

  test('passes over what is damaged or foreign', async () => {
    keep('20261101T000000Z-aaaaaa', 'pass');
    writeFileSync(join(folder, 'runs', '20261102T000000Z-aaaaaa.json'), '{"report": {"checks": 3');
    writeFileSync(join(folder, 'runs', '20261103T000000Z-aaaaaa.json'), 'null');
    writeFileSync(join(folder, 'runs', '20261104T000000Z-aaaaaa.json'), '{"report":{}}');
    expect(await asked()).toMatchObject({ run: '20261101T000000Z-aaaaaa' });
  });

  test('looks back no further than some megabytes', async () => {
    const heavy = { more: 'x'.repeat(12 * 1024 * 1024), id: 'mail.tls' };
    keep('20261101T000000Z-aaaaaa', 'pass');
    keep('20261102T000000Z-aaaaaa', 'pass', heavy);
    keep('20261103T000000Z-aaaaaa', 'pass', heavy);
    expect(await asked()).toMatchObject({ run: '20261101T000000Z-aaaaaa' });
    keep('20261104T000000Z-aaaaaa', 'pass', heavy);
    expect(await asked()).toBeUndefined();
  });

  test('is empty where nothing was kept yet', async () => {
    expect(await openHistory(join(folder, 'nothing')).lastGood('mail.dns', 'a@b', 'mx.b')).toBeUndefined();
  });
});
