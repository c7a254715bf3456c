import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { address, password, startCompany } from '../../fixtures/demo-company.ts';
import { commandLine, workplace } from '../cli/command-line.ts';
import { personAt } from './person.ts';

type Person = ReturnType<typeof personAt>;

const people: Person[] = [];
const at = (options: Parameters<typeof personAt>[0]): Person => {
  const person = personAt(options);
  people.push(person);
  return person;
};

const here = workplace();
let company: Awaited<ReturnType<typeof startCompany>>;
let env: Readonly<Record<string, string>>;
beforeAll(async () => {
  company = await startCompany();
  const ca = join(here.directory, 'ca.pem');
  writeFileSync(ca, company.ca);
  env = { SSL_CERT_FILE: ca };
});
afterAll(async () => {
  for (const person of people) person.leave();
  await company.stop();
  here.remove();
});

/** The cursor is shown again at the end, whatever was asked. */
const withoutEnd = (raw: string): string => raw.replaceAll('\u001b[?25h', '');

const plainWords = {
  en: {
    number: 'Number, then Enter:',
    line: 'Answer, then Enter:',
    hidden: 'Answer (not shown), then Enter:',
    symptom: 'What do you see?',
    send: 'Mail cannot be sent',
    since: 'Since when',
    unknown: 'I do not know',
    source: 'Do you know the mail settings of the CRM?',
    typed: 'I can see them in the CRM and enter them',
    address: 'The mail address that the CRM uses',
    wrong: 'it needs one "@"',
    server: 'name of the server',
    port: ': port',
    portText: 'The number of the port',
    other: 'another one',
    security: ': encryption',
    protocol: 'How does the CRM receive mail?',
    none: 'it receives no',
    user: 'User name for the login',
    password: 'Password (not shown, not saved)',
    next: 'What next?',
    mend: 'Mend it',
    write: 'Go on with these settings?',
    yes: 'Yes',
    no: 'No',
    solved: 'Solved:',
    rest: 'Look at everything else too?',
    test: 'Send one test message',
    save: 'Save the settings as crm-doctor.yaml here?',
  },
  ja: {
    number: '番号を入力して Enter:',
    line: '入力して Enter:',
    hidden: '入力して Enter（表示されません）:',
    symptom: 'どのような状態ですか？',
    send: 'メールを送れない',
    since: 'いつからですか',
    unknown: 'わからない',
    source: 'CRM のメール設定はわかりますか？',
    typed: 'CRM の設定画面を見て入力する',
    address: 'CRM が使うメールアドレス',
    wrong: '「@」が 1 つあり',
    server: '送信 (SMTP)のサーバー名',
    port: 'ポート番号',
    portText: 'ポート番号',
    other: 'ほかの番号',
    security: 'の暗号化',
    protocol: 'どの方式で受信',
    none: '受信は使っていない',
    user: 'ユーザー名',
    password: 'パスワード（表示も保存もしません）',
    next: '次にどうしますか？',
    mend: '直す（内容を確認してから変更）',
    write: 'この設定に変更して続けますか',
    yes: 'はい',
    no: 'いいえ',
    solved: '直りました',
    rest: '残りの項目も検査しますか',
    test: 'テストメールを 1 通送って',
    save: 'crm-doctor.yaml としてここに保存',
  },
} as const;

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });

/** Up to the password, with what the screen of a CRM shows: the port is right, the encryption is not. */
const describeMailbox = async (person: Person, { host = company.smtp.host, port = company.smtp.port } = {}) => {
  await person.until('どのような状態ですか');
  await person.choose('メールを送れない');
  await person.until('いつからですか');
  await person.choose('わからない');
  await person.until('CRM のメール設定はわかりますか');
  await person.choose('CRM の設定画面を見て入力する');
  await person.until('CRM が使うメールアドレス');
  person.type(`${address}\r`);
  await person.until('送信 (SMTP)のサーバー名');
  person.type(`${host}\r`);
  await person.until('ポート番号');
  await person.choose('ほかの番号');
  await person.until('ポート番号');
  person.type(`${port}\r`);
  await person.until('暗号化');
  await person.choose('SSL/TLS');
  await person.until('どの方式で受信');
  await person.choose('受信は使っていない');
  await person.until('ユーザー名');
  person.press('enter');
  await person.until('パスワード（表示も保存もしません）');
};

