import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { fileNameOf } from '../../src/cli/file-name.ts';
import type { Report } from '../../src/model/report.ts';
import { commandLine, workplace } from './command-line.ts';

let place: ReturnType<typeof workplace>;
beforeEach(() => {
  place = workplace();
  writeFileSync(
    join(place.directory, 'crm-doctor.yaml'),
    'version: 1\nmailboxes: { file: accounts.csv, defaults: { imap: { port: 993 } } }\n',
  );
  const rows = Array.from({ length: 40 }, (_, number) => {
    const host = number % 10 === 3 ? 'imap.aozora.test:0' : number < 20 ? 'imap.aozora.test' : 'imap.kumo.test';
    const bad = number === 7 ? 'not a host!' : host;
    return `user${number}@aozora.test,${bad},${number < 20 ? '../../etc/青空' : 'kumo'}`;
  });
  writeFileSync(join(place.directory, 'accounts.csv'), `address,imap,tenant\n${rows.join('\n')}\n`);
});
afterEach(() => place.remove());

const at = (name: string): string => join(place.directory, name);
const run = (...argv: readonly string[]) => commandLine(argv, { cwd: place.directory });
const json = async (...argv: readonly string[]): Promise<Report> => JSON.parse((await run(...argv, '--json')).out);

test('many mailboxes are told by cause and place first, one of each kind in full', async () => {
  const { out } = await run('mail', '--offline', '--lang', 'en');
  expect(out).toContain('40 mailboxes, 5 with problems');
  expect(out).toMatch(/1 of 40 mailboxes: A row of the list of mailboxes cannot be used/);
  expect(out).toMatch(/4 of 21 mailboxes at imap\.aozora\.test/);
  expect(out).toContain('user3@aozora.test, user13@aozora.test, user23@aozora.test, user33@aozora.test');
  // In full: one of the four, and the row.
  expect(out.match(/^Mailbox {2}/gm)).toHaveLength(2);
  expect((await run('mail', '--offline', '--verbose', '--lang', 'en')).out.match(/^Mailbox {2}/gm)).toHaveLength(40);
  const html = (await run('mail', '--offline', '--format', 'html', '--lang', 'en')).out;
  expect(html).toContain('<li>user33@aozora.test</li>');
  expect((await run('mail', '--offline', '--format', 'markdown', '--lang', 'ja')).out).toContain(
    '21 件のメールボックスのうち 4 件',
  );
});

test('ndjson has a line a mailbox, its checks before it, and the groups in the last one', async () => {
  const lines = (await run('mail', '--offline', '--format', 'ndjson')).out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.filter(({ type }) => type === 'mailbox')).toHaveLength(40);
  expect(lines.at(-1)).toMatchObject({ type: 'summary', many: { mailboxes: 40 } });
  const end = lines.findIndex(({ type, mailbox }) => type === 'mailbox' && mailbox === 'user5@aozora.test');
  const checks = lines.flatMap(({ type, mailbox }, index) =>
    type === 'check' && mailbox === 'user5@aozora.test' ? [index] : [],
  );
  expect(checks.length).toBeGreaterThan(5);
  expect(Math.max(...checks)).toBeLessThan(end);
  // Nothing is told twice.
  const seen = lines.flatMap(({ type, id, mailbox, target }) =>
    type === 'check' ? [`${id} ${mailbox} ${target}`] : [],
  );
  expect(new Set(seen).size).toBe(seen.length);
  const { code } = await run('mail', '--offline', '--format', `ndjson=${at('out.ndjson')}`, '--quiet');
  expect(code).toBe(1);
  expect(readFileSync(join(place.directory, 'out.ndjson'), 'utf8').trimEnd().split('\n')).toHaveLength(lines.length);
});

