import { describe, expect, test } from '@jest/globals';
import { crmMailSettings } from '../../../checks/crm/mail-settings.check.ts';
import type { MailConfig } from '../../../src/model/config.ts';
import type { CrmMailAccount, CrmMailSettings } from '../../../src/model/crm/answers.ts';
import type { CrmReply } from '../../../src/model/crm/failure.ts';
import type { CrmConfig } from '../../../src/model/crm/subject.ts';
import { crmSubjectsOf } from '../../../src/model/crm/subject.ts';
import { verbatim } from '../../../src/model/text.ts';

const account = (over: Partial<CrmMailAccount> = {}): CrmMailAccount => ({
  id: '1',
  name: 'Sales',
  address: 'sales@example.co.jp',
  services: {
    imap: {
      host: 'imap.example.co.jp',
      port: 993,
      security: 'tls',
      username: 'sales@example.co.jp',
      login: 'password',
    },
  },
  enabled: true,
  place: verbatim('Settings > Mail'),
  writable: [],
  ...over,
});

const configured: MailConfig = {
  address: 'sales@example.co.jp',
  password: { secret: 'mail.password' },
  imap: { host: 'imap.provider.example', port: 993, security: 'tls' },
};

const subject = (over: Partial<CrmConfig> = {}, mailboxes: readonly MailConfig[] = [configured]) => {
  const [one] = crmSubjectsOf({ type: 'odoo', url: 'https://crm.example.co.jp', ...over }, mailboxes);
  if (!one) throw new Error('no subject');
  return one;
};

const factOf = (reply: CrmReply<CrmMailSettings>) => ({ product: 'Odoo', runtime: 'python' as const, reply });
const settings = (over: Partial<CrmMailSettings> = {}) =>
  factOf({ kind: 'answered', value: { accounts: [account()], ...over } });
const grade = (over: Partial<CrmMailSettings>) => crmMailSettings.judge(settings(over), subject()).grade;
const found = (over: Partial<CrmMailSettings>, about = subject()) =>
  crmMailSettings.discovers?.(settings(over), about) ?? [];

describe('the mail accounts of a CRM', () => {
  test('in use are good', () => expect(grade({})).toBe('ok'));

  test.each<readonly [string, Partial<CrmMailSettings>, string]>([
    ['sending switched off', { outboundOff: { setting: 's', says: '1', place: verbatim('p') } }, 'fail'],
    ['no outgoing account', { missing: ['outgoing'] }, 'fail'],
    ['no incoming account', { missing: ['incoming'] }, 'warn'],
    ['every one off', { accounts: [account({ enabled: false })] }, 'fail'],
    ['one of two off', { accounts: [account(), account({ id: '2', enabled: false })] }, 'ok'],
    ['a failure', { accounts: [account({ lastError: { says: 'refused' } })] }, 'fail'],
    [
      'a failure after which it worked',
      {
        accounts: [account({ lastError: { says: 'x', at: '2026-11-01T00:00:00Z' }, lastGood: '2026-11-02T00:00:00Z' })],
      },
      'ok',
    ],
    [
      'a failure after it had worked',
      {
        accounts: [account({ lastError: { says: 'x', at: '2026-11-03T00:00:00Z' }, lastGood: '2026-11-02T00:00:00Z' })],
      },
      'fail',
    ],
    [
      'a failure of one that is off',
      { accounts: [account(), account({ id: '2', enabled: false, lastError: { says: 'x' } })] },
      'ok',
    ],
    ['an expired sign-in', { accounts: [account({ oauth: { state: 'expired' } })] }, 'fail'],
    ['a forced recipient', { accounts: [account({ forcedTo: 'test@example.co.jp' })] }, 'fail'],
    ['the only one not confirmed', { accounts: [account({ unused: verbatim('not confirmed') })] }, 'fail'],
    [
      'one of two not confirmed',
      { accounts: [account(), account({ id: '2', unused: verbatim('not confirmed') })] },
      'warn',
    ],
    ['two that fetch from the same mailbox', { accounts: [account(), account({ id: '2' })] }, 'warn'],
    ['nothing at all', { accounts: [] }, 'skip'],
    ['other means of sending', { accounts: [], otherWay: { outgoing: verbatim('sendmail') } }, 'ok'],
  ])('%s', (_name, over, expected) => expect(grade(over)).toBe(expected));

  test('what cannot be read is unknown, what there is no way to read is skipped', () => {
    const failed = factOf({ kind: 'failed', failure: { kind: 'permission', what: 'x', says: 'no' } });
    expect(crmMailSettings.judge(failed, subject()).grade).toBe('unknown');
    const none = factOf({ kind: 'not-offered', why: verbatim('x') });
    expect(crmMailSettings.judge(none, subject()).grade).toBe('skip');
  });
});

describe('become mailboxes that are diagnosed as they are set', () => {
  test('with the path, runtime and origin of the CRM', () => {
    const [one] = found({});
    expect(one).toMatchObject({
      kind: 'mail',
      path: 'crm.mail[1]',
      label: 'sales@example.co.jp',
      crm: { label: 'crm:odoo', product: 'Odoo' },
      services: { imap: { host: 'imap.example.co.jp', port: 993, as: 'python', origin: 'crm:odoo' } },
    });
  });

  test('not those that are off, and not those without an address', () => {
    const nameless = account({
      services: { smtp: { host: 'relay.example.co.jp', username: 'AKIA1234', login: 'password' } },
      id: '3',
    });
    const { address: _none, ...rest } = nameless;
    expect(found({ accounts: [account({ enabled: false }), rest] })).toEqual([]);
    expect(grade({ accounts: [rest] })).toBe('warn');
  });

  test('two accounts of one address are told apart', () => {
    const labels = found({ accounts: [account(), account({ id: '2', name: 'Old' })] }).map(({ label }) => label);
    expect(labels).toEqual(['sales@example.co.jp (Sales)', 'sales@example.co.jp (Old)']);
  });

  const passwordAt = (host: string, over: Partial<CrmConfig> = {}, username = 'sales@example.co.jp') =>
    found(
      {
        accounts: [account({ services: { imap: { host, port: 993, security: 'tls', username, login: 'password' } } })],
      },
      subject(over),
    )[0]?.services.imap?.password;

  test.each([
    ['the host of the configuration', 'imap.provider.example', true],
    ['a host of the own domain', 'old-imap.example.co.jp', true],
    ["another organisation's host", 'imap.other.example', false],
    ['a name that only ends alike', 'evilexample.co.jp', false],
    ['the parent domain', 'co.jp', false],
  ])('the configured password goes to %s: %#', (_name, host, goes) => {
    expect(passwordAt(host) !== undefined).toBe(goes);
  });

  test('it is for the same login name only, and one that is given for a name comes first', () => {
    expect(passwordAt('imap.example.co.jp', {}, 'info@example.co.jp')).toBeUndefined();
    const logins = [{ username: 'info@example.co.jp', password: { secret: 'crm.logins.0' } }];
    expect(passwordAt('imap.other.example', { logins }, 'info@example.co.jp')).toEqual({ secret: 'crm.logins.0' });
  });

  test('an account that does not check certificates is judged so', () => {
    const services = { imap: { host: 'imap.example.co.jp', login: 'none', verify: false } } as const;
    expect(found({ accounts: [account({ services })] })[0]?.config.verify).toBe(false);
  });
});
