import { describe, expect, test } from '@jest/globals';
import { accountFailing } from '../../../checks/crm/account-failing.cause.ts';
import { accountsMissing } from '../../../checks/crm/accounts-missing.cause.ts';
import { accountsOff } from '../../../checks/crm/accounts-off.cause.ts';
import { doubledAccount } from '../../../checks/crm/doubled-account.cause.ts';
import { fetchSinceGap } from '../../../checks/crm/fetch-since-gap.cause.ts';
import type { CrmMailFact } from '../../../checks/crm/mail-settings.check.ts';
import { crmMailSettings } from '../../../checks/crm/mail-settings.check.ts';
import { outboundRestricted } from '../../../checks/crm/outbound-restricted.cause.ts';
import { signInExpired } from '../../../checks/crm/sign-in-expired.cause.ts';
import { imapAuth } from '../../../checks/mail/imap-auth.check.ts';
import type { AnyCause } from '../../../src/model/cause.ts';
import type { CrmMailAccount, CrmMailSettings } from '../../../src/model/crm/answers.ts';
import type { ImapLoginFact } from '../../../src/model/login-facts.ts';
import { account, accountMailbox, ago, crmSubject, factOf, findings, now, place, seen } from './account-evidence.ts';

const causes = [
  accountFailing,
  accountsMissing,
  accountsOff,
  doubledAccount,
  fetchSinceGap,
  outboundRestricted,
  signInExpired,
] as readonly AnyCause[];

const refusedWords = "imaplib.error: b'[AUTHENTICATIONFAILED] Authentication failed.'";
const fact = (over: Partial<CrmMailSettings> = {}): CrmMailFact => ({
  product: 'Odoo',
  runtime: 'python',
  reply: { kind: 'answered', value: { accounts: [account(), relay], ...over } },
  at: now,
  meanings: { [refusedWords]: { cause: 'auth.wrong-credentials', confidence: 0.85 } },
});
const relay: CrmMailAccount = account({
  id: '2',
  name: 'Relay',
  services: { smtp: { host: 'smtp.example.co.jp', port: 587, security: 'starttls', login: 'password' } },
  place: { en: 'Settings > Outgoing > Relay', ja: '設定 > 送信 > Relay' },
});
const subject = crmSubject();
const told = (over: Partial<CrmMailSettings>, ...others: Parameters<typeof seen>[2][]) =>
  findings(causes, seen(subject, [factOf(crmMailSettings, fact(over))], others[0] ?? []), subject);
const summary = (over: Partial<CrmMailSettings>, ...others: Parameters<typeof seen>[2][]) =>
  told(over, ...others).map(({ id, finding }) => `${id} ${finding.severity}`);
const withSales = (over: Partial<CrmMailAccount>) => ({ accounts: [account(over), relay] });