test('evidence is kept of what is wrong, and of three that are wrong alike', async () => {
  const report = await json('mail', '--offline');
  const withEvidence = new Set(
    report.checks.flatMap(({ evidence, mailbox }) => (evidence.length > 0 ? [mailbox] : [])),
  );
  // Whichever were looked at first.
  const alike = ['user3', 'user13', 'user23', 'user33']
    .map((name) => `${name}@aozora.test`)
    .filter((one) => withEvidence.has(one));
  expect(alike).toHaveLength(3);
  expect([...withEvidence].toSorted()).toEqual([...alike, 'user7@aozora.test'].toSorted());
  expect(report.many?.withEvidence).toBe(4);
});

test('parts are put together; what is missing, twice or of another version is said', async () => {
  for (const part of [1, 2, 3])
    await run('mail', '--offline', '--shard', `${part}/4`, '--format', `json=${at(`part-${part}.json`)}`);
  const whole = await json('mail', '--offline');
  const three = await json('report', '--merge', 'part-1.json', 'part-2.json', 'part-3.json', 'part-1.json');
  expect(three.many?.merged).toMatchObject({ missing: ['4/4'], duplicates: [] });
  expect(three.many?.merged?.runs).toHaveLength(3);
  await run('mail', '--offline', '--shard', 'index:3/4', '--format', `json=${at('part-4.json')}`);
  const all = await json('report', '--merge', 'part-1.json', 'part-2.json', 'part-3.json', 'part-4.json');
  expect(all.many?.merged).toMatchObject({ missing: [], duplicates: [] });
  expect(all.summary).toEqual(whole.summary);
  const plain = ({ many }: Report) =>
    many?.groups.map(({ cause, place: at, mailboxes, of }) => ({ cause, at, of, mailboxes: mailboxes.toSorted() }));
  expect(plain(all)).toEqual(plain(whole));
  const old = JSON.parse(readFileSync(join(place.directory, 'part-2.json'), 'utf8'));
  writeFileSync(
    join(place.directory, 'old.json'),
    JSON.stringify({
      ...old,
      tool: { ...old.tool, version: '0.0.1' },
      run: { ...old.run, id: '20200101T000000Z-abcdef012', startedAt: '2020-01-01T00:00:00.000Z' },
    }),
  );
  const twice = await run('report', '--merge', 'part-2.json', 'old.json', '--lang', 'en');
  expect(twice.out).toContain('in several of the results, of which the latest counts: user');
  expect(twice.out).toContain('several versions of crm-doctor: ');
  expect(twice.out).toContain('missing: 1/4, 3/4, 4/4');
  const { code, err } = await run('report', '--merge', 'accounts.csv');
  expect([code, err]).toEqual([2, expect.stringContaining('accounts.csv')]);
});

test('a report for each tenant, whatever a tenant is called', async () => {
  const { err } = await run(
    'mail',
    '--offline',
    '--output-dir',
    'tenants',
    '--format',
    'json',
    '--format',
    `html=${at('all.html')}`,
  );
  expect(err).toContain('2 reports of tenants');
  const files = readdirSync(join(place.directory, 'tenants')).toSorted();
  expect(files).toEqual([
    expect.stringMatching(/^__.*青空-[0-9a-f]{8}\.html$/),
    expect.stringMatching(/^__.*\.json$/),
    'kumo.html',
    'kumo.json',
  ]);
  const kumo: Report = JSON.parse(readFileSync(join(place.directory, 'tenants/kumo.json'), 'utf8'));
  expect(new Set(kumo.checks.map(({ mailbox }) => mailbox)).size).toBe(20);
  expect(JSON.stringify(kumo)).not.toContain('青空');
});

test.each([
  ['../../etc/passwd', /^__/],
  ['CON', /^_CON-/],
  ['', /^unnamed-/],
  ['Kumo', /^Kumo-[0-9a-f]{8}$/],
  ['kumo', /^kumo$/],
  ['a\u0000b\nc', /^a_b_c-/],
  ['x'.repeat(500), /^x{60}-[0-9a-f]{8}$/],
])('a file name for the tenant %j', (tenant, expected) => {
  expect(fileNameOf(tenant)).toMatch(expected);
  expect(fileNameOf(tenant)).not.toMatch(/[/\\]|^\./);
});
