import { expect, test } from '@jest/globals';
import type { MailConfig, Mechanism } from '../../../src/model/config.ts';
import { createRedactor } from '../../../src/reason/redact.ts';
import { done } from '../evidence.ts';
import { foundBy, loginCauses, testCases } from '../login-causes.ts';
import { accepted, evidenceWith, refused, subjectWith } from '../login-evidence.ts';

const smtp = 'smtp smtp.example.co.jp:587';
const imap = 'imap imap.example.co.jp:993';
const pop3 = 'pop3 pop.example.co.jp:995';
const no535 = refused('535 5.7.8 Error: authentication failed: (reason unavailable)');
const noImap = refused('NO [AUTHENTICATIONFAILED] Authentication failed.');
const noPop3 = refused('-ERR [AUTH] Authentication failed.');

const smtpOnly = (
  port = 587,
  security: 'starttls' | 'none' | 'tls' = 'starttls',
  password: { secret: string } | undefined = { secret: 'p' },
) =>
  subjectWith({
    smtp: { host: 'smtp.example.co.jp', port, security, ...(password ? { password } : {}) },
    ...({ imap: undefined, pop3: undefined, ...(password ? {} : { password: undefined }) } as object),
  });
const imapOnly = (security: 'starttls' | 'none' | 'tls', port: number, host = 'imap.example.co.jp') =>
  subjectWith({ imap: { host, port, security }, ...({ smtp: undefined, pop3: undefined } as object) });

const smtpBy = (mechanism: Mechanism, more: Partial<MailConfig> = {}) =>
  subjectWith({
    smtp: { host: 'smtp.example.co.jp', port: 587, security: 'starttls', mechanism },
    ...({ imap: undefined, pop3: undefined } as object),
    ...more,
  });
const notTheChosen = {
  smtp: {
    login: undefined,
    mechanism: undefined,
    withheld: 'mechanism-not-offered',
    offered: ['GSSAPI', 'PLAIN', 'LOGIN'],
    mail: undefined,
    rcpt: undefined,
  } as object,
};

