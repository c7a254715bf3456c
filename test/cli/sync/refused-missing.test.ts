import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { commandLine } from '../command-line.ts';

const directory = mkdtempSync(join(tmpdir(), 'crm-doctor-refused-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const header = 'id,name,started,ended,account_id,email,parent_id';
/** By place, what the table of the other side cannot take. */
const isRefused = (at: number): boolean => at >= 540 && at < 597;
const lines = Array.from({ length: 620 }, (_, at) => {
  const account = at >= 540 && at < 570 ? 'A77' : `A${10 + (at % 20)}`;
  const ended = at >= 570 && at < 575 ? '2024-01-01' : '2026-03-31';
  // Of a record that is there, of one that comes before it, in another letter case.
  const shared = at >= 575 && at < 590 ? at - 500 : at === 591 ? 590 : at;
  const email = `${at % 2 === 0 ? 'User' : 'user'}${shared}@example.co.jp`;
  // Of one that is missing, of itself, of one that is there, of none that there is.
  const parent = at >= 592 && at < 596 ? 1540 : at === 596 ? 7777 : at === 600 ? 1600 : at > 600 ? 1000 + at - 600 : '';
  return `C${1000 + at},Customer ${at},2025-04-01,${ended},${account},${email},${parent === '' ? '' : `C${parent}`}`;
});

beforeAll(() => {
  writeFileSync(join(directory, 'crm.csv'), `${[header, ...lines].join('\n')}\n`);
  const database = new Database(join(directory, 'shop.db'));
  database.exec(`CREATE TABLE accounts (id TEXT PRIMARY KEY);
    CREATE TABLE contacts (id TEXT PRIMARY KEY, name TEXT, started DATE, ended DATE,
      account_id TEXT REFERENCES accounts (id), email TEXT COLLATE nocase, parent_id TEXT REFERENCES contacts (id),
      CONSTRAINT days CHECK (ended >= started), CONSTRAINT one_mail UNIQUE (email))`);
  const account = database.prepare('INSERT INTO accounts VALUES (?)');
  for (let at = 10; at < 30; at += 1) account.run(`A${at}`);
  const contact = database.prepare('INSERT INTO contacts VALUES (?, ?, ?, ?, ?, ?, ?)');
  for (const [at, line] of lines.entries())
    if (!isRefused(at)) contact.run(line.split(',').map((value) => (value === '' ? null : value)));
  database.close();
});

interface Found {
  readonly cause: string;
  readonly n: number;
  readonly examples: readonly { readonly key: string; readonly holder?: string }[];
}

const found = async (...more: readonly string[]) => {
  const args = ['sync', 'crm.csv', 'shop.db#contacts', '--key', 'id', '--json', ...more];
  const { out, code } = await commandLine(args, { cwd: directory });
  const { diagnoses, comparison } = JSON.parse(out);
  const explained: readonly Found[] = comparison.explained.map(
    ({ cause, share, examples }: Found & { readonly share: { readonly n: number } }) => ({
      cause,
      n: share.n,
      examples,
    }),
  );
  return { because: JSON.stringify(diagnoses), explained, open: comparison.unexplained.missing, code };
};

test('missing records that the table of the other side cannot take are refused, and no filter left them out', async () => {
  const { because, explained, open, code } = await found();
  expect(code).toBe(1);
  expect(explained.map(({ cause, n }) => [cause, n])).toEqual([
    ['sync.validation-rejected', 30],
    // The first of two that are missing could be written.
    ['sync.duplicate-rule-blocked', 16],
    // Fewer than twenty as well: a condition of the table leaves no doubt.
    ['sync.validation-rejected', 5],
    ['sync.validation-rejected', 4],
    ['sync.validation-rejected', 1],
  ]);
  expect(open).toBe(1);
  expect(because).toContain('name a record in account_id that is not in accounts (id) of the target');
  expect(because).toContain('CHECK days: ended >= started');
  expect(because).toContain('name in parent_id a record of the same table (contacts (id)) that is missing');
  expect(because).toContain('the constraint one_mail');
  expect(explained[1]?.examples[0]).toEqual({ key: 'C1575', holder: 'C1075' });
});

test('who has the value is hidden as the key is', async () => {
  const { explained } = await found('--redact');
  expect(JSON.stringify(explained)).not.toContain('C1075');
  expect(explained[1]?.examples[0]?.holder).toMatch(/^A9999#/);
});
