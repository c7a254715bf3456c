import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/model/report.ts';
import { type Contact, contacts, withFault, withHonestEdits } from '../sync/support/view.ts';
import { commandLine, workplace } from './command-line.ts';

const { directory, remove } = workplace();
afterAll(remove);

const csv = (rows: readonly Contact[]): string => {
  const names = Object.keys(rows[0] ?? {});
  const cell = (value: string): string => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  return [names, ...rows.map((row) => names.map((name) => row[name] ?? ''))]
    .map((row) => `${row.map(cell).join(',')}\n`)
    .join('');
};

const file = (name: string, text: string): string => {
  writeFileSync(join(directory, name), text);
  return name;
};

const run = (words: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  commandLine(['sync', ...words], { cwd: directory, env: { LANG: 'en_US.UTF-8', ...env } });

const reportOf = async (words: readonly string[]): Promise<Report> =>
  JSON.parse((await run([...words, '--json'])).out) as Report;

const rows = contacts(1200);
const left = file('crm.csv', csv(rows));
const mojibake = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
const broken = file('broken.csv', csv(withFault(rows, 0.2, (row) => ({ ...row, name: mojibake(row.name ?? '') }))));
const honest = file('honest.csv', csv(withHonestEdits(rows).filter((_, at) => at % 90 !== 4)));

const leftovers = (): readonly string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`crm-doctor-sync-${process.pid}-`));

