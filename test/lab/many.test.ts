import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.ts';
import { againstReal } from './against-real.ts';
import { runToEnd } from './processes.ts';
import { faults, startThousand, type Thousand } from './thousand.ts';
import { ensureTools } from './tools.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

againstReal('many mailboxes on a real Dovecot', ensureTools(), () => {
  let many: Thousand | undefined;
  beforeAll(async () => {
    many = await startThousand(root, 120);
  }, 120_000);
  afterAll(() => many?.stop());

  test('every faulty one is named, none falsely, and a host has no more sessions than it is given', async () => {
    if (!many) throw new Error('no mailboxes');
    const { command, config, dir, env, faulty, mostSessions } = many;
    const json = path.join(dir, 'report.json');
    const [program, ...args] = command(
      process.execPath,
      path.join(root, 'bin/crm-doctor.js'),
      'mail',
      ...['--config', config, '--format', `json=${json}`, '--quiet', '--timeout', '10m'],
    );
    const { code, stdout } = await runToEnd(program, args, { env, cwd: dir, timeoutMs: 600_000 });
    expect([code, stdout]).toEqual([1, expect.stringContaining('NOT OK')]);
    const report: Report = JSON.parse(readFileSync(json, 'utf8'));
    const named = report.diagnoses.filter(({ severity }) => severity === 'critical');
    expect(new Set(named.map(({ mailbox }) => mailbox))).toEqual(new Set(faulty.keys()));
    for (const [one, fault] of faulty) {
      const causes = named.filter(({ mailbox }) => mailbox === one).map(({ cause }) => cause);
      expect(causes.filter((cause) => cause.startsWith(faults[fault]))).not.toEqual([]);
    }
    expect(
      report.many?.groups.map(({ mailboxes }) => mailboxes.length).reduce((sum, n) => sum + n, 0),
    ).toBeGreaterThanOrEqual(faulty.size);
    expect(mostSessions()).toBeGreaterThan(0);
    expect(mostSessions()).toBeLessThanOrEqual(4);
  }, 600_000);
});
