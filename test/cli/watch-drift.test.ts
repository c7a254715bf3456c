import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { startImap } from '../../fixtures/imap.server.ts';
import { MailStore } from '../../fixtures/mail-store.ts';
import { commandLine } from './command-line.ts';

const home = mkdtempSync(join(tmpdir(), 'crm-doctor-drift-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

test('another server at the same place is told once, before anything fails', async () => {
  const store = new MailStore([{ address: 'sales@example.test', password: 'right-4711' }]);
  const id = { name: 'Dovecot' };
  const server = await startImap({ store, tls: 'none', clearLogins: true, id });
  try {
    const told = join(home, 'told.jsonl');
    writeFileSync(
      join(home, 'crm-doctor.yaml'),
      `version: 1
mail: { address: sales@example.test, password: right-4711, imap: { host: 127.0.0.1, port: ${server.port}, security: none } }
notify: { type: command, command: [sh, -c, 'cat >> "$0"; echo >> "$0"', ${told}], language: ja }
`,
    );
    const look = () =>
      commandLine(['watch', '--once', '--all', '--only', 'mail.port', 'mail.imap-auth'], { cwd: home });
    const drifts = () =>
      readFileSync(told, 'utf8')
        .split('\n')
        .filter((line) => line.includes('"drift"'));
    writeFileSync(told, '');
    expect((await look()).code).toBe(0);
    expect(drifts()).toEqual([]);
    id.name = 'Courier';
    expect((await look()).code).toBe(0);
    expect(drifts()).toHaveLength(1);
    expect(drifts()[0]).toContain('Dovecot → Courier');
    expect(drifts()[0]).toContain('crm-doctor runbook accept ');
    expect((await look()).code).toBe(0);
    expect(drifts()).toHaveLength(1);
  } finally {
    await server.stop();
  }
});