testCases([
  { name: 'a healthy mailbox has no cause', ill: {}, finds: [] },
  {
    name: 'the same name refused everywhere is one finding',
    ill: {
      smtp: { login: no535, mail: undefined, rcpt: undefined } as object,
      imap: { login: noImap, select: undefined } as object,
      pop3: { login: noPop3, stat: undefined } as object,
    },
    finds: ['auth.wrong-credentials'],
    affects: [smtp, imap, pop3],
    en: ['sales@example.co.jp', '535 5.7.8 Error: authentication failed', 'imap.example.co.jp:993'],
    ja: ['sales@example.co.jp', '535 5.7.8', 'pop.example.co.jp:995'],
    ruledOut: 'auth.protocol-disabled',
  },
  {
    name: 'SMTP refuses what IMAP takes: the password, with less certainty',
    ill: { smtp: { login: no535 } },
    finds: ['auth.wrong-credentials'],
    affects: [smtp],
    confidence: 0.5,
    en: ['IMAP and POP3 take the same'],
  },
  {
    name: 'IMAP refuses what SMTP and POP3 take: IMAP is off',
    ill: { imap: { login: noImap } },
    finds: ['auth.protocol-disabled'],
    affects: [imap],
    confidence: 0.7,
    en: ['SMTP and POP3'],
    ruledOut: 'auth.wrong-credentials',
  },
  {
    name: 'another password on IMAP is no comparison',
    subject: subjectWith({
      imap: { host: 'imap.example.co.jp', port: 993, security: 'tls', password: { secret: 'mail.imap.password' } },
    }),
    ill: { imap: { login: noImap } },
    finds: ['auth.wrong-credentials'],
    affects: [imap],
  },
  {
    name: 'Gmail says plainly that IMAP is off',
    ill: {
      imap: {
        login: refused(
          'NO [ALERT] Your account is not enabled for IMAP use. Please visit your Gmail settings page (Failure)',
        ),
      },
    },
    finds: ['auth.protocol-disabled'],
    affects: [imap],
  },
  {
    name: "Gmail's BadCredentials is a wrong password",
    subject: smtpOnly(),
    ill: {
      smtp: {
        login: refused(
          '535 5.7.8 Username and Password not accepted. For more information, go to 535 5.7.8  https://support.google.com/mail/?p=BadCredentials',
        ),
      },
    },
    finds: ['auth.wrong-credentials'],
    steps: /app password/,
  },
  {
    name: 'Gmail asks for an app password',
    subject: smtpOnly(),
    ill: {
      smtp: {
        login: refused(
          '534 5.7.9 Application-specific password required. For more information, go to https://support.google.com/mail/?p=InvalidSecondFactor',
        ),
      },
    },
    finds: ['auth.app-password-required'],
    steps: /myaccount\.google\.com/,
    ruledOut: 'auth.wrong-credentials',
  },
  {
    name: 'a blank around the password is told',
    subject: smtpOnly(),
    ill: { smtp: { login: no535 }, passwordShape: { outerBlanks: true } },
    finds: ['auth.wrong-credentials'],
    steps: /Remove the blank/,
  },
  {
    name: 'SMTP AUTH is off for the tenant',
    ill: {
      smtp: {
        login: refused(
          '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled',
        ),
      },
    },
    finds: ['auth.smtp-disabled'],
    affects: [smtp],
    en: ['for the whole organisation'],
    ja: ['テナント'],
    steps: /Set-CASMailbox -Identity sales@example\.co\.jp -SmtpClientAuthenticationDisabled \$false/,
  },
  {
    name: 'SMTP AUTH is off for the mailbox',
    ill: {
      smtp: {
        login: refused(
          '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.',
        ),
      },
    },
    finds: ['auth.smtp-disabled'],
    en: ['for the mailbox sales@example.co.jp'],
  },
  {
    name: 'basic authentication is off',
    ill: { smtp: { login: refused('535 5.7.139 Authentication unsuccessful, basic authentication is disabled.') } },
    finds: ['auth.basic-disabled'],
    steps: /end of December 2026/,
  },
  {
    name: 'the security defaults refuse',
    ill: {
      smtp: {
        login: refused(
          '535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. Contact your administrator.',
        ),
      },
    },
    finds: ['auth.security-defaults'],
  },
  {
    name: 'Conditional Access refuses',
    ill: {
      smtp: { login: refused('535 5.7.3 Authentication unsuccessful AADSTS53003: blocked by Conditional Access') },
    },
    finds: ['auth.conditional-access'],
  },
  {
    name: "Exchange Online's plain refusal of IMAP is basic authentication",
    subject: imapOnly('tls', 993, 'outlook.office365.com'),
    ill: { imap: { login: refused('NO LOGIN failed.') } },
    finds: ['auth.basic-disabled'],
    steps: /October 2022/,
  },
  {
    name: 'the same words of an own Exchange are a wrong password',
    subject: imapOnly('tls', 993),
    ill: { imap: { login: refused('NO LOGIN failed.') } },
    finds: ['auth.wrong-credentials'],
  },
  {
    name: 'only OAuth is offered',
    subject: smtpOnly(),
    ill: {
      smtp: {
        login: undefined,
        withheld: 'no-safe-mechanism',
        offered: ['XOAUTH2', 'OAUTHBEARER'],
        mail: undefined,
        rcpt: undefined,
      } as object,
    },
    finds: ['auth.basic-disabled'],
    en: ['XOAUTH2 OAUTHBEARER'],
  },
  {
    name: 'only mechanisms of a Windows domain are offered',
    subject: smtpOnly(),
    ill: {
      smtp: {
        login: undefined,
        withheld: 'no-safe-mechanism',
        offered: ['GSSAPI', 'NTLM'],
        mail: undefined,
        rcpt: undefined,
      } as object,
    },
    finds: ['auth.mechanism-unsupported'],
    en: ['GSSAPI NTLM'],
  },
  {
    name: 'the server refuses the mechanism',
    subject: smtpOnly(),
    ill: { smtp: { login: refused('535 5.7.8 Error: authentication failed: Invalid authentication mechanism') } },
    finds: ['auth.mechanism-unsupported'],
    candidates: [[{ path: 'mail.smtp.mechanism', from: null, to: 'login' }]],
  },
  {
    name: 'the mechanism that is configured is not offered',
    subject: smtpBy('cram-md5'),
    ill: notTheChosen,
    finds: ['auth.mechanism-unsupported'],
    affects: [smtp],
    en: ['CRAM-MD5', 'GSSAPI, PLAIN, LOGIN'],
    ja: ['CRAM-MD5', 'GSSAPI, PLAIN, LOGIN'],
    steps: /mail\.smtp\.mechanism: plain/,
    ruledOut: 'auth.wrong-credentials',
    candidates: [
      [{ path: 'mail.smtp.mechanism', from: 'cram-md5', to: 'plain' }],
      [{ path: 'mail.smtp.mechanism', from: 'cram-md5', to: 'login' }],
    ],
  },
  {
    name: 'a password is not handed over in clear in its place where the CRM checks no certificate',
    subject: smtpBy('cram-md5', { verify: false }),
    ill: notTheChosen,
    finds: ['auth.mechanism-unsupported'],
    candidates: [],
  },
  {
    name: 'a password is not handed over in clear in its place without TLS',
    subject: smtpBy('cram-md5', {
      smtp: { host: 'smtp.example.co.jp', port: 587, security: 'none', mechanism: 'cram-md5' },
    }),
    ill: notTheChosen,
    finds: ['auth.mechanism-unsupported'],
    candidates: [],
  },
  {
    name: 'CRAM-MD5 is proposed without TLS too',
    subject: smtpBy('plain', { smtp: { host: 'smtp.example.co.jp', port: 587, security: 'none', mechanism: 'plain' } }),
    ill: { smtp: { ...notTheChosen.smtp, offered: ['CRAM-MD5'] } },
    finds: ['auth.mechanism-unsupported'],
    candidates: [[{ path: 'mail.smtp.mechanism', from: 'plain', to: 'cram-md5' }]],
  },
  {
    name: 'where only OAuth is offered, the mechanism is not the cause',
    subject: smtpBy('cram-md5'),
    ill: { smtp: { ...notTheChosen.smtp, offered: ['XOAUTH2'] } },
    finds: ['auth.basic-disabled'],
  },
  {
    name: 'no login is offered inside TLS on port 25',
    subject: smtpOnly(25),
    ill: {
      smtp: {
        login: undefined,
        withheld: 'no-safe-mechanism',
        offered: [],
        mail: undefined,
        rcpt: undefined,
      } as object,
    },
    finds: ['auth.not-offered'],
    affects: ['smtp smtp.example.co.jp:25'],
    candidates: [
      [
        { path: 'mail.smtp.port', from: 25, to: 587 },
        { path: 'mail.smtp.security', from: 'starttls', to: 'starttls' },
      ],
      [
        { path: 'mail.smtp.port', from: 25, to: 465 },
        { path: 'mail.smtp.security', from: 'starttls', to: 'tls' },
      ],
    ],
    ruledOut: 'auth.requires-tls',
  },
  {
    name: 'the login is held back until STARTTLS (SMTP)',
    subject: smtpOnly(587, 'none'),
    ill: {
      tls: { smtp: { before: ['SIZE 20000000', 'STARTTLS'] } },
      smtp: {
        login: undefined,
        withheld: 'no-safe-mechanism',
        offered: [],
        mail: undefined,
        rcpt: undefined,
      } as object,
    },
    finds: ['auth.requires-tls'],
    candidates: [
      [{ path: 'mail.smtp.security', from: 'none', to: 'starttls' }],
      [
        { path: 'mail.smtp.port', from: 587, to: 465 },
        { path: 'mail.smtp.security', from: 'none', to: 'tls' },
      ],
    ],
  },
  {
    name: 'LOGINDISABLED before TLS (IMAP)',
    subject: imapOnly('none', 143),
    ill: {
      tls: { imap: { before: ['IMAP4REV1', 'STARTTLS', 'LOGINDISABLED'] } },
      imap: { login: undefined, withheld: 'no-safe-mechanism', offered: [], select: undefined } as object,
    },
    finds: ['auth.requires-tls'],
    en: ['LOGINDISABLED'],
    candidates: [
      [{ path: 'mail.imap.security', from: 'none', to: 'starttls' }],
      [
        { path: 'mail.imap.port', from: 143, to: 993 },
        { path: 'mail.imap.security', from: 'none', to: 'tls' },
      ],
    ],
  },
  {
    name: 'neither AUTH nor STARTTLS: nothing is offered',
    subject: smtpOnly(587, 'none'),
    ill: {
      tls: { smtp: { before: ['SIZE 20000000'] } },
      smtp: {
        login: undefined,
        withheld: 'no-safe-mechanism',
        offered: [],
        mail: undefined,
        rcpt: undefined,
      } as object,
    },
    finds: ['auth.not-offered'],
  },
  {
    name: 'POP3 says that TLS is missing',
    subject: subjectWith({ pop3: { host: 'pop.example.co.jp', port: 110, security: 'none' } }),
    ill: {
      pop3: { login: refused('-ERR [AUTH] Plaintext authentication disallowed on non-secure (SSL/TLS) connections.') },
    },
    finds: ['auth.requires-tls'],
  },
  {
    name: 'MAIL before STARTTLS',
    subject: smtpOnly(587, 'none', undefined),
    ill: {
      smtp: {
        username: undefined,
        login: undefined,
        mail: refused('530 5.7.0 Must issue a STARTTLS command first'),
        rcpt: undefined,
      } as object,
    },
    finds: ['auth.requires-tls'],
  },
  {
    name: 'no password and the server wants a login',
    subject: smtpOnly(587, 'starttls', undefined),
    ill: {
      smtp: {
        username: undefined,
        login: undefined,
        mail: refused('530 5.7.0 Authentication required'),
        rcpt: undefined,
      } as object,
    },
    finds: ['auth.missing'],
    en: ['PLAIN, LOGIN'],
    candidates: [],
  },
  {
    name: 'no password, port 25, not logged in',
    subject: smtpOnly(25, 'starttls', undefined),
    ill: {
      smtp: {
        username: undefined,
        login: undefined,
        rcpt: refused('553 5.7.1 <sales@example.co.jp>: Sender address rejected: not logged in'),
      } as object,
    },
    finds: ['auth.missing'],
  },
  {
    name: 'relaying denied, and nothing of a login said',
    subject: smtpOnly(587, 'starttls', undefined),
    ill: {
      smtp: {
        username: undefined,
        login: undefined,
        rcpt: refused('554 5.7.1 <sales@example.co.jp>: Relay access denied'),
      } as object,
    },
    finds: ['smtp.relay-denied'],
  },
  {
    name: 'the provider wants a sign-in in the browser',
    subject: imapOnly('tls', 993, 'imap.gmail.com'),
    ill: { imap: { login: refused('NO [WEBALERT https://accounts.google.com/signin/continue] Web login required.') } },
    finds: ['auth.web-login-required'],
    steps: /https:\/\/accounts\.google\.com\/signin\/continue/,
  },
  {
    name: 'an expired token',
    subject: imapOnly('tls', 993),
    ill: { imap: { login: refused('NO [AUTHENTICATIONFAILED] The access token has expired') } },
    finds: ['auth.oauth-token-expired'],
  },
  {
    name: 'a token without the scope',
    subject: imapOnly('tls', 993, 'outlook.office365.com'),
    ill: { imap: { login: refused('NO insufficient scope') } },
    finds: ['auth.oauth-scope'],
    steps: /IMAP\.AccessAsUser\.All/,
  },
  {
    name: 'an expired password',
    ill: { imap: { login: refused('NO [EXPIRED] Password expired') } },
    finds: ['auth.account-disabled'],
    en: ['age limit'],
  },
  {
    name: 'a locked account',
    ill: { smtp: { login: refused('535 5.7.8 Account is locked') } },
    finds: ['auth.account-disabled'],
    en: ['locked or disabled'],
  },
  {
    name: 'too many attempts hold the other logins back as well',
    ill: {
      smtp: { login: refused('454 4.7.0 Too many login attempts, please try again later.') },
      imap: { login: undefined, withheld: 'locked-out', select: undefined } as object,
    },
    finds: ['auth.too-many-attempts'],
    affects: [smtp, imap],
  },
  {
    name: 'the server cannot check logins',
    ill: {
      smtp: { login: refused('454 4.7.0 Temporary authentication failure: Connection lost to authentication server') },
    },
    finds: ['auth.temporary-failure'],
  },
  {
    name: 'IMAP cannot check logins, and POP3 of the same host only says no',
    subject: subjectWith({
      imap: { host: 'mail.example.co.jp', port: 993, security: 'tls' },
      pop3: { host: 'mail.example.co.jp', port: 995, security: 'tls' },
      ...({ smtp: undefined } as object),
    }),
    ill: {
      imap: { login: refused('NO Login failed: generic failure'), select: undefined } as object,
      pop3: { login: refused('-ERR [AUTH] Invalid login'), stat: undefined } as object,
    },
    finds: ['auth.temporary-failure'],
    affects: ['imap mail.example.co.jp:993', 'pop3 mail.example.co.jp:995'],
  },
  {
    name: 'IMAP cannot check logins, and POP3 of another host says no: two roots',
    ill: {
      imap: { login: refused('NO Login failed: generic failure'), select: undefined } as object,
      pop3: { login: noPop3, stat: undefined } as object,
      smtp: { login: no535, mail: undefined, rcpt: undefined } as object,
    },
    finds: ['auth.temporary-failure', 'auth.wrong-credentials'],
  },
  {
    name: 'POP3 has an internal error',
    ill: { pop3: { login: refused('-ERR [SYS/TEMP] Internal error occurred. Refer to server log') } },
    finds: ['auth.temporary-failure'],
  },
  {
    name: 'a login from abroad',
    subject: subjectWith({ smtp: { host: 'sv1.xserver.jp', port: 587, security: 'starttls' } }),
    ill: { smtp: { login: refused('535 5.7.8 Login from this country is not allowed') } },
    finds: ['auth.network-not-allowed'],
    steps: /Xserver server panel/,
  },
  {
    name: 'external mail programs are switched off',
    ill: { imap: { login: refused('NO External access is disabled for this account') } },
    finds: ['auth.external-access-off'],
  },
  {
    name: 'POP before SMTP by its words',
    subject: smtpOnly(25, 'starttls', undefined),
    ill: {
      smtp: {
        username: undefined,
        login: undefined,
        rcpt: refused('550 5.7.1 Please check your mail first (POP before SMTP)'),
      } as object,
    },
    finds: ['auth.pop-before-smtp'],
  },
  {
    name: "qmail's rcpthosts after a POP3 login that works and without AUTH",
    subject: subjectWith({ smtp: { host: 'smtp.example.co.jp', port: 25, security: 'none' } }),
    ill: {
      smtp: {
        login: undefined,
        offered: [],
        rcpt: refused("553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)"),
      } as object,
    },
    finds: ['auth.pop-before-smtp', 'smtp.relay-denied'],
    confidence: 0.6,
  },
  {
    name: 'a broken connection is nobody of these',
    ill: { smtp: { login: { kind: 'broken', how: 'closed', says: 'closed', ms: 3 } } },
    finds: [],
  },
]);

