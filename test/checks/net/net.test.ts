import type { Case } from '../area.ts';
import { testCases, testComplete } from '../area.ts';
import {
  broken,
  contact,
  done,
  greeted,
  ipv4,
  ipv6,
  mailbox,
  onlyImap,
  open,
  port,
  refusal,
  refused,
  sibling,
  silent,
  unreachable,
} from '../evidence.ts';

const imap143 = onlyImap({ port: 143, security: 'starttls' });
const target = 'imap mail.aozora.test:993';
const smtp25 = mailbox({ smtp: { host: 'mail.aozora.test', port: 25, security: 'starttls' } });
const v4 = ipv4('198.51.100.10');
const other = ipv4('198.51.100.11');
const v6 = ipv6();
const good = (to = v4) => contact(open, undefined, to);
const bad = (to = v4) => contact(silent, undefined, to);
const slow = (to = v4) => contact({ kind: 'open', ms: 300 }, undefined, to);
const asNode = onlyImap({}, 'node');
const refusedBefore = {
  at: '2026-11-23T23:00:00.000Z',
  goodAt: '2026-11-23T23:00:00.000Z',
  protocol: 'imap' as const,
  says: 'NO [AUTHENTICATIONFAILED] Authentication failed.',
};
const moved = { client: '192.0.2.9', clientBefore: { at: '2026-11-23T23:00:00.000Z', address: '192.0.2.8' } };
const noHost = unreachable('EHOSTUNREACH');

