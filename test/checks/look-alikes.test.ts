import { describe } from '@jest/globals';
import { testCases } from './area.ts';
import {
  certificate,
  contact,
  done,
  mailbox,
  onlyImap,
  open,
  port,
  refused,
  sibling,
  silent,
  untrusted,
} from './evidence.ts';
import { testCases as testLogins } from './login-causes.ts';
import { refused as no, subjectWith } from './login-evidence.ts';

// What looks the same from the CRM and is not: every case is read by all causes of its areas at once, exactly one of them
// stands, and it says why its nearest look-alike is not meant. `?`: named once its proof has worked.

const imap143 = onlyImap({ port: 143, security: 'starttls' });
const smtp25 = mailbox({ smtp: { host: 'mail.aozora.test', port: 25 }, ...({ imap: undefined } as object) });
const smtpOnly = mailbox({ ...({ imap: undefined } as object) });

describe('the connection times out', () => {
  testCases([
    {
      name: 'a firewall drops the packets: another port of the host answers',
      subject: smtpOnly,
      ill: { port: { smtp: port([contact(silent)], { siblings: [sibling(465, silent), sibling(443, open)] }) } },
      finds: ['net.filtered', 'config.wrong-host?', 'config.wrong-port?'],
      ruledOut: 'net.refused',
    },
    {
      name: 'the server opens the port and says nothing, to TLS neither',
      subject: imap143,
      ill: { port: { imap: port([contact(open, { kind: 'silent', ms: 15_000, tls: false })]) } },
      finds: ['net.no-greeting'],
      ruledOut: 'config.security-mismatch',
    },
    {
      name: 'the port waits for TLS, and the CRM for a greeting',
      subject: imap143,
      ill: { port: { imap: port([contact(open, { kind: 'silent', ms: 1_500, tls: true })]) } },
      finds: ['config.security-mismatch?', 'config.wrong-port?'],
      ruledOut: 'net.no-greeting',
    },
    {
      name: 'the service is on another port',
      subject: mailbox({
        smtp: { host: 'mail.aozora.test', port: 578, security: 'starttls' },
        ...({ imap: undefined } as object),
      }),
      ill: { port: { smtp: port([contact(refused)], { siblings: [sibling(587, open), sibling(465, refused)] }) } },
      finds: ['config.wrong-port?', 'config.wrong-host?', 'net.refused'],
      ruledOut: 'net.filtered',
    },
    {
      name: 'port 25 is blocked on the way out (OP25B)',
      subject: smtp25,
      ill: {
        port: {
          smtp: port([contact(silent)], {
            siblings: [sibling(587, open), sibling(465, refused)],
            others25: [{ host: 'mx2.aozora.test', connect: silent }],
          }),
        },
      },
      finds: ['net.submission-blocked?', 'net.filtered', 'config.wrong-host?', 'config.wrong-port?'],
      ruledOut: 'net.filtered',
    },
    {
      name: 'large packets are lost after the connection stands',
      subject: onlyImap(),
      ill: { tls: { imap: { handshake: { kind: 'silent', ms: 10_000 }, smallAnswer: 'answered' } } },
      finds: ['net.mtu-blackhole'],
      ruledOut: 'net.no-greeting',
    },
  ]);
});

const noSmtp = no('535 5.7.8 Error: authentication failed: (reason unavailable)');
const noImap = no('NO [AUTHENTICATIONFAILED] Authentication failed.');
const onlySmtp = (more: object = {}) => subjectWith({ ...({ imap: undefined, pop3: undefined } as object), ...more });

