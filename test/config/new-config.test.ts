import { describe, expect, test } from '@jest/globals';
import type { NewConfig } from '../../src/config/new-config.ts';
import { newConfigText } from '../../src/config/new-config.ts';
import { readConfigText } from '../../src/config/read.ts';
import type { MailConfig } from '../../src/model/config.ts';

const plain: NewConfig = {
  address: 'sales@example.co.jp',
  password: { kind: 'variable', name: 'MAIL_PASSWORD' },
  services: [
    {
      protocol: 'smtp',
      host: 'smtp.example.co.jp',
      port: 587,
      security: 'starttls',
      ground: { en: 'SRV record; seen', ja: 'SRV レコード。確認' },
    },
    { protocol: 'imap', host: 'imap.example.co.jp', port: 993, security: 'tls', ground: { en: 'guess', ja: '推測' } },
  ],
  at: '2026-11-25T01:02:03Z',
  notes: [{ en: 'a note', ja: '補足' }],
};

const read = (text: string): MailConfig => {
  const { mail } = readConfigText(text, '/tmp/x/crm-doctor.yaml', { MAIL_PASSWORD: 'Planted-1' });
  if (!mail || 'length' in mail) throw new Error('no mail');
  return mail as MailConfig;
};

describe('a new configuration', () => {
  test('begins with its schema, and says in the reader’s language where each part is from', () => {
    expect(newConfigText(plain, 'en').split('\n')).toEqual([
      '# yaml-language-server: $schema=./node_modules/crm-doctor/schema/crm-doctor-config.v1.json',
      '# Written by `crm-doctor init` on 2026-11-25. Check it at any time: crm-doctor mail',
      '# a note',
      'version: 1',
      'mail:',
      '  address: sales@example.co.jp # the mailbox that the CRM uses',
      '  password: ${MAIL_PASSWORD} # taken from the environment; the password itself does not belong in this file',
      '  # SRV record; seen',
      '  smtp: { host: smtp.example.co.jp, port: 587, security: starttls }',
      '  # guess',
      '  imap: { host: imap.example.co.jp, port: 993, security: tls }',
      '',
    ]);
    const japanese = newConfigText(plain, 'ja');
    expect(japanese).toContain('language: ja\n');
    expect(japanese).toContain('# SRV レコード。確認\n');
    expect(read(japanese).imap).toEqual({ host: 'imap.example.co.jp', port: 993, security: 'tls' });
  });

  test('every part is read back as it was', () => {
    const text = newConfigText(
      {
        ...plain,
        username: 'sales',
        password: { kind: 'file', file: './secret file.txt' },
        from: '青空 <sales@example.co.jp>',
        ehlo: 'crm.example.co.jp',
        family: 4,
        ca: './ca.pem',
        trust: './crm-store',
        as: 'php',
        asVersion: '7.10',
        dkimSelector: ['s1', 'a, b'],
        services: plain.services.map((one) =>
          one.protocol === 'imap' ? { ...one, username: 'sales.in', folder: '受信, 箱 #1' } : one,
        ),
      },
      'ja',
    );
    expect(read(text)).toMatchObject({
      username: 'sales',
      from: '青空 <sales@example.co.jp>',
      ehlo: 'crm.example.co.jp',
      family: 4,
      ca: '/tmp/x/ca.pem',
      trust: '/tmp/x/crm-store',
      as: 'php',
      asVersion: '7.10',
      dkimSelector: ['s1', 'a, b'],
      imap: { username: 'sales.in', folder: '受信, 箱 #1' },
    });
  });

  test('a CRM without a store of its own has none', () => {
    expect(read(newConfigText({ ...plain, trust: 'none' }, 'en')).trust).toBe('none');
  });

  test.each([
    ['an address like a number', '1e3@2.3'],
    ['quotes and colons', `o'brien: "x" #y@example.co.jp`],
    ['what would be a variable', 'a${HOME}b@example.co.jp'],
    ['a word that YAML knows', 'null'],
    ['flow marks', '{a, b}@[c]'],
    ['a leading sign', '*x@example.co.jp'],
    ['Japanese', '営業@青空.jp'],
  ])('%s stays what it is', (_name, words) => {
    const services = plain.services.map((one) => ({ ...one, username: words }));
    const mail = read(newConfigText({ ...plain, address: words, username: words, services }, 'en'));
    expect([mail.address, mail.username, mail.smtp?.username]).toEqual([words, words, words]);
  });

  test('a stranger’s words in a comment make no line of their own', () => {
    const ground = { en: 'x\n  evil: 1\r\n# \u2028y\u0007', ja: 'x\nversion: 9' };
    const [first] = plain.services;
    const hostile: NewConfig = { ...plain, services: first ? [{ ...first, ground }] : [], notes: [ground] };
    for (const language of ['en', 'ja'] as const) {
      const text = newConfigText(hostile, language);
      expect(text).not.toMatch(/^\s*(evil|version: 9)/m);
      expect(read(text).smtp?.host).toBe('smtp.example.co.jp');
    }
  });

  test('OAuth stands in place of a password', () => {
    const { password: _password, ...without } = plain;
    const bare = newConfigText({ ...without, oauth: { provider: 'google' } }, 'en');
    expect(bare).toMatch(/^ {2}oauth: #.*\n {4}provider: google\n {4}# clientId: …/m);
    expect(read(bare).oauth).toEqual({ provider: 'google' });
    const oauth = { provider: 'microsoft', clientId: 'a: #b', tokenFile: './crm-doctor-token.json' } as const;
    expect(read(newConfigText({ ...without, oauth }, 'ja')).oauth).toEqual({
      provider: 'microsoft',
      clientId: 'a: #b',
      tokenFile: '/tmp/x/crm-doctor-token.json',
    });
  });
});