const cases: readonly Case[] = [
  { name: 'a healthy mailbox', ill: {}, finds: [] },
  {
    name: 'refused, nothing on the other standard ports',
    ill: { port: { imap: port([contact(refused)], { siblings: [sibling(143, refused), sibling(443, open)] }) } },
    finds: ['net.refused', 'config.protocol-mismatch?', 'config.wrong-host?', 'config.wrong-port?'],
    affects: [target],
    severity: 'critical',
    evidence: ['mail.port imap mail.aozora.test:993'],
    ruledOut: 'net.filtered',
    en: /port 993/,
    ja: /993/,
  },
  {
    name: 'all services of a host refused: one root',
    ill: { port: { smtp: port([contact(refused)]), imap: port([contact(refused)]) } },
    finds: ['net.refused', 'config.wrong-host?', 'config.wrong-port?', 'config.wrong-port?'],
    affects: ['smtp mail.aozora.test:587', target],
  },
  {
    name: 'silent, while another port of the host answers',
    ill: { port: { imap: port([contact(silent)], { siblings: [sibling(143, silent), sibling(443, open)] }) } },
    finds: ['net.filtered', 'config.protocol-mismatch?', 'config.wrong-host?', 'config.wrong-port?'],
    affects: [target],
    en: /port 443 answers/,
  },
  {
    name: 'everything on the host silent: one root',
    ill: { port: { smtp: port([contact(silent)]), imap: port([contact(silent)]) } },
    finds: ['net.filtered', 'config.wrong-host?', 'config.wrong-port?', 'config.wrong-port?'],
    affects: ['smtp mail.aozora.test:587', target],
    en: /whole host/,
  },
  {
    name: 'unreachable, while SMTP on the same address works: a firewall',
    ill: { port: { imap: port([contact(noHost)], { siblings: [sibling(143, noHost)] }) } },
    finds: ['net.rejected', 'config.protocol-mismatch?', 'config.wrong-host?', 'config.wrong-port?'],
    affects: [target],
    ruledOut: 'net.no-route',
  },
  {
    name: 'prohibited over IPv6, with nothing else to be seen: ICMPv6 says so as well',
    subject: onlyImap(),
    ill: { port: { imap: port([contact(unreachable('EACCES'), undefined, v6)]) } },
    finds: ['net.rejected', 'config.wrong-host?', 'config.wrong-port?'],
  },
  {
    name: 'prohibited over IPv4: no network says so, this machine does',
    ill: {
      port: {
        imap: port([contact(unreachable('EACCES'))], { siblings: [sibling(143, unreachable('EACCES'))] }),
        smtp: port([contact(unreachable('EACCES'))]),
      },
    },
    finds: ['net.local-policy-denied', 'config.wrong-host?', 'config.wrong-port?', 'config.wrong-port?'],
    affects: ['smtp mail.aozora.test:587', target],
    severity: 'critical',
    ruledOut: 'net.rejected',
    en: /EACCES/,
  },
  {
    name: 'not permitted, over either family',
    subject: onlyImap(),
    ill: { port: { imap: port([contact(unreachable('EPERM'), undefined, v6)]) } },
    finds: ['net.local-policy-denied', 'config.wrong-host?', 'config.wrong-port?'],
  },
  {
    name: 'Node.js: the living address is slow and comes first, the last one is dead',
    subject: asNode,
    ill: { port: { imap: port([slow(), contact(unreachable('ENETUNREACH'), undefined, v6)]) } },
    finds: ['net.happy-eyeballs-too-short'],
    severity: 'critical',
    affects: [target],
    candidates: [[{ path: 'mail.family', from: null, to: 4 }]],
    ruledOut: 'net.filtered',
    en: /300 ms/,
  },
  {
    name: 'Node.js: the last address has no limit of its own',
    subject: asNode,
    ill: { port: { imap: port([contact(unreachable('ENETUNREACH'), undefined, v6), slow()]) } },
    finds: ['net.ipv6-broken'],
    severity: 'warning',
    candidates: [[{ path: 'mail.family', from: null, to: 4 }]],
  },
  {
    name: 'Node.js: quick enough',
    subject: asNode,
    ill: { port: { imap: port([good(), bad(v6)]) } },
    finds: ['net.ipv6-broken'],
    candidates: [],
  },
  {
    name: 'another runtime waits longer for each address',
    subject: onlyImap({}, 'php'),
    ill: { port: { imap: port([slow(), bad(v6)]) } },
    finds: ['net.ipv6-broken'],
  },
  {
    name: 'the dead address comes first, the other family is wholly alive',
    ill: { port: { imap: port([bad(), good(other), good(v6)]) } },
    finds: ['net.one-address-dead'],
    candidates: [[{ path: 'mail.family', from: null, to: 6 }]],
  },
  {
    name: 'nobody at this address',
    ill: {
      port: {
        smtp: port([contact(noHost)], { siblings: [sibling(465, noHost)] }),
        imap: port([contact(noHost)], { siblings: [sibling(143, noHost)] }),
      },
    },
    finds: ['net.no-route', 'config.wrong-host?', 'config.wrong-port?', 'config.wrong-port?'],
    affects: ['smtp mail.aozora.test:587', target],
    ruledOut: 'net.rejected',
  },
  {
    name: 'no route to any network: one root for two hosts',
    subject: mailbox({ imap: { host: 'imap.aozora.test', port: 993 } }),
    ill: {
      port: {
        smtp: port([contact(unreachable('ENETUNREACH'))]),
        imap: port([contact(unreachable('ENETUNREACH'))]),
      },
    },
    finds: ['net.no-route', 'config.wrong-host?', 'config.wrong-host?', 'config.wrong-port?', 'config.wrong-port?'],
    affects: ['smtp mail.aozora.test:587', 'imap imap.aozora.test:993'],
  },
  {
    name: 'port 25 blocked to this server and to another',
    subject: smtp25,
    ill: {
      port: {
        smtp: port([contact(silent)], {
          siblings: [sibling(587, open), sibling(465, refused)],
          others25: [{ host: 'mx2.aozora.test', connect: silent }],
        }),
      },
    },
    finds: [
      'net.submission-blocked?',
      'net.filtered',
      'config.protocol-mismatch?',
      'config.wrong-host?',
      'config.wrong-port?',
    ].filter((id) => id !== 'config.protocol-mismatch?'),
    affects: ['smtp mail.aozora.test:25'],
    candidates: [
      [{ path: 'mail.smtp.port', from: 25, to: 587 }],
      [
        { path: 'mail.smtp.port', from: 25, to: 465 },
        { path: 'mail.smtp.security', from: 'starttls', to: 'tls' },
      ],
    ],
  },
  {
    name: 'port 25 of this server only',
    subject: smtp25,
    ill: {
      port: {
        smtp: port([contact(silent)], {
          siblings: [sibling(587, open)],
          others25: [{ host: 'mx2.aozora.test', connect: open }],
        }),
      },
    },
    finds: ['net.filtered', 'config.wrong-host?', 'config.wrong-port?'],
  },
  {
    name: 'all ports for sending blocked, the web open',
    subject: smtp25,
    ill: {
      port: {
        smtp: port([contact(silent)], {
          siblings: [sibling(587, silent), sibling(465, silent), sibling(443, open)],
          others25: [{ host: 'mx2.aozora.test', connect: silent }],
        }),
      },
    },
    finds: [
      'net.mail-ports-blocked',
      'net.submission-blocked?',
      'config.protocol-mismatch?',
      'config.wrong-host?',
      'config.wrong-port?',
    ],
    affects: ['smtp mail.aozora.test:25'],
  },
  {
    name: 'IPv6 dead, IPv4 alive, for both services: one root',
    ill: {
      port: {
        smtp: port([contact(open, greeted('smtp')), bad(v6)]),
        imap: port([good(), bad(v6)]),
      },
    },
    finds: ['net.ipv6-broken'],
    severity: 'warning',
    affects: ['smtp mail.aozora.test:587', target],
    en: /2001:db8::10/,
  },
  {
    name: 'IPv4 dead, IPv6 alive',
    ill: { port: { imap: port([bad(), good(v6)]) } },
    finds: ['net.ipv4-broken'],
    severity: 'warning',
  },
  {
    name: 'one of two IPv4 addresses dead',
    ill: { port: { imap: port([good(), bad(other)]) } },
    finds: ['net.one-address-dead'],
    severity: 'warning',
    en: /198\.51\.100\.11 does not/,
  },
  {
    name: 'an address that was not tried is not dead',
    ill: { port: { imap: port([good(), contact({ kind: 'not-tried' }, undefined, other)]) } },
    finds: [],
  },
  {
    name: 'reset before the greeting',
    subject: imap143,
    ill: { port: { imap: port([contact(open, { kind: 'reset', ms: 2 })]) } },
    finds: ['net.reset'],
    affects: ['imap mail.aozora.test:143'],
    ruledOut: 'net.refused',
  },
  {
    name: 'reset without a word of ours, where TLS starts at once',
    subject: onlyImap(),
    ill: { tls: { imap: { handshake: { kind: 'reset', ms: 2 }, unspoken: 'reset', versions: [] } } },
    finds: ['net.reset'],
  },
  {
    name: 'reset at the ClientHello only: TLS',
    subject: onlyImap(),
    ill: { tls: { imap: { handshake: { kind: 'reset', ms: 2 }, unspoken: 'open', versions: [] } } },
    finds: ['tls.handshake-dropped'],
  },
  {
    name: 'closed before the greeting',
    subject: imap143,
    ill: { port: { imap: port([contact(open, { kind: 'closed', ms: 2 })]) } },
    finds: ['net.closed-before-greeting'],
    candidates: [
      [
        { path: 'mail.imap.port', from: 143, to: 993 },
        { path: 'mail.imap.security', from: 'starttls', to: 'tls' },
      ],
    ],
  },
  {
    name: 'silence, also to TLS',
    subject: imap143,
    ill: { port: { imap: port([contact(open, { kind: 'silent', ms: 15_000, tls: false })]) } },
    finds: ['net.no-greeting'],
    en: /15 seconds/,
    ja: /15 秒/,
    ruledOut: 'config.security-mismatch',
  },
  {
    name: 'silence after a ClientHello where TLS starts at once',
    subject: onlyImap(),
    ill: { tls: { imap: { handshake: { kind: 'silent', ms: 10_000 } } } },
    finds: ['net.no-greeting'],
  },
  {
    name: 'a greeting after seven seconds',
    ill: { port: { smtp: port([contact(open, greeted('smtp', 7000))]) } },
    finds: ['net.slow-greeting'],
    severity: 'warning',
    affects: ['smtp mail.aozora.test:587'],
    en: /7 seconds/,
  },
  {
    name: 'a slow greeting inside TLS',
    subject: onlyImap(),
    ill: { tls: { imap: { handshake: done(), greeting: greeted('imap', 6400) } } },
    finds: ['net.slow-greeting'],
  },
  {
    name: 'closed at EHLO',
    ill: { tls: { smtp: { before: [], startTls: { kind: 'broken', how: 'closed' } } } },
    finds: ['net.dropped-mid-session'],
    affects: ['smtp mail.aozora.test:587'],
    en: /EHLO/,
  },
  {
    name: 'reset at the login',
    ill: { imap: { login: broken('reset') } },
    finds: ['net.dropped-mid-session'],
    affects: [target],
    ruledOut: 'auth.wrong-credentials',
  },
  {
    name: 'an endless answer to EHLO',
    ill: { tls: { smtp: { before: [], startTls: { kind: 'broken', how: 'flood' } } } },
    finds: ['net.dropped-mid-session'],
    en: /without end/,
  },
  {
    name: 'a login that cannot be sent is no fault of the server',
    ill: { imap: { login: broken('garbled', 'not sent: the user name contains a line break or NUL') } },
    finds: [],
  },
  {
    name: 'closed when the folder is opened',
    ill: { imap: { select: broken('closed') } },
    finds: ['net.dropped-mid-session'],
    en: /SELECT/,
  },
  {
    name: 'silent, while the proxy of the environment leads there',
    ill: {
      port: {
        imap: port([contact(silent)], {
          proxy: { at: 'proxy.aozora.test:3128', kind: 'leads', says: 'HTTP/1.1 200 OK' },
        }),
      },
    },
    finds: ['net.proxy-required', 'config.protocol-mismatch?', 'config.wrong-host?', 'config.wrong-port?'],
    affects: [target],
    severity: 'critical',
    ruledOut: 'net.filtered',
    en: /proxy\.aozora\.test:3128/,
    ja: /proxy\.aozora\.test:3128/,
  },
  {
    name: 'silent, and the proxy does not lead there either',
    ill: {
      port: {
        imap: port([contact(silent)], { proxy: { at: 'proxy:3128', kind: 'refused', says: 'HTTP/1.1 403 no' } }),
      },
    },
    finds: ['net.filtered', 'config.protocol-mismatch?', 'config.wrong-host?', 'config.wrong-port?'],
  },
  {
    name: 'no answer to the ClientHello, but to one whose answer is small: large packets are lost',
    ill: {
      tls: {
        smtp: { handshake: { kind: 'silent', ms: 10_000 }, smallAnswer: 'answered' },
        imap: { handshake: { kind: 'silent', ms: 10_000 }, smallAnswer: 'answered' },
      },
    },
    finds: ['net.mtu-blackhole'],
    affects: ['smtp mail.aozora.test:587', target],
    severity: 'critical',
    ruledOut: 'net.no-greeting',
  },
  {
    name: 'no answer to either: the server',
    subject: onlyImap(),
    ill: { tls: { imap: { handshake: { kind: 'silent', ms: 10_000 }, smallAnswer: 'silent' } } },
    finds: ['net.no-greeting'],
  },
  {
    name: 'all mail ports closed, an hour after the host had refused a login: a ban',
    ill: {
      port: {
        smtp: port([contact(refused)], { siblings: [sibling(465, refused), sibling(443, open)], refusedBefore }),
        imap: port([contact(refused)], { siblings: [sibling(143, refused), sibling(443, open)], refusedBefore }),
      },
    },
    finds: ['net.banned', 'config.wrong-host?', 'config.wrong-port?', 'config.wrong-port?'],
    affects: ['smtp mail.aozora.test:587', target],
    severity: 'critical',
    ruledOut: 'net.filtered',
    en: /2026-11-23 23:00 UTC/,
    ja: /2026-11-23 23:00 UTC/,
  },
  {
    name: 'one service still answers: no ban of this address',
    ill: { port: { imap: port([contact(refused)], { siblings: [sibling(143, refused)], refusedBefore }) } },
    finds: ['net.refused', 'config.protocol-mismatch?', 'config.wrong-host?', 'config.wrong-port?'],
  },
  {
    name: 'another mail port of the host still opens: no ban',
    subject: onlyImap(),
    ill: { port: { imap: port([contact(refused)], { siblings: [sibling(143, open)], refusedBefore }) } },
    finds: ['net.refused', 'config.wrong-host?', 'config.wrong-port?'],
  },
  {
    name: 'the server says that it has banned the address',
    ill: {
      port: { smtp: port([contact(open, greeted('smtp', 5, '421 4.7.0 IP blocked: too many failed login attempts'))]) },
    },
    finds: ['net.banned'],
    affects: ['smtp mail.aozora.test:587'],
  },
  {
    name: 'the server says that the address is on no list',
    ill: { smtp: { login: refusal('535 5.7.1 192.0.2.9 is not on the allow list') } },
    finds: ['net.ip-not-allowlisted'],
    ruledOut: 'net.filtered',
    en: /not on the allow list/,
  },
  {
    name: 'another address than in the last good run, and the server refuses it',
    ill: { smtp: { ...moved, login: refusal('535 5.7.1 192.0.2.9 is not on the allow list') } },
    finds: ['net.egress-ip-changed'],
    severity: 'critical',
    affects: ['smtp mail.aozora.test:587'],
    en: /192\.0\.2\.9.*192\.0\.2\.8/,
  },
  {
    name: 'another address than in the last good run, and all works',
    ill: { smtp: moved },
    finds: ['net.egress-ip-changed'],
    severity: 'info',
  },
  { name: 'the same address as in the last good run', ill: { smtp: { ...moved, client: '192.0.2.8' } }, finds: [] },
];

testCases(cases.map((one) => one));
testComplete(
  'net',
  cases,
  // Shown by a log only: test/checks/logs.
  ['net.idle-nat-timeout'],
);