test('relay-denied gives way to POP before SMTP', () => {
  expect(loginCauses.get('smtp.relay-denied')?.unless).toContain('auth.pop-before-smtp');
});

test('a blocked login is no evidence', () => {
  const subject = subjectWith();
  const ill = { port: { imap: { contacts: [] } }, imap: { login: noImap } };
  expect(evidenceWith(subject, ill).of).toBeDefined();
  expect(foundBy('auth.wrong-credentials', subject, ill)).toEqual([]);
  expect(foundBy('auth.protocol-disabled', subject, ill)).toEqual([]);
});

test('two login names are two roots', () => {
  const subject = subjectWith({ pop3: { host: 'pop.example.co.jp', port: 995, security: 'tls', username: 'sales' } });
  const ill = { smtp: { login: no535 }, imap: { login: noImap }, pop3: { login: noPop3 } };
  const found = foundBy('auth.wrong-credentials', subject, ill);
  expect(found.map(({ finding }) => finding.affects)).toEqual([[smtp, imap], [pop3]]);
});

test('the change that worked stands in explanation and steps', () => {
  const cause = loginCauses.get('auth.not-offered');
  const subject = smtpOnly(25);
  const ill = {
    smtp: { login: undefined, withheld: 'no-safe-mechanism', offered: [], mail: undefined, rcpt: undefined } as object,
  };
  const [found] = foundBy('auth.not-offered', subject, ill);
  const [change = []] = found?.candidates ?? [];
  expect(cause?.because(found?.finding.detail, change).en).toContain('On port 587 the same login works.');
  expect(cause?.steps(found?.finding.detail, change)[0]?.ja).toContain('25 から 587');
  expect(accepted().kind).toBe('accepted');
});

