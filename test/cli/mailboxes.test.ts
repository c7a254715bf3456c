import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.ts';
import { commandLine, workplace } from './command-line.ts';

let place: ReturnType<typeof workplace>;
beforeEach(() => {
  place = workplace();
});
afterEach(() => place.remove());

const config = (more = '') => `version: 1
mailboxes:
  file: accounts.csv
  defaults: { imap: { security: tls }, smtp: { host: smtp.aozora.test, port: 587 } }
${more}`;

const write = (name: string, text: string | Buffer): void => writeFileSync(join(place.directory, name), text);
const run = (...argv: readonly string[]) => commandLine(argv, { cwd: place.directory });
const offline = async (
  ...argv: readonly string[]
): Promise<{ readonly report: Report; readonly all: string; readonly code: number }> => {
  const { code, out, err } = await run(...argv, '--offline', '--json');
  const runs = join(place.directory, 'state/crm-doctor/runs');
  const kept = readdirSync(runs)
    .map((name) => readFileSync(join(runs, name), 'utf8'))
    .join('');
  return { report: JSON.parse(out), all: out + err + kept, code };
};

/** What is wrong with each row, by the mailbox. */
const faults = ({ diagnoses }: Report) =>
  Object.fromEntries(
    diagnoses
      .filter(({ cause }) => cause === 'config.mailbox-row')
      .map(({ mailbox, explanation }) => [mailbox, explanation]),
  );

test('a list with a byte order mark, quotes, blank lines and CRLF; bad rows are named and stop no other', async () => {
  write('crm-doctor.yaml', config());
  write(
    'accounts.csv',
    '\ufeffAddress,name,password,imap,tenant,disabled\r\ntaro@aozora.test,taro,"se,cret"" 1",imap.aozora.test,A,\r\n\r\n' +
      'port@aozora.test,,secret2,imap.aozora.test:99x,B,\r\nhunter2secret,,secret3,x,B,\r\n' +
      'taro@aozora.test,,secret4,imap.aozora.test,A,\r\nshort@aozora.test\r\n' +
      'off@aozora.test,,secret5,imap.aozora.test,,yes\r\nhanako@aozora.test,taro,secret6,imap.aozora.test,,いつか\r\n',
  );
  const { report, all, code } = await offline('mail');
  expect(code).toBe(1);
  expect(faults(report)).toEqual({
    'port@aozora.test': expect.stringContaining('row 3: imap is not written as HOST[:PORT][/SECURITY]'),
    'accounts.csv:4': expect.stringContaining('row 4: address is no e-mail address'),
    'accounts.csv:6': expect.stringContaining('row 6: the row has fewer fields than the header'),
    'hanako@aozora.test (accounts.csv:8)': expect.stringContaining(
      'disabled is neither yes nor no; the same name or address stands in row 2',
    ),
  });
  const good = report.checks.filter(({ mailbox, status }) => mailbox === 'taro' && status === 'pass');
  expect(good.map(({ target }) => target)).toEqual([
    'smtp smtp.aozora.test:587',
    'imap imap.aozora.test:993',
    'taro@aozora.test',
  ]);
  expect(report.checks.some(({ mailbox }) => mailbox === 'off@aozora.test')).toBe(false);
  // Of a row that is not understood nothing is repeated: the password may stand in the wrong column.
  expect(all).not.toMatch(/se,cret|secret\d|hunter2/);
});

test('CP932 from a spreadsheet, tab-separated, with Japanese headers', async () => {
  write('crm-doctor.yaml', config().replace('accounts.csv', 'accounts.tsv'));
  const line = (hex: string) => Buffer.from(hex, 'hex');
  // 名前, 営業 and 青空 in CP932.
  const [name = '', sales = '', blue = ''] = ['96bc914f', '89638bc6', '90c28bf3'];
  write(
    'accounts.tsv',
    Buffer.concat([
      Buffer.from('address\t'),
      line(name),
      Buffer.from('\ttenant\timap\n a@aozora.test \t'),
      line(sales),
      Buffer.from('\t'),
      line(blue),
      Buffer.from('\timap.aozora.test\n'),
    ]),
  );
  const { out } = await run('mail', '--tenant', '青空', '--dry-run');
  expect(out).toContain('imap imap.aozora.test:993');
  expect((await run('mail', '営業', '--dry-run')).out).toContain('imap imap.aozora.test:993');
});

