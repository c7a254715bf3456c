import { describe, expect, test } from '@jest/globals';
import { ConfigError } from '../../src/config/config-error.ts';
import { editConfig } from '../../src/config/edit.ts';
import type { Change } from '../../src/model/config.ts';

const to = (path: string, value: Change['to']): Change => ({ path, from: null, to: value });

const yaml = `# yaml-language-server: $schema=crm-doctor-config.v1.json
version: 1   # the only one
mail:
    address: "sales@example.co.jp"  # 営業
    password:   \${MAIL_PASSWORD}
    smtp: { host: smtp.example.co.jp,  port: 587, security: starttls }   # 送信
    imap:
        host: 'imap.example.co.jp'
        port: 143 # 古いポート

        # the folder of the CRM
        folder: INBOX

# the end
crm:
    type: odoo
`;

const list = `mail:
  - name: tokyo
    address: a@example.jp
    imap: {host: imap.example.jp, port: 143}
  - address: b@example.jp
    name: "大阪.支店"
    smtp:
      host: smtp.example.jp
  - { name: c, address: c@example.jp, username: c }
`;

const json = `{
  "version": 1,
  "mail": {
    "address": "a@example.jp",
    "imap": { "host": "imap.example.jp", "port": 143 }
  }
}
`;

describe('what was not changed stays as it is', () => {
  test.each<[string, string, Change[], [string, string][]]>([
    ['a number', yaml, [to('mail.imap.port', 993)], [['port: 143 #', 'port: 993 #']]],
    ['a number in { }', yaml, [to('mail.smtp.port', 465)], [['port: 587', 'port: 465']]],
    [
      'several at once',
      yaml,
      [to('mail.smtp.port', 465), to('mail.smtp.security', 'tls'), to('mail.imap.port', 993)],
      [
        ['port: 587, security: starttls', 'port: 465, security: tls'],
        ['port: 143', 'port: 993'],
      ],
    ],
    ['a text in single quotes', yaml, [to('mail.imap.host', "o'mail")], [["'imap.example.co.jp'", "'o''mail'"]]],
    ['a text in double quotes', yaml, [to('mail.address', 'a"b@c')], [['"sales@example.co.jp"', '"a\\"b@c"']]],
    ['a text that needs quotes now', yaml, [to('mail.imap.folder', '# x: y')], [['folder: INBOX', "folder: '# x: y'"]]],
    ['a text that looks like a number', yaml, [to('mail.imap.folder', '2026')], [['folder: INBOX', "folder: '2026'"]]],
    ['Japanese', yaml, [to('mail.imap.folder', '受注')], [['folder: INBOX', 'folder: 受注']]],
    [
      'a new key at the end of a block',
      yaml,
      [to('mail.imap.security', 'tls')],
      [['        folder: INBOX\n', '        folder: INBOX\n        security: tls\n']],
    ],
    [
      'a new key of the mailbox',
      yaml,
      [to('mail.username', 'sales')],
      [['        folder: INBOX\n', '        folder: INBOX\n    username: sales\n']],
    ],
    [
      'a new key in { }',
      yaml,
      [to('mail.smtp.username', 'sales')],
      [['security: starttls }', 'security: starttls, username: sales }']],
    ],
    [
      'a new key in a section that is not there',
      yaml,
      [to('mail.pop3.port', 995)],
      [['        folder: INBOX\n', '        folder: INBOX\n    pop3: { port: 995 }\n']],
    ],
    ['a removed line', yaml, [to('mail.imap.port', null)], [['        port: 143 # 古いポート\n', '']]],
    ['a removed key in { }', yaml, [to('mail.smtp.port', null)], [['port: 587, ', '']]],
    ['a removed last key in { }', yaml, [to('mail.smtp.security', null)], [[', security: starttls', '']]],
    ['a removed block', yaml, [to('mail.imap', null)], [[/ {4}imap:[\s\S]*INBOX\n/.exec(yaml)?.[0] ?? '', '']]],
    ['removing what is not there', yaml, [to('mail.imap.username', null), to('mail.pop3.port', null)], []],
    ['a mailbox by its name', list, [to('mail[tokyo].imap.port', 993)], [['143}', '993}']]],
    [
      'a mailbox whose name has points',
      list,
      [to('mail[大阪.支店].smtp.port', 465)],
      [['host: smtp.example.jp\n', 'host: smtp.example.jp\n      port: 465\n']],
    ],
    ['a mailbox by its address', list, [to('mail[c@example.jp].username', 'x')], [['username: c }', 'username: x }']]],
    ['the first key of an entry', list, [to('mail[tokyo].name', null)], [['name: tokyo\n    ', '']]],
    ['JSON', json, [to('mail.imap.port', 993)], [['143', '993']]],
    ['a new key in JSON', json, [to('mail.imap.security', 'tls')], [['143 }', '143, "security": "tls" }']]],
    [
      'a new key in JSON on lines',
      json,
      [to('mail.smtp.host', 'h')],
      [['143 }\n', '143 },\n    "smtp": { "host": "h" }\n']],
    ],
    ['a removed key in JSON', json, [to('mail.imap.host', null)], [['"host": "imap.example.jp", ', '']]],
  ])('%s', (_, text, changes, replaced) => {
    const expected = replaced.reduce((all, [before, after]) => {
      expect(all).toContain(before);
      return all.replace(before, () => after);
    }, text);
    expect(editConfig(text, changes)).toBe(expected);
    const windows = text.replaceAll('\n', '\r\n');
    expect(editConfig(windows, changes)).toBe(expected.replaceAll('\n', '\r\n'));
    expect(editConfig(`\ufeff${text}`, changes)).toBe(`\ufeff${expected}`);
  });

  test('a file without a final line end', () => {
    expect(editConfig('mail:\n  address: a@b', [to('mail.from', 'c@d')])).toBe('mail:\n  address: a@b\n  from: c@d\n');
  });

  test('a variable is replaced by the value, and a value is never a variable', () => {
    const text = 'mail: { imap: { host: h, port: ${PORT} } }\n';
    expect(editConfig(text, [to('mail.imap.port', 993)])).toBe('mail: { imap: { host: h, port: 993 } }\n');
    expect(editConfig(text, [to('mail.imap.host', '${X}')])).toContain("host: '$${X}', port: ${PORT}");
  });
});

test.each([
  ['an unknown mailbox', list, 'mail[nagoya].imap.port'],
  ['a path that is none', yaml, 'mail..port'],
  ['a mapping in place of a value', yaml, 'mail.imap'],
  ['a key below a text', yaml, 'mail.address.port'],
  ['a broken file', 'mail: {', 'mail.imap.port'],
])('%s cannot be changed', (_, text, path) => {
  expect(() => editConfig(text, [to(path, 1)])).toThrow(ConfigError);
});