test.each([
  ['a refused folder behind it', { imap: { select: refused("NO [NONEXISTENT] Mailbox doesn't exist: CRM") } }, true],
  ['a refused login', { imap: { login: noImap, select: undefined } as object }, false],
] as const)('TLS mends a login that was held back: %s', (_name, ill, mended) => {
  const cause = loginCauses.get('auth.requires-tls');
  const subject = imapOnly('starttls', 143);
  const place = { protocol: 'imap' as const, host: 'imap.example.co.jp', port: 143 };
  const detail = { places: [place], security: 'none', startTlsOffered: true, says: '', seenIn: 'capabilities' };
  expect(cause?.works?.(evidenceWith(subject, { tls: { imap: { handshake: done() } }, ...ill }), subject, detail)).toBe(
    mended,
  );
});

test.each(['en', 'ja'] as const)(
  'the names of mechanisms are not taken for a login with its password: %s',
  (language) => {
    const offered = ['PLAIN', 'LOGIN', 'CRAM-MD5'];
    for (const mechanism of ['plain', 'login', 'cram-md5'] as const) {
      const subject = smtpBy(mechanism);
      const others = offered.filter((one) => one.toLowerCase() !== mechanism);
      const [found] = foundBy('auth.mechanism-unsupported', subject, {
        smtp: { ...notTheChosen.smtp, offered: others },
      });
      const cause = loginCauses.get('auth.mechanism-unsupported');
      if (!found || !cause) throw new Error('nothing found');
      const { detail, evidence } = found.finding;
      for (const change of [[], ...found.candidates]) {
        const texts = [
          cause.because(detail, change),
          ...cause.steps(detail, change),
          ...evidence.map(({ says }) => says),
        ];
        for (const text of texts) expect(createRedactor([])(text[language])).toBe(text[language]);
      }
    }
  },
);