test('JSON Lines, passwords from files, commands and variables; a secret that cannot be had is the fault of its row', async () => {
  write('crm-doctor.yaml', config().replace('accounts.csv', 'accounts.jsonl'));
  mkdirSync(join(place.directory, 'pw'));
  write('pw/a', 'file-secret\n');
  const rows = [
    { address: 'a@aozora.test', passwordFile: 'pw/a', 'imap.host': 'imap.aozora.test', 'imap.port': 993 },
    { address: 'b@aozora.test', passwordCommand: 'echo command-secret', imap: 'imap.aozora.test' },
    { address: 'c@aozora.test', passwordEnv: 'NOBODY_SET_THIS', imap: 'imap.aozora.test' },
    { address: 'd@aozora.test', passwordFile: 'MyPassw0rd!', imap: 'imap.aozora.test' },
    { address: 'e@aozora.test', passwordCommand: 'false', password: 'x', imap: 'imap.aozora.test' },
    { address: 'f@aozora.test', passwordCommand: 'false S3cretArgument', imap: 'imap.aozora.test' },
  ];
  write('accounts.jsonl', rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const { report, all } = await offline('check');
  expect(faults(report)).toEqual({
    'c@aozora.test': expect.stringContaining('row 3: passwordEnv names no environment variable that is set'),
    'd@aozora.test': expect.stringContaining('row 4: passwordFile names a file that cannot be read'),
    'e@aozora.test': expect.stringContaining('row 5: password and passwordCommand both have a value'),
    'f@aozora.test': expect.stringContaining('row 6: passwordCommand failed'),
  });
  expect(all).not.toMatch(/file-secret|command-secret|MyPassw0rd|S3cretArgument/);
});

test.each([
  ['address,passwrd\na@aozora.test,x\n', 'no column is called "passwrd"; did you mean password?'],
  ['name,imap\na,imap.aozora.test\n', 'there is no column "address"'],
  ['address,imap\n', 'it has a header and no mailbox'],
  ['', 'the file is empty'],
  ['address,user,username\na@aozora.test,x,y\n', 'two columns say the same: the second is username'],
])('a list that cannot be one: %j', async (text, says) => {
  write('crm-doctor.yaml', config());
  write('accounts.csv', text);
  const { code, err } = await run('mail', '--offline');
  expect(code).toBe(2);
  expect(err).toContain(says);
  expect(err).toContain('accounts.csv');
});

test('a list that is not there, a column that is not there, a limit that is none', async () => {
  write('crm-doctor.yaml', config());
  expect((await run('mail', '--dry-run')).err).toContain('there is no such file');
  write('accounts.csv', 'address,imap\na@aozora.test,imap.aozora.test\n');
  write('crm-doctor.yaml', config('  tenant: customer\n'));
  expect((await run('mail', '--dry-run')).err).toContain('it has no column "customer"');
  write('crm-doctor.yaml', config('  perHost: 0\n'));
  expect((await run('mail', '--dry-run')).err).toContain('a number from 1 to 100');
});

test('beside mail:, with names that are taken', async () => {
  write('crm-doctor.yaml', `${config()}mail: { address: sales@aozora.test, imap: { host: imap.aozora.test } }\n`);
  write('accounts.csv', 'address,imap\nsales@aozora.test,imap.aozora.test\na@aozora.test,imap.aozora.test\n');
  const { report } = await offline('check');
  expect(faults(report)).toEqual({
    'sales@aozora.test (accounts.csv:2)': expect.stringContaining('the same name or address stands in mail:'),
  });
  expect((await run('mail', 'sales@aozora.test', '--dry-run')).out).toContain('imap imap.aozora.test:993');
});

test('parts are the same in every run, disjoint, complete, and hardly move when others come', async () => {
  write('crm-doctor.yaml', config());
  const addresses = Array.from({ length: 400 }, (_, at) => `user${at}@aozora.test`);
  const list = (all: readonly string[]) => `address,imap\n${all.map((one) => `${one},imap.aozora.test\n`).join('')}`;
  const parts = async (all: readonly string[], words: readonly string[]) => {
    write('accounts.csv', list(all));
    return Promise.all(
      words.map(
        async (word) => (await run('mail', '--shard', word, '--dry-run')).out.match(/^user\d+@aozora\.test$/gm) ?? [],
      ),
    );
  };
  const first = await parts(addresses, ['1/4', '2/4', '3/4', '4/4']);
  expect(first.flat().toSorted()).toEqual(addresses.toSorted());
  for (const part of first) expect(part.length).toBeGreaterThan(60);
  expect(await parts(addresses, ['index:0/4', 'index:1/4', 'index:2/4', 'index:3/4'])).toEqual(first);
  const more = await parts([...addresses, 'new@aozora.test'].toReversed(), ['1/4', '2/4', '3/4', '4/4']);
  expect(more.map((part) => part.filter((one) => one !== 'new@aozora.test').toSorted())).toEqual(
    first.map((part) => part.toSorted()),
  );
  for (const wrong of ['0/4', '5/4', 'index:4/4', '1', '1/0', 'a/b']) {
    const { code, err } = await run('mail', '--shard', wrong, '--dry-run');
    expect(code).toBe(2);
    expect(err).toContain('index:0/8');
  }
});
