import { describe, expect, test } from '@jest/globals';
import { planWrites, valueAt } from '../../../src/cli/crm/writes.ts';
import type { CrmMailAccount } from '../../../src/model/crm/answers.ts';
import { crmSubjectsOf } from '../../../src/model/crm/subject.ts';
import { verbatim } from '../../../src/model/text.ts';

const account = (over: Partial<CrmMailAccount> = {}): CrmMailAccount => ({
  id: '7',
  name: 'Sales inbox',
  services: {
    imap: { host: 'imap.example.co.jp', port: 143, security: 'starttls', username: 'sales', login: 'password' },
    smtp: { host: 'smtp.example.co.jp', port: 587, login: 'password' },
  },
  enabled: true,
  place: verbatim('Settings > Mail'),
  writable: ['host', 'port', 'security', 'username'],
  ...over,
});

const [plain, staging] = [
  crmSubjectsOf({ type: 'odoo', url: 'https://crm.example.co.jp' })[0],
  crmSubjectsOf([{ type: 'odoo', name: 'staging', url: 'https://staging.example.co.jp' }])[0],
];
if (!plain || !staging) throw new Error('no subject');

const change = (path: string, from: string | number | null, to: string | number) => ({ path, from, to });

describe('what is written into the CRM', () => {
  test('the changes of an account, a protocol each', () => {
    const plan = planWrites(
      [
        change('crm.mail[7].imap.port', 143, 993),
        change('crm.mail[7].imap.security', 'starttls', 'tls'),
        change('crm.mail[7].smtp.port', 587, 465),
        change('mail.imap.port', 143, 993),
      ],
      [{ crm: plain, account: account() }],
    );
    expect(plan.kind === 'planned' && plan.writes[0]?.writes).toEqual([
      {
        account: '7',
        protocol: 'imap',
        changes: [
          { field: 'port', from: 143, to: 993 },
          { field: 'security', from: 'starttls', to: 'tls' },
        ],
      },
      { account: '7', protocol: 'smtp', changes: [{ field: 'port', from: 587, to: 465 }] },
    ]);
  });

  test('an account of another CRM with the same number is left alone', () => {
    const plan = planWrites(
      [change('crm[staging].mail[7].imap.port', 143, 993)],
      [
        { crm: plain, account: account() },
        { crm: staging, account: account() },
      ],
    );
    expect(plan.kind === 'planned' && plan.writes.map(({ crm }) => crm.label)).toEqual(['crm:staging']);
  });

  test('an id with dots and brackets is no other account', () => {
    const odd = account({ id: 'a].b' });
    const plan = planWrites(
      [change('crm.mail[a].b].imap.port', 143, 993)],
      [
        { crm: plain, account: account({ id: 'a' }) },
        { crm: plain, account: odd },
      ],
    );
    expect(plan.kind === 'planned' && plan.writes.map(({ account: { id } }) => id)).toEqual(['a].b']);
  });

  test('what the API cannot write refuses the whole', () => {
    const plan = planWrites(
      [change('crm.mail[7].imap.port', 143, 993), change('crm.mail[7].imap.folder', 'INBOX', 'Sales')],
      [{ crm: plain, account: account() }],
    );
    expect(plan.kind === 'refused' && plan.text.en).toContain('crm.mail[7].imap.folder');
  });

  test('a key that is no setting of a mail account is refused', () => {
    const plan = planWrites([change('crm.mail[7].imap.password', 'a', 'b')], [{ crm: plain, account: account() }]);
    expect(plan.kind).toBe('refused');
  });
});

test('what the account says now is read where the change would write it', () => {
  const known = { crm: plain, account: account({ from: 'sales@example.co.jp' }) };
  expect(valueAt('crm.mail[7].imap.port', known)).toBe(143);
  expect(valueAt('crm.mail[7].imap.folder', known)).toBe('INBOX');
  expect(valueAt('crm.mail[7].smtp.security', known)).toBeNull();
  expect(valueAt('crm.mail[7].from', known)).toBe('sales@example.co.jp');
  expect(valueAt('crm.mail[8].imap.port', known)).toBeUndefined();
});