describe('crm-doctor sync', () => {
  test('names the cause with its proof, and exits 1', async () => {
    const { code, out } = await run([left, broken, '--key', 'id', '--lang', 'en']);
    expect(code).toBe(1);
    expect(out).toContain('sync.mojibake-utf8-as-latin1');
    expect(out).toContain('proven: scanned again with the fault undone');
    expect(out).toContain('crm-doctor sync crm.csv broken.csv --key id');
    const report = await reportOf([left, broken, '--key', 'id']);
    const { comparison, diagnoses } = report;
    expect(diagnoses.map(({ cause }) => cause)).toEqual(['sync.mojibake-utf8-as-latin1']);
    expect(comparison).toMatchObject({ rows: { left: 1200, right: 1200 }, matched: 1200, missing: 0, extra: 0 });
    const name = comparison?.fields.find((field) => field.left === 'name');
    expect(name?.explained).toEqual([
      { cause: 'sync.mojibake-utf8-as-latin1', title: expect.any(String), n: name?.differ },
    ]);
    expect(comparison?.changed).toBe(name?.differ);
    expect(leftovers()).toEqual([]);
  });

  test('honest differences are stated as unexplained, a warning that does not fail', async () => {
    const report = await reportOf([left, honest, '--key', 'id']);
    expect(report.exitCode).toBe(0);
    expect(report.status).toBe('warn');
    expect(report.diagnoses.map(({ cause }) => cause)).toEqual(['sync.unexplained']);
    const { unexplained, missing, changed } = report.comparison ?? {};
    expect(unexplained).toMatchObject({ pairs: changed, missing, extra: 0 });
    expect((await run([left, honest, '--key', 'id', '--fail-on', 'warn'])).code).toBe(1);
  });

  test('equal sides pass', async () => {
    const report = await reportOf([left, left, '--key', 'id', '--skip', 'sync.duplicates', 'sync.schema']);
    expect(report.checks.find(({ id }) => id === 'sync.compare')).toMatchObject({ status: 'pass' });
    expect(report.checks.filter(({ status }) => status === 'skip').map(({ id }) => id)).toEqual([
      'sync.schema',
      'sync.duplicates',
      'sync.schedule',
    ]);
    expect(report.exitCode).toBe(0);
  });

  test('another pair of files says nothing of how a cause went away, the same pair does', async () => {
    const book = ['--key', 'id', '--runbook', join(directory, 'pairs'), '--only', 'sync.compare'];
    const shop = file('shop.csv', readFileSync(join(directory, broken), 'utf8'));
    const solvedIn = ({ diagnoses: [first] }: Report) => first?.lastSolution?.says;
    await run([left, shop, ...book]);
    await run([left, left, ...book]);
    const other = await reportOf([left, shop, ...book]);
    expect(other.run.target).toBe(`${join(directory, left)} / shop.csv`);
    expect(solvedIn(other)).toBeUndefined();
    file('shop.csv', csv(rows));
    await run([left, shop, ...book]);
    file('shop.csv', readFileSync(join(directory, broken), 'utf8'));
    expect(solvedIn(await reportOf([left, shop, ...book]))).toBeDefined();
    // So are the comparisons of two configurations without names.
    const config = join(directory, 'unnamed.yaml');
    writeFileSync(config, `version: 1\nsync: { left: { file: ${left} }, right: { file: ${broken} }, key: id }\n`);
    const unnamed = await reportOf(['--config', config, ...book.slice(2)]);
    expect(unnamed.run.target).toBe(`${join(directory, left)} / ${broken}`);
  });

  test('--redact hides every value and keeps every count', async () => {
    const words = [left, broken, '--key', 'id', '--redact'];
    const texts = [(await run(words)).out, (await run([...words, '--json'])).out];
    for (const text of texts) for (const row of rows.slice(0, 1200)) expect(text.includes(row.email ?? '')).toBe(false);
    for (const text of texts) for (const row of rows) expect(text.includes(`"${row.id}"`)).toBe(false);
    const report = JSON.parse(texts[1] ?? '') as Report;
    expect(report.comparison?.redacted).toBe(true);
    expect(report.comparison?.fields.find(({ left: name }) => name === 'name')?.examples[0]?.key).toMatch(
      /^A9+#[0-9a-f]{8}$/,
    );
  });

  test('--redact hides what the log of the job says of a run that failed', async () => {
    file(
      'failed.log',
      '2026-03-01 10:00:00 INFO sync started\n2026-03-01 10:05:00 ERROR sync failed: hanako@example.jp\n',
    );
    const text = `version: 1\nsync: { left: { file: ./${left} }, right: { file: ./${honest} }, key: id, logs: [./failed.log] }\n`;
    const words = ['--config', file('failed.yaml', text), '--only', 'sync.schedule'];
    expect((await reportOf(words)).comparison?.schedule?.runs[0]?.says).toContain('hanako');
    const { out } = await run([...words, '--json', '--redact']);
    expect(out).toContain('aaaaaa@aaaaaaa.aa');
    expect(out).not.toContain('hanako');
  });

  test('--redact hides a title above the header, which names people', async () => {
    const titled = file('titled.csv', `佐藤 花子 担当分\n${readFileSync(join(directory, broken), 'utf8')}`);
    const words = [left, titled, '--key', 'id'];
    const output = join(directory, 'titled.html');
    for (const more of [['--json'], ['--format', `html=${output}`], ['--verbose']]) {
      const { out, err } = await run([...words, ...more, '--redact']);
      const all = `${out}${err}${more[0] === '--format' ? readFileSync(output, 'utf8') : ''}`;
      expect(all).toContain('The first row is a title above the header and no records.');
      expect(all).not.toContain('佐藤');
    }
    expect((await run(words)).out).toContain('佐藤 花子 担当分');
  });

  test('under --redact a record is told from others, and found again in the files of the run', async () => {
    const words = [left, broken, '--key', 'id', '--redact', '--output-dir', 'hidden'];
    const report = await reportOf(words);
    const names = (report.comparison?.fields ?? []).flatMap((field) => field.examples.map(({ key }) => key));
    expect(new Set(names).size).toBeGreaterThan(2);
    const explained = readFileSync(join(directory, 'hidden', 'explained.csv'), 'utf8').split('\r\n');
    for (const name of names) expect(explained.some((line) => line.startsWith(`${name},`))).toBe(true);
    for (const { id = '' } of rows) expect(explained.some((line) => line.includes(id))).toBe(false);
  });

  test('records that cannot be read where they are are lost, by a cause that fails', async () => {
    const some = rows.map(({ id = '', address = '', email = '' }, at) => ({
      id,
      address: `${address.replaceAll(/[",\r\n]/g, '')}${at % 40 === 3 ? ', 2F' : ''}`,
      email,
    }));
    const good = file('quoted.csv', csv(some));
    const bare = some.map((row) => `${Object.values(row).join(',')}\n`).join('');
    const unquoted = file('unquoted.csv', `id,address,email\n${bare}`);
    for (const [sides, population] of [
      [[good, unquoted], 'missing'],
      [[unquoted, good], 'extra'],
    ] as const) {
      const report = await reportOf([...sides, '--key', 'id', '--only', 'sync.compare']);
      expect(report.diagnoses.map(({ cause }) => cause)).toEqual(['sync.column-shift']);
      expect(report.comparison?.explained).toMatchObject([{ population, share: { n: 30, of: 30 } }]);
      expect(report.exitCode).toBe(1);
    }
  });

  test("times of the job's log that name no offset are of the zone of the sides", async () => {
    file('job.log', '2026-03-01 10:00:00 INFO sync started\n2026-03-01 10:05:00 INFO sync finished\n');
    const side = (name: string) => `{ file: ./${name}, timeZone: America/New_York }`;
    const text = `version: 1\nsync:\n  left: ${side(left)}\n  right: ${side(honest)}\n  key: id\n  logs: [./job.log]\n`;
    const report = await reportOf(['--config', file('zone.yaml', text), '--only', 'sync.schedule']);
    expect(report.comparison?.schedule?.runs).toMatchObject([
      { start: '2026-03-01T15:00:00.000Z', end: '2026-03-01T15:05:00.000Z' },
    ]);
  });

  test('errors in the log of the job are told of missing records that nothing explains', async () => {
    const error = '2026-03-01 10:01:00 ERROR record refused: REQUIRED_FIELD_MISSING [stage]\n';
    file(
      'refused.log',
      `2026-03-01 10:00:00 INFO sync started\n${error.repeat(3)}2026-03-01 10:05:00 INFO sync finished\n`,
    );
    const few = file('unlogged.csv', csv(rows.filter(({ id = '' }) => !/[37]$|13|58/.test(id))));
    const words = [left, few, '--key', 'id', '--only', 'sync.compare', '--log', 'refused.log'];
    const { diagnoses } = await reportOf(words);
    const steps = diagnoses.at(-1)?.fix.steps.join(' ') ?? '';
    expect([diagnoses.at(-1)?.cause, steps]).toEqual([
      'sync.unexplained',
      expect.stringContaining('record refused: REQUIRED_FIELD_MISSING [stage]" (3 times)'),
    ]);
  });

  test('so are those in another encoding than the rest', async () => {
    const lines = csv(rows).split('\n');
    const mixed = lines.map((line, at) =>
      at > 0 && at % 50 === 0
        ? Buffer.concat([
            Buffer.from(line.split(',').slice(0, 1).join()),
            Buffer.from([0x2c, 0x8e, 0x52, 0x93, 0x63]),
            Buffer.from(line.slice(line.indexOf(',', line.indexOf(',') + 1))),
          ])
        : Buffer.from(line),
    );
    writeFileSync(join(directory, 'mixed.csv'), Buffer.concat(mixed.flatMap((line) => [line, Buffer.from('\n')])));
    const report = await reportOf([left, 'mixed.csv', '--key', 'id', '--only', 'sync.compare']);
    expect(report.diagnoses.map(({ cause }) => cause)).toEqual(['sync.file-encoding']);
    expect(report.comparison?.rejected.right).toBeGreaterThan(20);
    expect(report.exitCode).toBe(1);
  });

  test('--output-dir holds every difference by its class, --patch the corrections beyond doubt', async () => {
    const words = [left, broken, '--key', 'id', '--output-dir', 'all', '--patch', 'fix.csv'];
    const report = await reportOf(words);
    const { files = [], changed, classes } = report.comparison ?? {};
    const rowsOf = (what: string) => files.find((one) => one.what === what)?.rows;
    expect(rowsOf('explained')).toBe(changed);
    expect(classes?.explained).toBe(changed);
    expect(rowsOf('unexplained')).toBe(0);
    expect(rowsOf('patch')).toBe(changed);
    const explained = readFileSync(join(directory, 'all', 'explained.csv'), 'utf8')
      .trimEnd()
      .split('\r\n');
    expect(explained[0]).toBe('\ufeffid,column,left,right,cause');
    expect(explained).toHaveLength(1 + (changed ?? 0));
    const fix = readFileSync(join(directory, 'fix.csv'), 'utf8');
    expect(fix).toContain('sync.mojibake-utf8-as-latin1');
    // Applied, the same command finds nothing any more.
    const repaired = new Map(
      fix
        .trimEnd()
        .split(/\r?\n/)
        .slice(1)
        .map((line) => line.split(','))
        .map(([, , id = '', , , value = '']) => [id, value]),
    );
    const damaged = withFault(rows, 0.2, (row) => ({ ...row, name: mojibake(row.name ?? '') }));
    const mended = file(
      'mended.csv',
      csv(damaged.map((row) => ({ ...row, name: repaired.get(row.id ?? '') ?? row.name ?? '' }))),
    );
    expect((await reportOf([left, mended, '--key', 'id'])).comparison?.equal).toBe(rows.length);
  });

  test('records that are on one side only are written whole, as JSON Lines too, and masked where it is asked for', async () => {
    const few = file('few.csv', csv(rows.filter((_, at) => at % 10 !== 3)));
    const report = await reportOf([left, few, '--key', 'id', '--output-dir', 'few', '--output-format', 'jsonl']);
    const lines = readFileSync(join(directory, 'few', 'missing.jsonl'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(report.comparison?.missing ?? 0);
    const ids = lines.map((line) => (JSON.parse(line) as Contact).id).toSorted();
    expect(ids).toEqual(rows.filter((_, at) => at % 10 === 3).map(({ id }) => id));
    await run([left, few, '--key', 'id', '--output-dir', 'hidden', '--redact']);
    const hidden = readFileSync(join(directory, 'hidden', 'missing.csv'), 'utf8');
    for (const { email = '' } of rows) expect(hidden.includes(email)).toBe(false);
  });

  test('what cannot be written is refused before anything is compared', async () => {
    const refused = async (...words: readonly string[]) => (await run([left, broken, '--key', 'id', ...words])).err;
    expect(await refused('--patch', 'fix.sql')).toContain('the right side is none');
    expect(await refused('--patch', 'fix.txt')).toContain('.csv, .sql or .jsonl');
    expect(await refused('--patch', 'fix.csv', '--redact')).toContain('give one of them');
    expect(await refused('--output-format', 'xlsx')).toContain('csv or jsonl');
    expect(await refused('--patch', 'nowhere/fix.csv')).toContain('could not be written');
  });

  test('a side that cannot be read is named with what to do, and the rest waits for it', async () => {
    const report = await reportOf([left, 'nothing.csv', '--key', 'id']);
    expect(report.checks.map(({ id, status }) => [id, status])).toEqual([
      ['sync.sources', 'pass'],
      ['sync.sources', 'fail'],
      ['sync.schema', 'skip'],
      ['sync.compare', 'skip'],
      ['sync.duplicates', 'skip'],
      ['sync.schedule', 'skip'],
    ]);
    expect(report.unexplained[0]).toContain('sync.sources right');
    expect(report.exitCode).toBe(1);
    const empty = file('empty.csv', '');
    expect((await reportOf([left, empty, '--key', 'id'])).checks[1]?.summary).toContain('empty');
  });

  test('a key that no column has is said with the columns that are there', async () => {
    const report = await reportOf([left, honest, '--key', 'customer']);
    expect(report.checks.find(({ id }) => id === 'sync.schema')?.summary).toContain(
      'customer is not there; there are, for example, id',
    );
    expect((await run([left, honest, '--key', 'customer'])).out.replace(/\s+/g, ' ')).toContain('--key LEFT=RIGHT');
    expect(report.exitCode).toBe(1);
  });

  test('comparisons of the configuration, by name and all of them', async () => {
    file(
      'crm-doctor.yaml',
      `version: 1
sync:
  - { name: shop, left: { file: ./crm.csv }, right: { file: ./honest.csv }, key: id, ignore: [notes] }
  - { name: mail, left: { file: ./crm.csv, filter: { stage: 受注 } }, right: { file: ./broken.csv }, key: id, interval: 15m }
`,
    );
    const both = await reportOf([]);
    expect(both.comparisons?.map(({ name }) => name)).toEqual(['shop', 'mail']);
    expect(both.comparisons?.[1]?.rows.left).toBe(rows.filter(({ stage }) => stage === '受注').length);
    const one = await reportOf(['shop']);
    expect(one.comparison?.name).toBe('shop');
    expect(one.diagnoses[0]?.verify).toBe('crm-doctor sync shop');
    const none = await run(['shops']);
    expect(none.code).toBe(2);
    expect(none.err).toContain('no comparison is called shops; there are shop, mail');
  });

  test('the log of the job tells its runs, what failed and where it paused', async () => {
    const log = file(
      'job.log',
      [
        '2026-11-20T03:00:00+09:00 INFO sync started',
        '2026-11-20T03:02:10+09:00 INFO sync finished: 1200 records',
        '2026-11-21T03:00:00+09:00 INFO sync started',
        '2026-11-21T03:05:10+09:00 ERROR sync failed: connection refused',
        '2026-11-24T03:00:00+09:00 INFO sync started',
        '2026-11-24T03:02:10+09:00 INFO sync finished: 1200 records',
        '',
      ].join('\n'),
    );
    const words = [left, left, '--key', 'id', '--only', 'sync.schedule', '--interval', '1d'];
    const report = await reportOf([...words, '--log', log]);
    const { schedule } = report.comparison ?? {};
    expect(schedule?.runs.map(({ failed }) => failed)).toEqual([false, true, false]);
    expect(schedule?.gaps[0]).toEqual({ from: '2026-11-19T18:00:00.000Z', to: '2026-11-23T18:00:00.000Z' });
    expect(report.checks.find(({ id }) => id === 'sync.schedule')?.status).toBe('warn');
    const lost = await reportOf([...words, '--log', 'nothing.log']);
    expect(lost.checks.find(({ id }) => id === 'sync.schedule')?.status).toBe('unknown');
  });

  test('without a key the data says which it is, or that it says none', async () => {
    const renamed = file(
      'renamed.csv',
      csv(
        rows.map(({ id = '', name = '', email = '', ...rest }) => ({
          氏名: name,
          顧客番号: id,
          メール: email,
          ...rest,
        })),
      ),
    );
    const report = await reportOf([left, renamed, '--only', 'sync.compare']);
    const key = report.checks.find(({ target }) => target === 'key');
    expect(key).toMatchObject({ status: 'pass' });
    expect(key?.summary).toContain('id = 顧客番号');
    expect(report.comparison).toMatchObject({ equal: rows.length, changed: 0 });
    const other = file('other.csv', 'code,colour\nx,red\ny,blue\n');
    const none = await reportOf([left, other]);
    expect(none.checks.find(({ target }) => target === 'key')?.status).toBe('unknown');
    expect(none.exitCode).toBe(3);
  });

  test('init sync proposes key, columns and types, writes them down, and the file can be run as it is', async () => {
    const place = mkdtempSync(join(directory, 'init-'));
    const told = file(
      'told.csv',
      csv(rows.map(({ id = '', phone = '', ...rest }) => ({ crm_id: id, tel: phone, ...rest }))),
    );
    const init = (words: readonly string[]) =>
      commandLine(['init', 'sync', join(directory, left), join(directory, told), ...words, '--lang', 'en'], {
        cwd: place,
      });
    const { code, out } = await init([]);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('key: id = crm_id') });
    const text = readFileSync(join(place, 'crm-doctor.yaml'), 'utf8');
    expect(text).toContain('phone: { right: tel, as: phone }');
    const ran = await commandLine(['sync', '--json', '--only', 'sync.compare'], { cwd: place });
    expect((JSON.parse(ran.out) as Report).comparison).toMatchObject({ equal: rows.length, changed: 0, missing: 0 });
    const again = await init([]);
    expect(again.code).toBe(2);
    expect(again.err).toContain('has a sync: section already');
    // A file that is there gets the section behind what it has, and is kept.
    writeFileSync(join(place, 'crm-doctor.yaml'), 'version: 1\nlanguage: en\n');
    expect((await init([])).err).toContain('not changed unasked');
    expect((await init(['--yes'])).code).toBe(0);
    expect(readFileSync(join(place, 'crm-doctor.yaml'), 'utf8')).toMatch(/^version: 1\nlanguage: en\n\n# Proposed/);
    expect(readdirSync(place).filter((name) => name.startsWith('crm-doctor.yaml')).length).toBe(2);
    const other = file('other.csv', 'code,colour\nx,red\ny,blue\n');
    const none = await commandLine(['init', 'sync', join(directory, left), join(directory, other), '--stdout'], {
      cwd: place,
    });
    expect(none.code).toBe(3);
    expect((await commandLine(['init', 'sync'], { cwd: place })).code).toBe(2);
  });

  test('a wrong call is one sentence', async () => {
    expect((await run([left, broken, '--key', 'id='])).err).toContain('write COLUMN, or LEFT=RIGHT');
    expect((await run([left, broken, '--key', 'id', '--field', 'name:nmae'])).err).toContain('name');
    const late = await run([left, broken, '--key', 'id', '--last-sync', 'yesterday']);
    expect(late).toMatchObject({ code: 2, err: expect.stringContaining('--last-sync yesterday is no time') });
    const { err, code } = await run([left, 'postgres://crm:hush@db/crm', '--key', 'id', '--json']);
    expect(code).toBe(2);
    expect(err).toContain('#contacts');
    expect(err).not.toContain('hush');
    expect((await run([left, 'shop.db', '--key', 'id'])).err).toContain('such as shop.db#contacts;');
  });

  test('a password in the address of a database is in nothing that is printed', async () => {
    const { out, err } = await run([left, 'postgres://crm:hushhush@127.0.0.1:9/crm#contacts', '--key', 'id', '--json']);
    expect(out).toContain('crm@127.0.0.1:9/crm#contacts does not answer');
    expect(`${out}${err}`).not.toContain('hushhush');
    const dry = await run([left, 'postgres://crm:hushhush@127.0.0.1:9/crm#contacts', '--key', 'id', '--dry-run']);
    expect(dry.out).toContain('one read-only connection to postgres://crm@127.0.0.1:9/crm: contacts');
    const offline = await reportOf([left, 'postgres://crm@127.0.0.1:9/crm#contacts', '--key', 'id', '--offline']);
    expect(offline.checks.map(({ status }) => status)).toEqual(['skip', 'skip', 'skip', 'skip', 'skip']);
  });

  test('its causes have pages, and its checks are listed', async () => {
    const page = await commandLine(['explain', 'sync.phone-format', '--lang', 'ja'], { cwd: directory });
    expect(page.code).toBe(0);
    expect(page.out).toContain('sync.phone-format');
    const list = await commandLine(['checks', '--json'], { cwd: directory });
    const { checks, causes } = JSON.parse(list.out) as Record<string, readonly { readonly id: string }[]>;
    expect(checks?.map(({ id }) => id)).toContain('sync.schedule');
    expect(causes?.map(({ id }) => id)).toContain('sync.unexplained');
  });
});