describe('the login is refused', () => {
  testLogins([
    {
      name: 'the password: all services refuse the same',
      ill: {
        smtp: { login: noSmtp },
        imap: { login: noImap },
        pop3: { login: no('-ERR [AUTH] Authentication failed.') },
      },
      finds: ['auth.wrong-credentials'],
      ruledOut: 'auth.protocol-disabled',
    },
    {
      name: 'the mechanism: no password was sent',
      subject: onlySmtp({
        smtp: { host: 'smtp.example.co.jp', port: 587, security: 'starttls', mechanism: 'cram-md5' },
      }),
      ill: {
        smtp: { login: undefined, mechanism: undefined, withheld: 'mechanism-not-offered', mail: undefined } as object,
      },
      finds: ['auth.mechanism-unsupported'],
      ruledOut: 'auth.wrong-credentials',
    },
    {
      name: 'the protocol is off: the others take the same',
      ill: { imap: { login: noImap } },
      finds: ['auth.protocol-disabled'],
      ruledOut: 'auth.wrong-credentials',
    },
    {
      name: 'an app password is wanted',
      subject: onlySmtp(),
      ill: { smtp: { login: no('534 5.7.9 Application-specific password required.') } },
      finds: ['auth.app-password-required'],
      ruledOut: 'auth.wrong-credentials',
    },
    {
      name: 'too many attempts',
      subject: onlySmtp(),
      ill: { smtp: { login: no('454 4.7.0 Too many login attempts, please try again later') } },
      finds: ['auth.too-many-attempts'],
      ruledOut: 'auth.wrong-credentials',
    },
    {
      name: 'what keeps the passwords is down',
      subject: onlySmtp(),
      ill: {
        smtp: { login: no('454 4.7.0 Temporary authentication failure: Connection lost to authentication server') },
      },
      finds: ['auth.temporary-failure'],
      ruledOut: 'auth.wrong-credentials',
    },
  ]);
  testCases([
    {
      name: 'the form of the name: tried before it is said',
      subject: onlyImap(),
      ill: {
        imap: {
          login: {
            kind: 'refused',
            reply: { code: 'NO', tag: 'AUTHENTICATIONFAILED', text: 'Authentication failed.' },
            ms: 3,
          },
        },
      },
      finds: ['config.username-form?'],
      ruledOut: 'auth.wrong-credentials',
    },
  ]);
});

const expired = certificate({ notAfter: '2026-11-21T00:00:00.000Z' });
const appliance = 'C=US, O=Fortinet, CN=FortiGate CA';

describe('TLS fails', () => {
  testCases([
    {
      name: 'by mode: the port speaks in clear first',
      subject: onlyImap({ port: 143, security: 'tls' }),
      ill: {
        tls: {
          imap: {
            handshake: { kind: 'plain', speaks: 'imap', line: '* OK ready', ms: 3 },
            ...({ greeting: undefined } as object),
          },
        },
      },
      finds: ['config.security-mismatch?', 'tls.starttls-not-offered'],
      ruledOut: 'tls.handshake-dropped',
    },
    {
      name: 'by name',
      subject: onlyImap(),
      ill: { tls: { imap: { handshake: done({ nameMatches: false }, certificate({ names: ['sv1.aozora.test'] })) } } },
      finds: ['tls.hostname-mismatch'],
      ruledOut: 'tls.unknown-issuer',
    },
    {
      name: 'by chain',
      subject: onlyImap(),
      ill: {
        tls: {
          imap: {
            handshake: done(
              { trust: untrusted('UNABLE_TO_VERIFY_LEAF_SIGNATURE') },
              certificate({ issuer: 'CN=Lab Issuing CA 1' }),
            ),
            aia: { url: 'http://web.aozora.test/i.der', result: 'completes' },
          },
        },
      },
      finds: ['tls.incomplete-chain'],
      ruledOut: 'tls.unknown-issuer',
    },
    {
      name: 'by age',
      subject: onlyImap(),
      ill: { tls: { imap: { handshake: done({ trust: untrusted('CERT_HAS_EXPIRED') }, expired) } } },
      finds: ['tls.certificate-expired'],
      ruledOut: 'tls.hostname-mismatch',
    },
    {
      name: 'by a middlebox: one stranger vouches for both services',
      ill: {
        tls: {
          smtp: {
            handshake: done(
              { trust: untrusted('SELF_SIGNED_CERT_IN_CHAIN') },
              certificate({ issuer: appliance, fingerprint: 'f1' }),
            ),
          },
          imap: {
            handshake: done(
              { trust: untrusted('SELF_SIGNED_CERT_IN_CHAIN') },
              certificate({ issuer: appliance, fingerprint: 'f2' }),
            ),
          },
        },
      },
      finds: ['tls.intercepted'],
      ruledOut: 'tls.unknown-issuer',
    },
  ]);
});