test('from the settings of a CRM to a proven fix, and no password anywhere', async () => {
  const person = at({ argv: ['mail'], language: 'ja', env });
  await describeMailbox(person);
  person.type(`${password}\r`);
  await person.until('問題 1/1');
  await person.until('config.security-mismatch');
  await person.until('次にどうしますか');
  await person.choose('直す（内容を確認してから変更）');
  await person.until('送信サーバー (SMTP) の暗号化: tls → starttls');
  await person.choose('はい');
  await person.until('CRM のメール設定画面でも');
  await person.until('直りました');
  await person.until('残りの項目も検査しますか');
  await person.choose('はい');
  await person.until('異常は見つかりませんでした');
  await person.until('テストメールを 1 通送って');
  await person.choose('いいえ');
  await person.until('crm-doctor.yaml としてここに保存');
  await person.choose('はい');
  await person.until('保存しました: ./crm-doctor.yaml');
  await person.until('質問なしで同じ検査をする');
  await person.until("export MAIL_PASSWORD='...'");
  await person.until('crm-doctor mail');
  expect(await person.ended).toBe(0);
  expect(person.tooWide()).toEqual([]);
  const written = readFileSync(join(person.home, 'crm-doctor.yaml'), 'utf8');
  expect(written).toContain('security: starttls');
  for (const form of [password, Buffer.from(password).toString('base64')]) {
    expect(person.raw()).not.toContain(form);
    for (const file of filesIn(person.home)) expect(readFileSync(file, 'utf8')).not.toContain(form);
  }
  // Every answer and every step is in the runbook, before what comes of it.
  const log = readFileSync(join(person.home, 'state/crm-doctor/runbook.jsonl'), 'utf8');
  const kinds = log.split('\n').flatMap((line) => (line === '' ? [] : [(JSON.parse(line) as { kind: string }).kind]));
  expect(kinds.indexOf('decision')).toBeLessThan(kinds.indexOf('run-started'));
  expect(kinds.indexOf('guide-step')).toBeLessThan(kinds.indexOf('run-started'));
  expect(kinds.indexOf('change-intended')).toBeLessThan(kinds.indexOf('change-done'));
}, 300_000);

test('Ctrl+C loses nothing: the answers are there again, the password is asked for', async () => {
  const first = at({ argv: ['mail'], language: 'ja', env });
  await describeMailbox(first);
  first.type(`${password}\r`);
  await first.until('次にどうしますか');
  first.press('stop');
  await first.until('crm-doctor guide --resume');
  expect(await first.ended).toBe(130);
  // The cursor is there again.
  expect(first.raw().lastIndexOf('\u001b[?25h')).toBeGreaterThan(first.raw().lastIndexOf('\u001b[?25l'));
  const second = at({ argv: ['--resume'], language: 'ja', env, home: first.home });
  await second.until('中断したところから再開します');
  await second.until(`メールアドレス ${address}`);
  await second.until('パスワード（表示も保存もしません）');
  second.type(`${password}\r`);
  // The check of then is not run again.
  await second.until('次にどうしますか');
  await second.choose('あとにして先へ進む');
  await second.until('残りの項目も検査しますか');
  await second.choose('いいえ');
  await second.until('crm-doctor.yaml としてここに保存');
  await second.choose('いいえ');
  await second.until('残っています');
  expect(await second.ended).toBe(1);
  expect(company.smtp.log.loginsRefused).toBe(0);
}, 300_000);