describe('the accounts of a CRM', () => {
  test.each<readonly [string, Partial<CrmMailSettings>, readonly string[]]>([
    ['that are in use have no cause', {}, []],
    ['the only incoming one is off', withSales({ enabled: false }), ['crm.mail-disabled critical']],
    ['one of two is off', { accounts: [account(), account({ id: '3', enabled: false }), relay] }, []],
    [
      'the only one is not confirmed',
      withSales({ unused: { en: 'not confirmed', ja: '未確認です' } }),
      ['crm.mail-disabled critical'],
    ],
    [
      'one of two is not confirmed',
      { accounts: [account(), account({ id: '3', unused: { en: 'not confirmed', ja: '未確認です' } }), relay] },
      ['crm.mail-disabled warning'],
    ],
    ['nothing to send with', { accounts: [account()], missing: ['outgoing'] }, ['crm.no-mail-account critical']],
    ['nothing to fetch with', { accounts: [relay], missing: ['incoming'] }, ['crm.no-mail-account warning']],
    ['other means of sending', { accounts: [], otherWay: { outgoing: place } }, []],
    [
      'sending switched off as a whole',
      { outboundOff: { setting: 'MAIN_DISABLE_ALL_MAILS', says: '1', place } },
      ['crm.outbound-restricted critical'],
    ],
    [
      'all mail led to one address',
      withSales({ forcedTo: 'test@example.co.jp' }),
      ['crm.outbound-restricted critical'],
    ],
    [
      'the same setting of an account that is off',
      { accounts: [account(), relay, { ...relay, id: '4', enabled: false, forcedTo: 'test@example.co.jp' }] },
      [],
    ],
    ['a sign-in that has ended', withSales({ oauth: { state: 'expired' } }), ['auth.oauth-token-expired critical']],
    ['a sign-in that holds', withSales({ oauth: { state: 'valid' } }), []],
    ['a day to come', withSales({ fetchSince: '2027-11-20T00:00:00Z' }), ['crm.fetch-since-gap critical']],
    ['a day that is past', withSales({ fetchSince: '2025-11-20T00:00:00Z' }), []],
    ['today, somewhere on earth', withSales({ fetchSince: ago(-600) }), []],
    [
      'two for one mailbox',
      { accounts: [account(), account({ id: '3', name: 'Old' }), relay] },
      ['config.duplicate-account warning'],
    ],
    [
      'two for one mailbox, in folders of their own',
      {
        accounts: [
          account(),
          account({
            id: '3',
            services: {
              imap: {
                host: 'imap.example.co.jp',
                username: 'sales@example.co.jp',
                folders: ['CRM'],
                login: 'password',
              },
            },
          }),
          relay,
        ],
      },
      [],
    ],
  ])('%s', (_name, over, expected) => {
    expect(summary(over)).toEqual(expected);
    // Whatever the check calls bad has a cause, and the other way round.
    const { grade } = crmMailSettings.judge(fact(over), subject);
    expect(grade === 'fail' || grade === 'warn').toBe(expected.length > 0);
  });

  test('settings that cannot be read have no cause', () => {
    const failed = { kind: 'failed', failure: { kind: 'permission', what: 'x', says: 'no' } } as const;
    expect(findings(causes, seen(subject, [factOf(crmMailSettings, { ...fact(), reply: failed })]), subject)).toEqual(
      [],
    );
  });
});

const login = (kind: 'accepted' | 'refused'): ImapLoginFact => ({
  username: 'sales@example.co.jp',
  offered: [],
  dialogue: [],
  folder: 'INBOX',
  login: { kind, reply: { code: kind === 'accepted' ? 'OK' : 'NO', text: 'x' }, ms: 1 },
});
const withLogin = (kind: 'accepted' | 'refused') => {
  const mailbox = accountMailbox();
  return [{ subject: mailbox, evidence: seen(mailbox, [factOf(imapAuth, login(kind))]) }];
};

describe('an account that the CRM itself reports to fail', () => {
  const failing = withSales({ lastError: { says: refusedWords, at: ago(30) }, failures: 5 });

  test('is told in the words of the CRM and what they mean; the password that is missing here is said', () => {
    const [one, ...more] = told(failing);
    expect(more).toEqual([]);
    expect(one).toMatchObject({ id: 'crm.account-failing', finding: { severity: 'critical' } });
    expect(one?.en).toContain('the mail server refused the login (auth.wrong-credentials)');
    expect(one?.en).toContain('crm.logins');
    expect(one?.en).toContain('5 times in a row');
  });

  test('is not named again where it fails here as well: the cause is named there', () => {
    expect(summary(failing, withLogin('refused'))).toEqual([]);
  });

  test('a refused login that is accepted here is the stored password, which has a cause of its own', () => {
    expect(summary(failing, withLogin('accepted'))).toEqual([]);
  });

  test('is a matter of the way where the same settings work from here', () => {
    const unreached = withSales({ lastError: { says: '[Errno 111] Connection refused', at: ago(30) }, failures: 5 });
    const [one] = told(unreached, withLogin('accepted'));
    expect(one?.finding.severity).toBe('critical');
    expect(one?.en).toContain('From here the same settings and the given password work');
  });

  test('has no cause once it worked again', () => {
    expect(summary(withSales({ lastError: { says: refusedWords, at: ago(30) }, lastGood: ago(5) }))).toEqual([]);
  });
});
