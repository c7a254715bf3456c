import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { type RunningOdoo, startOdoo } from '../../fixtures/crm/odoo.server.ts';
import { odoo16 } from '../../fixtures/crm/odoo-company.ts';
import type { Report } from '../../src/model/report.ts';
import { commandLine, workplace } from './command-line.ts';

const { directory, remove } = workplace();

/** What a reader makes of UTF-8 who takes it for Shift_JIS. */
const misread = (text: string): string => new TextDecoder('shift_jis').decode(Buffer.from(text, 'utf8'));

const people = Array.from({ length: 600 }, (_, at) => ({
  id: at + 1,
  name: `髙橋 ${at}`,
  email: `a${at}@example.jp`,
  phone: at % 3 === 0 ? false : `03-1234-${1000 + at}`,
  active: true,
  is_company: false,
  write_date: `2026-11-${String(1 + (at % 25)).padStart(2, '0')} 09:00:00`,
}));

describe('a CRM and a database', () => {
  let odoo: RunningOdoo;
  const file = join(directory, 'shop.db');

  beforeAll(async () => {
    const model = odoo16['res.partner'] ?? { fields: {}, rows: [] };
    odoo = await startOdoo({
      version: '16.0',
      secret: 'pass',
      models: { ...odoo16, 'res.partner': { ...model, rows: people } },
    });
    const database = new Database(file);
    database.exec('CREATE TABLE contacts (id INTEGER PRIMARY KEY, name TEXT, email TEXT, phone TEXT)');
    const insert = database.prepare('INSERT INTO contacts VALUES (?, ?, ?, ?)');
    for (const [at, { id, name, email, phone }] of people.entries()) {
      // One page of 200 was never handed over, and every fourth name was misread.
      if (at >= 200 && at < 400) continue;
      insert.run(BigInt(id), at % 4 === 0 ? misread(name) : name, email, phone === false ? null : phone);
    }
    database.close();
    writeFileSync(
      join(directory, 'crm-doctor.yaml'),
      `crm:
  type: odoo
  url: ${odoo.url}
  database: crm
  username: admin@example.com
  secret: \${ODOO_SECRET}
sync:
  left: { crm: contacts }
  right: { database: "sqlite:./shop.db", table: contacts }
  key: id
`,
    );
  });
  afterAll(async () => {
    await odoo.stop();
    remove();
  });

  const reportOf = async (...words: readonly string[]): Promise<Report> => {
    const { out } = await commandLine(['sync', '--json', ...words], { cwd: directory, env: { ODOO_SECRET: 'pass' } });
    return JSON.parse(out) as Report; // as the reporter writes it
  };

  test('both causes are named, and once the corrections were applied the same command finds none', async () => {
    const before = await reportOf('--patch', 'fix.sql');
    expect(before.diagnoses.map(({ cause }) => cause).toSorted()).toEqual([
      'sync.mojibake-utf8-as-sjis',
      'sync.page-lost',
    ]);
    expect(before.comparison).toMatchObject({ changed: 100, missing: 200, extra: 0 });
    expect(before.comparison?.files).toEqual([expect.objectContaining({ what: 'patch', rows: 300 })]);
    const database = new Database(file);
    database.exec(readFileSync(join(directory, 'fix.sql'), 'utf8'));
    database.close();
    const after = await reportOf();
    expect(after.diagnoses).toEqual([]);
    expect(after.comparison).toMatchObject({ matched: 600, equal: 600, changed: 0, missing: 0, extra: 0 });
    expect(after.exitCode).toBe(0);
  });
});