test('a terminal that is closed in the middle of a check loses nothing', async () => {
  const silent = createServer((socket) => socket.on('error', () => {}));
  const port = await new Promise<number>((resolve) => {
    silent.listen(0, '127.0.0.1', () => {
      const address = silent.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  const first = at({ argv: ['mail'], language: 'ja', env });
  await describeMailbox(first, { host: '127.0.0.1', port });
  first.type(`${password}\r`);
  await first.until('接続（ポート）');
  first.kill('SIGHUP');
  await first.ended;
  const second = at({ argv: [], language: 'ja', env, home: first.home });
  await second.until('に中断したガイドがあります');
  await second.choose('続きから始める');
  await second.until(`メールアドレス ${address}`);
  await second.until('パスワード');
  second.type('\r');
  await second.until('接続（ポート）');
  second.press('stop');
  await second.until('crm-doctor guide --resume');
  expect(await second.ended).toBe(130);
  silent.close();
}, 300_000);

test('on forty columns, in ASCII, with the window made smaller, going back and asking what it means', async () => {
  const person = at({ argv: ['mail', '--ascii', '--no-color'], language: 'en', env, columns: 60 });
  await person.until('What do you see?');
  person.resize(40);
  await person.choose('Mail is not received');
  await person.until('Since when?');
  person.type('?');
  await person.until('Whoever has to mend it asks this first.');
  await person.until('Since when?');
  person.type('<');
  await person.until('What do you see?');
  await person.choose('Mail cannot be sent');
  await person.until('Since when?');
  await person.choose('since something was changed');
  await person.until('What was changed?');
  person.type('<\r');
  await person.until('Since when?');
  await person.choose('since today');
  await person.until('mail settings of the CRM?');
  await person.choose('Stop here (I can go on later)');
  await person.until('crm-doctor guide --resume');
  expect(await person.ended).toBe(0);
  const plain = person.raw().replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '');
  expect(plain.replace(/[\r\n]/g, '')).toMatch(/^[\x20-\x7e]*$/);
}, 300_000);

test('a screen reader gets words in place of signs, and nothing that is drawn over', async () => {
  const person = at({ argv: ['--demo', 'wrong-security', '--plain'], language: 'ja' });
  await person.until('どのような状態ですか');
  await person.until('1. メールを送れない');
  await person.until('番号を入力して Enter');
  // Full-width digits come from a Japanese keyboard.
  person.type('１\r');
  await person.until('異常: SMTP の通信が暗号化され');
  await person.until('次にどうしますか');
  await person.until('番号を入力して Enter');
  person.type('9\r');
  await person.until('番号を入力してください');
  person.type('?\r');
  await person.until('最後の一覧に残ります');
  await person.until('番号を入力して Enter');
  person.type('q\r');
  expect(await person.ended).toBe(0);
  expect(person.text()).not.toMatch(/[━│✖✓⠋❯]/);
  // No byte moves the cursor; only the last one shows it.
  expect(withoutEnd(person.raw())).not.toContain('\u001b');
}, 300_000);

test.each([
  ['en', 40],
  ['ja', 120],
] as const)(
  'with lines that are typed from the settings of a CRM to a proven fix (%s, %i columns)',
  async (language, columns) => {
    const person = at({ argv: ['mail', '--plain'], language, columns, env });
    const say = plainWords[language];
    /** The number of a choice of the question that is open. */
    const pick = async (question: string, choice: string): Promise<void> => {
      await person.until(question);
      await person.until(say.number);
      // Long choices are broken over lines; the first one has the number.
      const start = choice.slice(0, 12);
      const line = person
        .text()
        .split('\n')
        .findLast((one) => /^\d+\. /.test(one) && one.includes(start));
      const number = line?.split('.')[0];
      if (number === undefined) throw new Error(`no choice ${choice} in:\n${person.text()}`);
      person.type(`${number}\r`);
    };
    const enter = async (question: string, answer: string, line: string = say.line): Promise<void> => {
      await person.until(question);
      await person.until(line);
      person.type(`${answer}\r`);
    };
    await pick(say.symptom, say.send);
    await pick(say.since, say.unknown);
    await pick(say.source, say.typed);
    // A mistake is told, and the same is asked again.
    await enter(say.address, 'sales');
    await enter(say.wrong, address);
    await enter(say.server, company.smtp.host);
    await pick(say.port, say.other);
    await enter(say.portText, '<');
    await pick(say.port, say.other);
    await enter(say.portText, `${company.smtp.port}`);
    await pick(say.security, 'SSL/TLS');
    await pick(say.protocol, say.none);
    await enter(say.user, '');
    // Two letters too many, and taken back.
    await enter(say.password, `${password}xy\u007f\u007f`, say.hidden);
    await pick(say.next, say.mend);
    await pick(say.write, say.yes);
    await person.until(say.solved);
    await pick(say.rest, say.no);
    await pick(say.test, say.no);
    await pick(say.save, say.no);
    expect(await person.ended).toBe(0);
    expect(person.raw()).not.toContain(password);
    expect(person.raw()).not.toContain('\u001b');
    // The command that repeats it is never broken, so that it can be copied.
    const command = /crm-doctor mail .*?MAIL_PASSWORD/.exec(person.text().replaceAll('\n', ''))?.[0] ?? '';
    expect(person.tooWide().filter((line) => !command.includes(line.trim()))).toEqual([]);
    expect(company.smtp.log.loginsRefused).toBe(0);
  },
  300_000,
);

test('Ctrl+C at a line, visible or hidden, keeps what was answered', async () => {
  const person = at({ argv: ['mail', '--plain'], language: 'en' });
  await person.until('What do you see');
  await person.until('Number, then Enter');
  person.type('1\r');
  await person.until('Number, then Enter');
  person.press('stop');
  await person.until('crm-doctor guide --resume');
  expect(await person.ended).toBe(130);
  const gone = at({ argv: ['--resume', '--plain'], language: 'en', home: person.home });
  await gone.until('Number, then Enter');
  gone.press('end');
  expect(await gone.ended).toBe(130);
}, 300_000);

test('two files that differ: the key is found, the causes are named, the differences are written', async () => {
  const person = at({ argv: ['sync'], language: 'en' });
  const rows = Array.from({ length: 200 }, (_, row) => [`${row + 1}`, `Company ${row}`, `03-1234-${1000 + row}`]);
  const csv = (all: readonly (readonly string[])[]): string =>
    ['id,name,phone', ...all.map((row) => row.join(','))].join('\n').concat('\n');
  writeFileSync(join(person.home, 'crm.csv'), csv(rows));
  writeFileSync(
    join(person.home, 'shop.csv'),
    csv(rows.map(([id = '', name = '', phone = '']) => [id, name, phone.replaceAll('-', '')])),
  );
  await person.until('What do you see?');
  await person.choose('Values are wrong or garbled');
  await person.until('Since when?');
  await person.choose('I do not know');
  await person.until("The CRM's records");
  await person.choose('enter another place');
  await person.until('Path of the file');
  person.type('./nowhere.csv\r');
  await person.until('There is no ./nowhere.csv here.');
  await person.until('Path of the file');
  person.type('./crm.csv\r');
  await person.until('The records of the other system');
  await person.choose('./shop.csv');
  await person.until('When did the sync run last?');
  person.type('yesterday\r');
  await person.until('Write it as 2026-11-20T03:00:00+09:00.');
  person.type('\u0015\r');
  await person.until('Is there a log of the sync?');
  await person.choose('no, or I do not know');
  await person.until('sync.phone-format');
  await person.until('What next?');
  await person.choose('See the steps');
  await person.until('What next?');
  await person.choose('Later: go on');
  await person.until('Write the differing records into files?');
  await person.choose('Yes');
  await person.until('./crm-doctor-differences/equal-under-rule.csv: 200 records');
  await person.until('The same check without questions:');
  await person.until('crm-doctor sync ./crm.csv ./shop.csv');
  expect(await person.ended).toBe(0);
  expect(person.tooWide()).toEqual([]);
  expect(readdirSync(person.home)).toContain('crm-doctor-differences');
}, 300_000);

test('a workflow whose condition never holds', async () => {
  const person = at({ argv: ['workflow'], language: 'ja' });
  mkdirSync(join(person.home, 'workflows'));
  writeFileSync(
    join(person.home, 'workflows/big.yaml'),
    `workflow: big-deal
object: Deal
trigger: { on: update }
when:
  - { field: stage, eq: won }
  - { field: stage, eq: lost }
steps:
  - id: mark
    update: record
    set: { flag: true }
`,
  );
  await person.until('どのような状態ですか');
  await person.choose('動かない（始まらない）');
  await person.until('いつからですか');
  await person.choose('わからない');
  await person.until('ワークフローの定義はどこにありますか');
  await person.choose('./workflows');
  await person.until('項目や権限の一覧');
  await person.choose('ない、またはわからない');
  await person.until('うまくいかなかったレコード');
  await person.choose('ない（自動で作ったレコードで試す）');
  await person.until('問題 1/');
  await person.until('workflow.');
  await person.until('次にどうしますか');
  person.press('end');
  await person.until('crm-doctor guide --resume');
  expect(await person.ended).toBe(130);
}, 300_000);

test('what cannot be read is said, and asked for again', async () => {
  const person = at({ argv: ['sync'], language: 'ja' });
  writeFileSync(join(person.home, 'crm.csv'), '');
  writeFileSync(join(person.home, 'shop.csv'), 'id,name\n1,a\n');
  await person.until('どのような状態ですか');
  await person.choose('わからない（すべて調べる）');
  await person.until('いつからですか');
  await person.choose('わからない');
  await person.until('CRM 側のレコード');
  await person.choose('./crm.csv');
  await person.until('連携先のシステム側のレコード');
  await person.choose('./shop.csv');
  await person.until('最後に同期が動いた日時');
  person.type('\r');
  await person.until('ログファイルはありますか');
  await person.choose('ない、またはわからない');
  await person.until('異常');
  person.press('stop');
  await person.ended;
}, 300_000);

test('without a terminal it says which command asks nothing', async () => {
  const run = await commandLine(['guide', 'sync'], { cwd: here.directory });
  expect(run.code).toBe(2);
  expect(run.err).toContain('crm-doctor sync');
});
