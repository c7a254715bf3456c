import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { commandLine } from '../command-line.ts';

const directory = mkdtempSync(join(tmpdir(), 'crm-doctor-refused-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const header = 'id,name,started,ended,account_id';
const lines = Array.from({ length: 600 }, (_, at) => {
  const account = at >= 540 && at < 570 ? 'A77' : `A${10 + (at % 20)}`;
  const ended = at >= 570 && at < 575 ? '2024-01-01' : '2026-03-31';
  return `C${1000 + at},Customer ${at},2025-04-01,${ended},${account}`;
});

beforeAll(() => {
  writeFileSync(join(directory, 'crm.csv'), `${[header, ...lines].join('\n')}\n`);
  const database = new Database(join(directory, 'shop.db'));
  database.exec(`CREATE TABLE accounts (id TEXT PRIMARY KEY);
    CREATE TABLE contacts (id TEXT PRIMARY KEY, name TEXT, started DATE, ended DATE,
      account_id TEXT REFERENCES accounts (id), CONSTRAINT days CHECK (ended >= started))`);
  const account = database.prepare('INSERT INTO accounts VALUES (?)');
  for (let at = 10; at < 30; at += 1) account.run(`A${at}`);
  const contact = database.prepare('INSERT INTO contacts VALUES (?, ?, ?, ?, ?)');
  for (const line of [...lines.slice(0, 540), ...lines.slice(575)]) contact.run(line.split(','));
  database.close();
});

test('missing records that the table of the other side cannot take are refused, and no filter left them out', async () => {
  const { out, code } = await commandLine(['sync', 'crm.csv', 'shop.db#contacts', '--key', 'id', '--json'], {
    cwd: directory,
  });
  const { diagnoses, comparison } = JSON.parse(out);
  expect(code).toBe(1);
  expect(diagnoses.map(({ cause }: { cause: string }) => cause)).toEqual(['sync.validation-rejected']);
  const because = JSON.stringify(diagnoses);
  expect(because).toContain('30 of 35');
  expect(because).toContain('name a record in account_id that is not in accounts (id) of the target');
  // Fewer than twenty as well: a condition of the table leaves no doubt.
  expect(because).toContain('CHECK days: ended >= started');
  expect(JSON.stringify(comparison)).not.toContain('filter-excludes');
});
