import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ConfigError } from '../../src/config/config-error.ts';
import { findConfig, type LoadedConfig, readConfig, readConfigText } from '../../src/config/read.ts';
import { subjectsOf } from '../../src/model/mailbox.ts';

const file = resolve('/etc/crm/crm-doctor.yaml');
const read = (text: string, env: Record<string, string> = {}): LoadedConfig => readConfigText(text, file, env);

/** What the reader says against a text. */
const complaint = (text: string, env: Record<string, string> = {}): ConfigError => {
  try {
    read(text, env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('nothing was wrong');
};

const whole = `# yaml-language-server: $schema=crm-doctor-config.v1.json
version: 1
language: ja   # 日本語
mail:
  address: sales@example.co.jp
  username: sales
  password: \${MAIL_PASSWORD}
  from: info@example.co.jp
  smtp: { host: smtp.example.co.jp, port: 587, security: starttls, password: \${MAIL_PASSWORD} }
  imap: { host: imap.example.co.jp, port: \${IMAP_PORT}, security: tls, folder: 受注, passwordFile: ./imap.txt }
  pop3: { host: pop.example.co.jp, passwordCommand: pass show mail }
  oauth: { accessToken: \${TOKEN} }
  ca: ./company-ca.pem
  roundTrip: { enabled: true, timeout: 1m30s }
  as: php
  logs: [/var/log/mail.log, ./mail.log]
crm:
  type: odoo
  url: https://crm.example.co.jp
  database: production
  username: admin
  secret: \${CRM_SECRET}
sync:
  left: { crm: contacts }
  right: { file: ./export/customers.csv, encoding: auto }
  key: [email]
  fields:
    name: full_name
    phone: { right: tel, as: phone }
    updated_at: { right: modified, as: timestamp, role: updated-at }
  lastSync: 2026-11-20T03:00:00+09:00
  interval: 15m
  logs: [./sync.log]
  engine: local
workflow:
  files: [./workflows]
  exclude: ['**/archive/**']
  schema: ./crm-schema.yaml
  objects: { 'sales/status.json': Deal }
  rules: { maint-missing-description: off, flow-cascade-depth: [warning, { limit: 7 }] }
  ignore:
    - { rule: mail-recipient-hardcoded, file: 'flows/*.json', element: notify-boss, reason: agreed, until: 2027-03-31 }
runbook: ./runbook
`;

const env = { MAIL_PASSWORD: 'hunter2', IMAP_PORT: '993', TOKEN: 'tok', CRM_SECRET: 'key' };

describe('a good file', () => {
  test('everything that CONTRACT shows is read', () => {
    const { config, mail, secrets, language, runbook } = read(whole, env);
    const password = { secret: 'mail.password' };
    expect(mail).toEqual({
      address: 'sales@example.co.jp',
      username: 'sales',
      logs: ['/var/log/mail.log', '/etc/crm/mail.log'],
      oauth: { accessToken: { secret: 'mail.oauth.accessToken' } },
      password,
      from: 'info@example.co.jp',
      smtp: { host: 'smtp.example.co.jp', port: 587, security: 'starttls', password },
      imap: {
        host: 'imap.example.co.jp',
        port: 993,
        security: 'tls',
        folder: '受注',
        password: { secret: 'mail.imap.passwordFile' },
      },
      pop3: { host: 'pop.example.co.jp', password: { secret: 'mail.pop3.passwordCommand' } },
      ca: '/etc/crm/company-ca.pem',
      roundTrip: { enabled: true, timeoutMs: 90_000 },
      as: 'php',
    });
    expect(Object.fromEntries(secrets)).toEqual({
      'mail.password': { kind: 'value', value: 'hunter2' },
      'mail.imap.passwordFile': { kind: 'file', file: '/etc/crm/imap.txt' },
      'mail.pop3.passwordCommand': { kind: 'command', command: 'pass show mail' },
      'mail.oauth.accessToken': { kind: 'value', value: 'tok' },
      'crm.secret': { kind: 'value', value: 'key' },
    });
    expect(config.sync).toMatchObject({
      right: { file: '/etc/crm/export/customers.csv' },
      interval: 900_000,
      lastSync: '2026-11-20T03:00:00+09:00',
    });
    expect(config.workflow).toMatchObject({
      files: ['/etc/crm/workflows'],
      rules: { 'maint-missing-description': 'off', 'flow-cascade-depth': ['warning', { limit: 7 }] },
    });
    expect([language, runbook]).toEqual(['ja', '/etc/crm/runbook']);
    expect(JSON.stringify(config)).not.toMatch(/hunter2|tok"|key"\}/);
  });

  test('CRLF, a byte order mark and JSON read the same', () => {
    const plain = read(whole, env);
    expect(read(`\ufeff${whole.replaceAll('\n', '\r\n')}`, env).config).toEqual(plain.config);
    const json = '{ "version": 1, "mail": { "address": "a@example.jp", "smtp": { "host": "h", "port": 25 } } }';
    expect(read(json).mail).toEqual({ address: 'a@example.jp', smtp: { host: 'h', port: 25 } });
  });

  test.each([
    ['port 99999', 'smtp: { host: h, port: 99999 }'],
    ['a negative port', 'smtp: { host: h, port: -1 }'],
    ['an empty host', "smtp: { host: '' }"],
    ['a blank in the host', "smtp: { host: 'mail.example.jp ' }"],
    ['a URL as host', 'smtp: { host: "https://mail.example.jp/" }'],
    ['full-width characters', 'smtp: { host: ｍａｉｌ．example.jp }'],
  ])('%s is of the right type and left to the diagnosis', (_, service) => {
    expect(read(`mail: { address: a@example.jp, ${service} }`).mail).toBeDefined();
  });

  test.each([
    ['012345', '012345'],
    ['1e5', '1e5'],
    ['true', 'true'],
    ["'0x1F'", '0x1F'],
    ['no', 'no'],
    ['p#ss', 'p#ss'],
    ["'pa$${x}'", 'pa${x}'],
    ["''", ''],
    ["' blank '", ' blank '],
    ['"${A}-${B}"', '1-2'],
  ])('the password %s is %j', (written, value) => {
    const { secrets } = read(`mail:\n  address: a@example.jp\n  password: ${written}\n`, { A: '1', B: '2' });
    expect([...secrets.values()]).toEqual([{ kind: 'value', value }]);
  });

  test('equal sources are one secret, different ones are not', () => {
    const { mail, secrets } = read(
      `mail:
  - { name: a, address: a@example.jp, password: \${P}, imap: { host: h, password: other } }
  - { name: b, address: b@example.jp, password: \${P}, imap: { host: h, passwordFile: other } }
`,
      { P: 'x' },
    );
    expect(mail).toMatchObject([
      { password: { secret: 'mail[a].password' }, imap: { password: { secret: 'mail[a].imap.password' } } },
      { password: { secret: 'mail[a].password' }, imap: { password: { secret: 'mail[b].imap.passwordFile' } } },
    ]);
    expect(secrets.size).toBe(3);
    expect(subjectsOf(mail ?? []).map(({ path }) => path)).toEqual(['mail[a]', 'mail[b]']);
  });

  test('an alias stands for what it refers to', () => {
    const text = 'mail:\n  address: a@example.jp\n  smtp: &s { host: h }\n  imap: *s\n';
    expect(read(text).mail).toMatchObject({ smtp: { host: 'h' }, imap: { host: 'h' } });
  });

  test.each([
    ['mail.imap.port', 10, 43],
    ['mail.address', 5, 12],
    ['crm.type', 18, 9],
    ['mail.imap.username', undefined, undefined],
    ['mail[x].port', undefined, undefined],
    ['nonsense..', undefined, undefined],
  ])('%s is at %s:%s', (path, line, column) => {
    expect(read(whole, env).locate(path)).toEqual(line === undefined ? undefined : { line, column });
  });

  test('an entry of a list is located by its name', () => {
    const { locate } = read('mail:\n  - name: a b\n    address: a@example.jp\n    smtp:\n      host: h\n');
    expect(locate('mail[a b].smtp.host')).toEqual({ line: 5, column: 13 });
  });
});

const mail = (lines: string): string => `version: 1\nmail:\n  address: a@example.jp\n${lines}`;

describe('a bad file', () => {
  test.each<[string, string, number, number, RegExp, RegExp]>([
    [
      'an unknown key',
      'mial:\n  a: 1\n',
      1,
      1,
      /unknown key mial.*did you mean mail\?/,
      /知らないキー mial.*mail の間違い/,
    ],
    [
      'an unknown key inside',
      mail('  smtp: { hots: h }'),
      4,
      11,
      /in mail\.smtp; did you mean host/,
      /mail\.smtp に.*host の間違い/,
    ],
    ['a key of another style', mail('  password_file: x'), 4, 3, /did you mean passwordFile/, /passwordFile の間違い/],
    ['a synonym', mail('  user: x'), 4, 3, /did you mean username/, /username の間違い/],
    [
      'a folder where none is',
      mail('  smtp: { host: h, folder: x }'),
      4,
      20,
      /allowed: host, port/,
      /使えるキー: host、port/,
    ],
    [
      'a key that every object has',
      mail('  constructor: x'),
      4,
      3,
      /unknown key constructor/,
      /知らないキー constructor/,
    ],
    [
      'a quoted port',
      mail("  smtp: { host: h, port: '587' }"),
      4,
      26,
      /found a text "587"; remove the quotes: 587/,
      /引用符を外して 587/,
    ],
    ['a full-width port', mail('  smtp: { host: h, port: ５８７ }'), 4, 26, /half-width digits: 587/, /半角数字で 587/],
    [
      'a broken port',
      mail('  smtp: { host: h, port: 587.5 }'),
      4,
      26,
      /whole number.*found a number 587\.5/,
      /整数.*数値 587\.5/,
    ],
    ['a word as port', mail('  smtp: { host: h, port: imaps }'), 4, 26, /found a text imaps/, /文字列 imaps/],
    [
      'a wrong word',
      mail('  smtp: { host: h, security: startls }'),
      4,
      30,
      /startls cannot be used; did you mean starttls\? allowed: starttls, tls, none/,
      /startls は使えません。starttls の間違い/,
    ],
    ['ssl', mail('  smtp: { host: h, security: SSL }'), 4, 30, /did you mean tls/, /tls の間違い/],
    ['a wrong runtime', mail('  as: ruby'), 4, 7, /allowed: php, python, java, dotnet, node/, /使える値: php、/],
    ['a wrong version', 'version: 2\n', 1, 10, /2 cannot be used; allowed: 1/, /2 は使えません/],
    [
      'a missing host',
      mail('  smtp: { port: 587 }'),
      4,
      3,
      /mail\.smtp: the key host is missing/,
      /mail\.smtp: 必須のキー host がありません/,
    ],
    ['a missing address', 'mail:\n  from: a@b\n', 1, 1, /the key address is missing/, /必須のキー address/],
    [
      'a text in place of a service',
      mail('  smtp: smtp.example.jp'),
      4,
      9,
      /write \{ host: smtp\.example\.jp \}/,
      /\{ host: smtp\.example\.jp \}/,
    ],
    [
      'a key without value',
      mail('  smtp:'),
      4,
      8,
      /found nothing; give it a value or remove the key/,
      /値がありません/,
    ],
    ['a list in place of a text', mail('  from: [a]'), 4, 9, /expected a text, found a list/, /リスト/],
    ['a number in place of a text', mail('  username: 007'), 4, 13, /quotes.*'007'/, /引用符.*'007'/],
    [
      'a text in place of a list',
      mail('  logs: /var/log/mail.log'),
      4,
      9,
      /expected a list, found a text/,
      /リストを書いてください/,
    ],
    [
      'a last sync that is no time',
      'version: 1\nsync:\n  left: { file: a }\n  right: { file: b }\n  key: id\n  lastSync: yesterday\n',
      6,
      13,
      /a date and time such as/,
      /のような日時/,
    ],
    ['a duration without unit', mail('  roundTrip: { timeout: 60 }'), 4, 25, /write 60s for seconds/, /60s と書いて/],
    ['yes', mail('  roundTrip: { enabled: yes }'), 4, 25, /true or false, found a text yes/, /true または false を/],
    [
      'a missing variable',
      mail('  password: ${NOPE}'),
      4,
      13,
      /environment variable NOPE is not set/,
      /環境変数 NOPE が設定されていません/,
    ],
    ['a missing variable inside', mail('  username: "x-${NOPE}"'), 4, 16, /mail\.username.*NOPE/, /NOPE/],
    ['a default for a variable', mail('  password: ${A:-b}'), 4, 13, /\$\$\{/, /環境変数名/],
    [
      'two forms of a secret',
      mail('  password: ${A}\n  passwordFile: x'),
      5,
      3,
      /only one of password, passwordFile/,
      /同時に指定できません/,
    ],
    [
      'the same name twice',
      'mail:\n- { name: x, address: a@b }\n- { name: x, address: c@d }\n',
      3,
      11,
      /used already in line 2/,
      /2 行目/,
    ],
    [
      'a list entry without name',
      'mail:\n- address: a@b\n',
      2,
      3,
      /mail\[0\]: the key name is missing/,
      /必須のキー name/,
    ],
    ['an empty list', 'mail: []\n', 1, 7, /list is empty/, /リストが空/],
    [
      'a side without source',
      'sync:\n  left: { of: x }\n  right: { crm: y }\n  key: a\n',
      2,
      3,
      /exactly one of crm, file, database/,
      /どれか 1 つだけ/,
    ],
    [
      'a wrong type of field',
      'sync: { left: { crm: a }, right: { crm: b }, key: k, fields: { p: { as: fone } } }',
      1,
      73,
      /did you mean phone/,
      /phone の間違い/,
    ],
    ['a wrong severity', 'workflow:\n  rules: { some-rule: eror }\n', 2, 23, /did you mean error/, /error の間違い/],
    ['a list on top', '- mail\n', 1, 1, /the configuration: expected keys with values, found a list/, /設定全体/],
    ['nothing', '', 1, 1, /empty/, /空です/],
    ['only comments', '# まだ何もない\n', 1, 1, /empty/, /空です/],
    ['an unknown alias', mail('  password: *abc'), 4, 13, /quotes/, /引用符/],
    ['a tag', mail('  password: !abc'), 4, 13, /! needs quotes/, /引用符/],
    ['a tab', 'mail:\n\taddress: a@b\n', 2, 1, /tab/, /タブ/],
    ['a key twice', mail('  address: c@d'), 4, 3, /the key address is here for the second time/, /キー address が重複/],
    [
      'no blank after the colon',
      'mail:\n  password:abc\n  address: a@b\n',
      2,
      3,
      /colon with a blank after it/,
      /半角コロン/,
    ],
    ['a full-width colon', 'mail：\n  address: a@b\n', 1, 1, /full-width/, /全角/],
    ['an open quote', mail("  from: 'abc\n  as: php\n"), 4, 9, /quote that starts here/, /ここから始まる引用符/],
    ['an open bracket', mail('  smtp: { host: h\n  as: php\n'), 5, 3, /not closed/, /閉じられていません/],
    ['a wrong depth', mail('  smtp:\n    host: h\n   port: 1\n'), 6, 1, /indentation|same column/, /字下げ/],
    ['two keys in a line', mail('  from: a as: php\n'), 4, 9, /two "key:" in one line/, /1 行に/],
    ['two documents', 'version: 1\n---\nversion: 1\n', 2, 1, /second document/, /2 つ目の文書/],
    ['a reserved character', mail('  from: @example'), 4, 9, /needs quotes/, /引用符/],
  ])('%s', (_, text, line, column, en, ja) => {
    const error = complaint(text, { A: 'x' });
    expect([error.file, error.line, error.column]).toEqual([file, line, column]);
    expect(error.text.en).toMatch(en);
    expect(error.text.ja).toMatch(ja);
    // Windows line ends and a byte order mark move nothing.
    const windows = complaint(`\ufeff${text.replaceAll('\n', '\r\n')}`, { A: 'x' });
    expect([windows.line, windows.column]).toEqual([line, column]);
  });

  test('columns count behind Japanese text', () => {
    const error = complaint('# 設定\nmail: { name: 営業部, address: a@b, prot: 1 } # 注\n');
    expect([error.line, error.column, error.found]).toEqual([2, 34, 'prot']);
  });

  test('all problems are told, in the order of the file, and not more than twenty', () => {
    const error = complaint(mail('  smtp: { port: x, hots: h }\n  as: ruby\n  imap: { host: h, prt: 1 }\n'));
    expect(error.problems.map(({ line, path }) => [line, path])).toEqual([
      [4, 'mail.smtp.port'],
      [4, 'mail.smtp.hots'],
      [5, 'mail.as'],
      [6, 'mail.imap.prt'],
    ]);
    expect(error.text.en.split('\n')).toHaveLength(4);
    expect(error.text.ja).toMatch(/\n {2}5:7: mail\.as: ruby は使えません/);
    const many = Array.from({ length: 50 }, (_, index) => `key${index}: 1`).join('\n');
    expect(complaint(many).problems).toHaveLength(20);
  });

  test('what is wrong, allowed and meant can be read by a program', () => {
    expect(complaint(mail('  smtp: { host: h, security: startls }'))).toMatchObject({
      path: 'mail.smtp.security',
      found: 'startls',
      allowed: ['starttls', 'tls', 'none'],
      suggestion: 'starttls',
    });
  });

  test.each([
    [
      'a bomb of aliases',
      `a: &a [x]\n${'bcdefghij'.replace(/./g, (c) => `${c}: &${c} [*${String.fromCharCode(c.charCodeAt(0) - 1)}, *a, *a, *a]\n`)}`,
    ],
    [
      'a bomb inside rule options',
      `workflow:\n  rules:\n    r: [error, &a [x, x], &b [*a, *a, *a], &c [*b, *b, *b], &d [*c, *c, *c], &e [*d, *d, *d], [*e, *e, *e, *e]]\n`,
    ],
    ['an alias of itself', 'sync: &s\n  left: *s\n  right: *s\n  key: *s\n'],
    ['deep brackets', `mail: ${'['.repeat(100_000)}`],
    ['deep maps', `mail: ${'{a: '.repeat(5_000)}1${'}'.repeat(5_000)}`],
  ])('%s ends', (_, text) => {
    expect(complaint(text)).toBeInstanceOf(ConfigError);
  });
});

describe('no message repeats a secret', () => {
  const secret = 'Zq7xKw9';
  const base = `version: 1
mail:
  address: sales@example.co.jp
  password: ${secret}
  smtp: { host: smtp.example.co.jp, port: 587, security: starttls, password: "${secret}" }
  imap:
    host: imap.example.co.jp
    password: '${secret}'
    port: 993
  oauth: { accessToken: ${secret} }
crm:
  type: odoo
  url: https://admin:${secret}@crm.example.co.jp
  secret: |
    ${secret}
`;

  test.each([
    `mail:\n  address: a@b\n  password: [${secret}]\n`,
    `mail:\n  address: a@b\n  password: { ${secret} }\n`,
    `mail:\n  address: a@b\n  password: { ${secret}: 1 }\n`,
    `mail:\n  address: a@b\n  password: !${secret}\n`,
    `mail:\n  address: a@b\n  password: *${secret}\n`,
    `mail:\n  address: a@b\n  password: @${secret}\n`,
    `mail:\n  address: a@b\n  password: |${secret}\n`,
    `mail:\n  address: a@b\n  password: "${secret}\\q"\n`,
    `mail:\n  password:${secret}\n`,
    `mail:\n  address: a@b\n  password：${secret}\n`,
    `mail:\n  address: a@b\n  password=${secret}: x\n`,
    `mail:\n  address: a@b\n  passwd: ${secret}\n  ${secret}: x\n`,
    `mail: { address: a@b, password ${secret} }\n`,
    `mail: { address: a@b, ${secret} }\n`,
    `mail:\n  address: a@b\n  as: ${secret}\n  password: ${secret}\n`,
    `mail:\n  address: a@b\n  smtp: ${secret}\n  passwordFile: [${secret}]\n`,
    `mail:\n  address: a@b\n  password: \${${secret} x}\n`,
    `crm:\n  type: x\n  url: 1\n  secret: \${A}${secret}\n  secretFile: ${secret}\n`,
  ])('%j', (text) => {
    const error = complaint(text, { A: secret });
    expect(JSON.stringify([error, error.text, error.message, error.problems])).not.toContain(secret);
  });

  test('a value from the environment is not repeated where it does not fit', () => {
    const text =
      'mail: { address: a@b, as: ${A}, smtp: { host: h, port: ${A} }, roundTrip: { timeout: ${A}, enabled: ${A} } }';
    const error = complaint(text, { A: secret });
    expect(error.problems).toHaveLength(4);
    expect(JSON.stringify([error.text, error.problems])).not.toContain(secret);
  });

  test('whatever is done to a file', () => {
    // A small generator with a seed, so that a failure can be repeated.
    let state = 20_261_121;
    const random = (below: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state % below;
    };
    const pieces = [
      '"',
      "'",
      ':',
      '{',
      '}',
      '[',
      ']',
      '\n',
      '\t',
      ' ',
      ',',
      '#',
      '&',
      '*',
      '!',
      '|',
      '-',
      '@',
      '：',
      '\r',
    ];
    let broken = 0;
    for (let round = 0; round < 800; round += 1) {
      let text = base;
      for (let times = random(3) + 1; times > 0; times -= 1) {
        const at = random(text.length);
        // The secret itself stays whole: half of it could not be searched for.
        const inside = [...text.matchAll(new RegExp(secret, 'g'))].some(
          ({ index }) => at > index && at < index + secret.length,
        );
        if (inside) continue;
        const cut = text.startsWith(secret[0] ?? '', at) ? 0 : random(2);
        text = text.slice(0, at) + (pieces[random(pieces.length)] ?? '') + text.slice(at + cut);
      }
      try {
        read(text);
      } catch (error) {
        if (!(error instanceof ConfigError)) throw new Error(`${JSON.stringify(text)}: ${String(error)}`);
        broken += 1;
        const told = JSON.stringify([error, error.text, error.message, error.problems]);
        if (told.includes(secret)) throw new Error(`${JSON.stringify(text)}: ${told}`);
      }
    }
    expect(broken).toBeGreaterThan(200);
  });
});

describe('files', () => {
  let root = '';
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'config-'));
    await mkdir(join(root, 'a', 'b'), { recursive: true });
    await mkdir(join(root, 'home', '.config', 'crm-doctor'), { recursive: true });
    await mkdir(join(root, 'xdg', 'crm-doctor'), { recursive: true });
    await mkdir(join(root, 'a', 'crm-doctor.yaml'));
    await writeFile(join(root, 'a', 'crm-doctor.json'), '{"version": 1}');
    await writeFile(join(root, 'home', '.config', 'crm-doctor', 'crm-doctor.yaml'), 'version: 1');
    await writeFile(join(root, 'xdg', 'crm-doctor', 'crm-doctor.yml'), 'version: 1');
    await writeFile(join(root, 'sjis.yaml'), Buffer.from('version: 1\n# \x89c\x8b\xc6\n', 'latin1'));
    await writeFile(join(root, 'utf16.yaml'), Buffer.from('\ufeffversion: 1', 'utf16le'));
    await writeFile(join(root, 'large.yaml'), `version: 1\n${'# x\n'.repeat(300_000)}`);
    await writeFile(join(root, 'empty.yaml'), '');
    await writeFile(join(root, 'good.yaml'), 'version: 1\nmail: { address: a@example.jp, ca: ca.pem }\n');
  });
  afterAll(() => rm(root, { recursive: true }));

  test.each<[string, Parameters<typeof findConfig>[0], string | undefined]>([
    ['--config is taken at its word', { explicit: 'x.yaml', cwd: '/c', env: { CRM_DOCTOR_CONFIG: '/y' } }, '/c/x.yaml'],
    ['CRM_DOCTOR_CONFIG comes next', { cwd: '/c', env: { CRM_DOCTOR_CONFIG: 'y.yaml' } }, '/c/y.yaml'],
    ['a folder of that name is none', { cwd: 'a', env: {} }, 'a/crm-doctor.json'],
    ['it is looked for above', { cwd: 'a/b', env: {} }, 'a/crm-doctor.json'],
    [
      'then in XDG_CONFIG_HOME',
      { cwd: 'home', env: { XDG_CONFIG_HOME: 'xdg', HOME: 'home' } },
      'xdg/crm-doctor/crm-doctor.yml',
    ],
    ['else in ~/.config', { cwd: 'home', env: { HOME: 'home' } }, 'home/.config/crm-doctor/crm-doctor.yaml'],
    ['or nowhere', { cwd: 'home', env: { CRM_DOCTOR_CONFIG: '' } }, undefined],
  ])('%s', async (_, { explicit, cwd, env: given }, expected) => {
    const at = (path: string): string => (path.startsWith('/') ? path : join(root, path));
    const { HOME, XDG_CONFIG_HOME, ...others } = given;
    const found = await findConfig({
      ...(explicit === undefined ? {} : { explicit }),
      cwd: at(cwd),
      env: {
        ...others,
        ...(HOME === undefined ? {} : { HOME: at(HOME) }),
        ...(XDG_CONFIG_HOME === undefined ? {} : { XDG_CONFIG_HOME: at(XDG_CONFIG_HOME) }),
      },
    });
    expect(found).toBe(expected === undefined ? undefined : at(expected));
  });

  test.each([
    ['nothing.yaml', undefined, /no such file/, /ありません/],
    ['a', undefined, /folder/, /フォルダー/],
    ['sjis.yaml', 2, /UTF-8/, /UTF-8 で保存/],
    ['utf16.yaml', 1, /UTF-8/, /UTF-8/],
    ['large.yaml', undefined, /1 MiB/, /1 MiB/],
    ['empty.yaml', 1, /empty/, /空です/],
  ])('%s', async (name, line, en, ja) => {
    const error: unknown = await readConfig(join(root, name), {}).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigError);
    expect(error).toMatchObject({
      file: join(root, name),
      text: { en: expect.stringMatching(en), ja: expect.stringMatching(ja) },
    });
    expect(error instanceof ConfigError && error.line).toBe(line);
  });

  test('a file is read relative to itself', async () => {
    expect((await readConfig(join(root, 'good.yaml'), {})).mail).toMatchObject({ ca: join(root, 'ca.pem') });
  });
});
