import { describe, expect, test } from '@jest/globals';
import { mailboxesOf, newCrmConfigText } from '../../src/config/new-crm-config.ts';
import { readConfigText } from '../../src/config/read.ts';
import type { CrmMailAccount } from '../../src/model/crm/answers.ts';

const account = (id: string, over: Partial<CrmMailAccount>): CrmMailAccount => ({
  id,
  name: id,
  services: {},
  enabled: true,
  place: { en: `Settings > Mail > ${id}`, ja: `［設定］→［メール］→［${id}］` },
  writable: [],
  ...over,
});

const outgoing = account('out', {
  from: 'info@example.co.jp',
  services: {
    smtp: {
      host: 'smtp.example.co.jp',
      port: 587,
      security: 'starttls',
      username: 'sales@example.co.jp',
      login: 'password',
    },
  },
});
const incoming = account('in', {
  services: {
    imap: {
      host: 'imap.example.co.jp',
      port: 993,
      security: 'tls',
      username: 'sales@example.co.jp',
      login: 'password',
      folders: ['CRM'],
    },
  },
});

const text = (accounts: readonly CrmMailAccount[], language: 'ja' | 'en' = 'en') =>
  newCrmConfigText(
    {
      crm: { type: 'odoo', url: 'https://crm.example.co.jp', database: 'production', username: 'admin' },
      secretVariable: 'CRM_SECRET',
      mailboxes: mailboxesOf(accounts),
      at: '2026-11-26T00:00:00Z',
    },
    language,
  );

const env = { CRM_SECRET: 'x', MAIL_PASSWORD: 'y', MAIL_PASSWORD_SALES: 'y', MAIL_PASSWORD_INFO: 'y' };
const read = (yaml: string) => readConfigText(yaml, '/x/crm-doctor.yaml', env);

describe('a configuration from what a CRM has set', () => {
  test('an account that sends and one that fetches are one mailbox', () => {
    const { mail, crm } = read(text([outgoing, incoming]));
    expect(mail).toMatchObject({
      address: 'sales@example.co.jp',
      from: 'info@example.co.jp',
      smtp: { host: 'smtp.example.co.jp', port: 587, security: 'starttls' },
      imap: { host: 'imap.example.co.jp', port: 993, security: 'tls', folder: 'CRM' },
    });
    expect(crm).toMatchObject({ type: 'odoo', url: 'https://crm.example.co.jp', database: 'production' });
  });

  test('several mailboxes have a password variable each', () => {
    const other = account('two', {
      address: 'info@example.co.jp',
      services: { imap: { host: 'imap.example.co.jp', login: 'password' } },
    });
    const yaml = text([incoming, other], 'ja');
    expect(yaml).toContain('MAIL_PASSWORD_SALES');
    expect(yaml).toContain('MAIL_PASSWORD_INFO');
    expect(read(yaml).mail).toMatchObject([{ address: 'sales@example.co.jp' }, { address: 'info@example.co.jp' }]);
  });

  test('what is switched off, or has no address, is left out', () => {
    const nameless = account('x', { services: { smtp: { host: 'relay', login: 'none' } } });
    expect(mailboxesOf([{ ...incoming, enabled: false }, nameless])).toEqual([]);
    expect(read(text([])).mail).toBeUndefined();
  });

  test('a relay without login needs no password', () => {
    const relay = account('x', { address: 'crm@example.co.jp', services: { smtp: { host: 'relay', login: 'none' } } });
    expect(text([relay])).not.toContain('MAIL_PASSWORD');
  });

  test("a stranger's words become no line of the file", () => {
    const evil = account('x', {
      address: 'a@example.co.jp',
      from: 'Sales #1: "x"\nsmtp: {}',
      services: { imap: { host: '${HOME}, port: 1', login: 'password', folders: ['a: b\n- c'] } },
      place: { en: 'x\nmail: no', ja: 'x\u2028mail: no' },
    });
    const { mail } = read(text([evil]));
    expect(mail).toMatchObject({
      from: 'Sales #1: "x"\nsmtp: {}',
      imap: { host: '${HOME}, port: 1', folder: 'a: b\n- c' },
    });
  });
});
