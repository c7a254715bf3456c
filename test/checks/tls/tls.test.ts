import { expect, test } from '@jest/globals';
import { inspectingProduct } from '../../../checks/tls/inspecting-products.ts';
import type { MailConfig } from '../../../src/model/config.ts';
import { subjectOf } from '../../../src/model/mailbox.ts';
import type { Handshake, TlsFact } from '../../../src/model/tls-facts.ts';
import type { Case } from '../area.ts';
import { counts, testCases, testComplete } from '../area.ts';
import {
  certificate,
  contact,
  done,
  failedHandshake,
  greeted,
  mailbox,
  onlyImap,
  open,
  port,
  untrusted,
} from '../evidence.ts';

const imap = onlyImap();
const php = onlyImap({}, 'php');
const onlyImapOf = (more: Partial<MailConfig>) => subjectOf({ ...imap.config, ...more }, false);
const target = 'imap mail.aozora.test:993';
const both = [`smtp mail.aozora.test:587`, target];
const on = (handshake: Handshake, more: Partial<TlsFact> = {}) => ({
  tls: { imap: { handshake, ...more } },
});
const expired = certificate({ notAfter: '2026-11-21T00:00:00.000Z', fingerprint: 'ex' });
const self = certificate({ issuer: 'CN=mail.aozora.test', selfSigned: true, fingerprint: 'se' });
const privateRoot = certificate({
  subject: 'O=Aozora Shoji, CN=Aozora Internal CA',
  issuer: 'O=Aozora Shoji, CN=Aozora Internal CA',
  selfSigned: true,
  authority: true,
  fingerprint: 'ca',
});
const ofPrivate = certificate({ issuer: privateRoot.subject, fingerprint: 'pr' });
const fortinet = 'C=US, ST=California, O=Fortinet, OU=Certificate Authority, CN=FGT60FTK20012345';
const noGreeting = { greeting: greeted('imap') };
const tls993 = [
  { path: 'mail.imap.port', from: 143, to: 993 },
  { path: 'mail.imap.security', from: 'starttls', to: 'tls' },
] as const;
const imap143 = onlyImap({ port: 143, security: 'starttls' });

const nameless = onlyImapOf({ as: 'php', asSni: false });
const oldPhp = onlyImapOf({ as: 'php', asVersion: '7.0' });
const storeless = mailbox({ trust: 'none' });
const hosting = certificate({ names: ['sv1.hosting.test'], subject: 'CN=sv1.hosting.test', fingerprint: 'ho' });
const asCrm = (reasons: NonNullable<TlsFact['asCrm']>['reasons'], handshake: Handshake) => ({
  reasons,
  sni: !reasons.includes('sni'),
  oldest: 'TLSv1',
  newest: 'TLSv1.2',
  handshake,
});
const client = (over: Partial<NonNullable<TlsFact['clientCertificate']>> = {}) => ({
  cert: '/srv/crm/client.pem',
  key: '/srv/crm/client.key',
  state: 'usable' as const,
  subject: 'CN=crm.aozora.test',
  notBefore: '2026-08-01T00:00:00.000Z',
  notAfter: '2027-08-01T00:00:00.000Z',
  forClients: true,
  ...over,
});
const root = 'C=JP, O=Lab Trust Services, CN=Lab Root CA';
const noStore = {
  source: 'none',
  certificates: 0,
  systemTrusts: true,
  root: { subject: root, there: 'missing' },
} as const;
const oldStore = (there: 'missing' | 'expired') => ({
  source: '/srv/crm/cacert.pem',
  certificates: 100,
  systemTrusts: true,
  root: { subject: root, there },
});

const cases: readonly Case[] = [
  { name: 'a healthy mailbox', ill: {}, finds: [] },
  {
    name: 'one expired certificate on two services: one root',
    ill: {
      tls: {
        smtp: { handshake: done({ trust: untrusted('CERT_HAS_EXPIRED') }, expired) },
        imap: { handshake: done({ trust: untrusted('CERT_HAS_EXPIRED') }, expired) },
      },
    },
    finds: ['tls.certificate-expired'],
    affects: both,
    severity: 'critical',
    en: /2026-11-21, 3 days ago/,
    ja: /2026-11-21 に切れています（3 日前）/,
    ruledOut: 'tls.hostname-mismatch',
  },
  {
    name: 'expired on SMTP only: the clock is right, and the new one was not loaded',
    ill: { tls: { smtp: { handshake: done({}, expired) } } },
    finds: ['tls.certificate-expired'],
    affects: ['smtp mail.aozora.test:587'],
    ruledOut: 'clock.skewed',
    en: /shows a newer one/,
  },
  {
    name: 'an expired intermediate',
    subject: imap,
    ill: on(done({}, certificate(), { ...expired, subject: 'CN=Old Intermediate' })),
    finds: ['tls.certificate-expired'],
    en: /Old Intermediate/,
  },
  {
    name: 'not valid yet',
    subject: imap,
    ill: on(done({ trust: untrusted('CERT_NOT_YET_VALID') }, certificate({ notBefore: '2026-12-04T00:00:00.000Z' }))),
    finds: ['tls.certificate-not-yet-valid'],
    en: /2026-12-04/,
  },
  {
    name: 'ends in nine days',
    subject: imap,
    ill: on(done({}, certificate({ notAfter: '2026-12-03T00:00:00.000Z' }))),
    finds: ['tls.certificate-expires-soon'],
    severity: 'warning',
    en: /9 days/,
  },
  {
    name: 'ends in 21 days: not soon',
    subject: imap,
    ill: on(done({}, certificate({ notAfter: '2026-12-15T00:00:00.000Z' }))),
    finds: [],
  },
  {
    name: 'for another name, which leads to the same server',
    ill: {
      tls: {
        imap: {
          handshake: done({ nameMatches: false }, certificate({ names: ['sv1.aozora.test'] })),
          otherNames: [
            { host: 'elsewhere.test', sameAddress: false },
            { host: 'sv1.aozora.test', sameAddress: true },
          ],
        },
      },
    },
    finds: ['tls.hostname-mismatch'],
    affects: [target],
    candidates: [
      [{ path: 'mail.imap.host', from: 'mail.aozora.test', to: 'sv1.aozora.test' }],
      [{ path: 'mail.imap.host', from: 'mail.aozora.test', to: 'elsewhere.test' }],
    ],
    en: /sv1\.aozora\.test/,
  },
  {
    name: 'self-signed',
    ill: {
      tls: {
        smtp: { handshake: done({ trust: untrusted('DEPTH_ZERO_SELF_SIGNED_CERT') }, self) },
        imap: { handshake: done({ trust: untrusted('DEPTH_ZERO_SELF_SIGNED_CERT') }, self) },
      },
    },
    finds: ['tls.self-signed'],
    affects: both,
  },
  { name: 'self-signed, but trusted by choice', subject: imap, ill: on(done({}, self)), finds: [] },
  {
    name: 'a private authority, with its root',
    subject: imap,
    ill: on(done({ trust: untrusted('SELF_SIGNED_CERT_IN_CHAIN') }, ofPrivate, privateRoot)),
    finds: ['tls.unknown-issuer'],
    en: /Aozora Internal CA/,
    ruledOut: 'tls.self-signed',
  },
  {
    name: 'a private authority, leaf only, nothing completes it',
    subject: imap,
    ill: on(done({ trust: untrusted('UNABLE_TO_VERIFY_LEAF_SIGNATURE') }, ofPrivate), {
      aia: { url: 'http://ca.test/x', result: 'does-not-complete' },
    }),
    finds: ['tls.unknown-issuer'],
    ruledOut: 'tls.incomplete-chain',
  },
  {
    name: 'the intermediate is missing; AIA completes it',
    subject: imap,
    ill: on(
      done({ trust: untrusted('UNABLE_TO_VERIFY_LEAF_SIGNATURE') }, certificate({ issuer: 'CN=Lab Issuing CA 1' })),
      {
        aia: { url: 'http://web.aozora.test/i.der', result: 'completes' },
      },
    ),
    finds: ['tls.incomplete-chain'],
    en: /http:\/\/web\.aozora\.test/,
    ruledOut: 'tls.unknown-issuer',
  },
  {
    name: 'the intermediate is missing; another service sends it',
    ill: {
      tls: { smtp: { handshake: done({ trust: untrusted('UNABLE_TO_VERIFY_LEAF_SIGNATURE') }), completedBy: target } },
    },
    finds: ['tls.incomplete-chain'],
    affects: ['smtp mail.aozora.test:587'],
  },
  {
    name: 'the intermediate is missing; its issuer is known to be public',
    subject: imap,
    ill: on(
      done(
        { trust: untrusted('UNABLE_TO_VERIFY_LEAF_SIGNATURE') },
        certificate({ issuer: "C=US, O=Let's Encrypt, CN=R11" }),
      ),
    ),
    finds: ['tls.incomplete-chain'],
  },
  {
    name: 'trusted only by an intermediate in ca',
    subject: imap,
    ill: on(done(), { completedBy: 'company-ca.pem' }),
    finds: ['tls.incomplete-chain'],
    severity: 'warning',
  },
  {
    name: 'an inspecting firewall signs',
    ill: {
      tls: {
        smtp: {
          handshake: done(
            { trust: untrusted('SELF_SIGNED_CERT_IN_CHAIN') },
            certificate({ issuer: fortinet, fingerprint: 'f1' }),
          ),
        },
        imap: {
          handshake: done(
            { trust: untrusted('SELF_SIGNED_CERT_IN_CHAIN') },
            certificate({ issuer: fortinet, fingerprint: 'f2' }),
          ),
        },
      },
    },
    finds: ['tls.intercepted'],
    affects: both,
    en: /FortiGate/,
    ruledOut: 'tls.unknown-issuer',
  },
  {
    name: "an appliance's own self-signed certificate is no interception",
    subject: imap,
    ill: on(
      done(
        { trust: untrusted('DEPTH_ZERO_SELF_SIGNED_CERT') },
        certificate({ subject: 'O=Fortinet, CN=FortiMail', issuer: 'O=Fortinet, CN=FortiMail', selfSigned: true }),
      ),
    ),
    finds: ['tls.self-signed'],
  },
  {
    name: 'RSA of 1024 bits, which Node.js takes',
    subject: imap,
    ill: on(done({}, certificate({ key: { type: 'rsa', bits: 1024 } }))),
    finds: ['tls.weak-key'],
    severity: 'warning',
    en: /Node\.js still accepts/,
  },
  {
    name: 'RSA of 1024 bits, which PHP refuses',
    subject: php,
    ill: on(done({}, certificate({ key: { type: 'rsa', bits: 1024 } }))),
    finds: ['tls.weak-key'],
    severity: 'critical',
    en: /PHP, on which the CRM runs, refuses/,
  },
  {
    name: 'signed with SHA-1',
    subject: imap,
    ill: on(done({}, certificate({ signature: 'sha1WithRSAEncryption' }))),
    finds: ['tls.weak-key'],
    severity: 'critical',
  },
  {
    name: "a root's own SHA-1 counts for nobody",
    subject: imap,
    ill: on(done({}, certificate(), { ...privateRoot, signature: 'sha1WithRSAEncryption' })),
    finds: [],
  },
  {
    name: 'TLS 1.0 only',
    subject: imap,
    ill: on(done({ version: 'TLSv1', cipherIsCommon: false })),
    finds: ['tls.protocol-too-old'],
    ruledOut: 'tls.no-common-cipher',
    en: /TLSv1 at most/,
  },
  {
    name: 'only TLS 1.1 alone succeeds',
    subject: imap,
    ill: on(failedHandshake({ code: 'ECONNRESET', says: 'closed' }), { versions: ['TLSv1.1'] }),
    finds: ['tls.protocol-too-old'],
  },
  {
    name: 'the version is refused',
    subject: imap,
    ill: on(failedHandshake({ code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', alert: 'protocol_version' }), {
      versions: [],
    }),
    finds: ['tls.protocol-too-old'],
    en: /SSL only/,
  },
  {
    name: 'handshake failure',
    subject: imap,
    ill: on(failedHandshake({ alert: 'handshake_failure' }), { versions: [] }),
    finds: ['tls.no-common-cipher'],
    ruledOut: 'tls.client-certificate-required',
  },
  {
    name: 'a cipher that nobody offers',
    ill: {
      tls: { smtp: { handshake: done({ version: 'TLSv1.2', cipher: 'CAMELLIA256-SHA256', cipherIsCommon: false }) } },
    },
    finds: ['tls.no-common-cipher'],
    en: /CAMELLIA256-SHA256/,
  },
  {
    name: 'handshake failure for want of a client certificate',
    subject: imap,
    ill: on(failedHandshake({ alert: 'handshake_failure', clientCertificateAsked: true }), { versions: [] }),
    finds: ['tls.client-certificate-required'],
    ruledOut: 'tls.no-common-cipher',
  },
  {
    name: 'a client certificate that is only asked for',
    subject: imap,
    ill: on(done({ clientCertificateAsked: true })),
    finds: [],
  },
  {
    name: 'DH of 1024 bits, which Node.js takes',
    subject: imap,
    ill: on(done({ version: 'TLSv1.2', dhBits: 1024 })),
    finds: ['tls.dh-too-small'],
    severity: 'warning',
  },
  {
    name: 'DH of 1024 bits, which PHP refuses',
    subject: php,
    ill: on(done({ version: 'TLSv1.2', dhBits: 1024 })),
    finds: ['tls.dh-too-small'],
    severity: 'critical',
    en: /1024 bits/,
  },
  {
    name: 'STARTTLS is not offered',
    subject: imap143,
    ill: { tls: { imap: { before: ['IMAP4REV1', 'IDLE'], startTls: { kind: 'not-offered' } } } },
    finds: ['tls.starttls-not-offered'],
    affects: ['imap mail.aozora.test:143'],
    candidates: [tls993],
    ruledOut: 'tls.starttls-stripped',
  },
  {
    name: 'a refused CAPABILITY says nothing of STARTTLS',
    subject: imap143,
    ill: { tls: { imap: { before: [], hello: { code: 'BAD', text: 'no' }, startTls: { kind: 'not-offered' } } } },
    finds: [],
  },
  {
    name: 'STARTTLS is written over',
    ill: {
      tls: { smtp: { before: ['PIPELINING', 'XXXXXXXA'], startTls: { kind: 'not-offered', altered: 'XXXXXXXA' } } },
    },
    finds: ['tls.starttls-stripped'],
    ruledOut: 'tls.starttls-not-offered',
    en: /XXXXXXXA/,
  },
  {
    name: 'STARTTLS is missing behind a masked greeting',
    ill: {
      port: { smtp: port([contact(open, greeted('smtp', 5, '220 ****************'))]) },
      tls: { smtp: { before: ['PIPELINING'], startTls: { kind: 'not-offered' } } },
    },
    finds: ['tls.starttls-stripped'],
  },
  {
    name: 'STARTTLS is refused',
    ill: { tls: { smtp: { startTls: { kind: 'refused', reply: '454 4.7.0 TLS not available' } } } },
    finds: ['tls.starttls-failed'],
    en: /454 4\.7\.0/,
    ruledOut: 'tls.starttls-not-offered',
  },
  {
    name: 'the connection breaks after STARTTLS',
    ill: { tls: { smtp: { startTls: { kind: 'broken', how: 'closed' } } } },
    finds: ['tls.starttls-failed'],
  },
  {
    name: 'the handshake after STARTTLS is closed',
    ill: { tls: { smtp: { handshake: { kind: 'closed', ms: 4 }, versions: [] } } },
    finds: ['tls.starttls-failed'],
  },
  {
    name: 'closed during the handshake, on every version',
    subject: imap,
    ill: on({ kind: 'closed', ms: 4 }, { versions: [] }),
    finds: ['tls.handshake-dropped'],
    ruledOut: 'tls.protocol-too-old',
  },
  {
    name: 'not made for servers',
    subject: imap,
    ill: on(done({ trust: untrusted('INVALID_PURPOSE') }, certificate({ forServers: false }))),
    finds: ['tls.wrong-eku'],
  },
  {
    name: 'clear text in place of TLS: settings first, then the missing STARTTLS',
    subject: onlyImap({ port: 143, security: 'tls' }),
    ill: { tls: { imap: { handshake: { kind: 'plain', speaks: 'imap', line: '* OK ready', ms: 3 }, ...noGreeting } } },
    finds: ['tls.starttls-not-offered', 'config.security-mismatch?'],
  },
  {
    name: 'PHP without a server name is shown another certificate',
    subject: php,
    ill: on(done(), { asCrm: asCrm(['sni'], done({ nameMatches: false }, hosting)) }),
    finds: ['tls.sni-missing'],
    severity: 'warning',
    en: /certificate of mail\.aozora\.test only to who sends the server name, and that of sv1\.hosting\.test/,
    ja: /送らない場合は sv1\.hosting\.test の証明書/,
    ruledOut: 'tls.hostname-mismatch',
  },
  {
    name: 'the same, where the client is known to send none',
    subject: nameless,
    ill: on(done(), { asCrm: asCrm(['sni'], done({ nameMatches: false }, hosting)) }),
    finds: ['tls.sni-missing'],
    severity: 'critical',
    en: /mail client of the CRM sends none/,
  },
  {
    name: 'without a server name the handshake fails',
    subject: nameless,
    ill: on(done(), { asCrm: asCrm(['sni'], failedHandshake()) }),
    finds: ['tls.sni-missing'],
    severity: 'critical',
    en: /ends the handshake with who sends no server name/,
  },
  {
    name: 'the same certificate without a server name',
    subject: php,
    ill: on(done(), { asCrm: asCrm(['sni'], done()) }),
    finds: [],
  },
  {
    name: 'another certificate without a server name, which does as well',
    subject: php,
    ill: on(done(), { asCrm: asCrm(['sni'], done({}, certificate({ fingerprint: 'bb' }))) }),
    finds: [],
  },
  {
    name: 'the name is wrong with a server name too: the mismatch alone',
    subject: nameless,
    ill: on(done({ nameMatches: false }), {
      asCrm: asCrm(['sni'], done({ nameMatches: false, trust: untrusted('DEPTH_ZERO_SELF_SIGNED_CERT') }, hosting)),
    }),
    finds: ['tls.hostname-mismatch'],
  },
  {
    name: 'the server does not know the name, and says so',
    subject: imap,
    ill: on(failedHandshake({ code: 'ERR_SSL_TLSV1_UNRECOGNIZED_NAME', alert: 'unrecognized_name' }), {
      withoutSni: done({ nameMatches: false }, hosting),
    }),
    finds: ['tls.sni-rejected'],
    candidates: [[{ path: 'mail.imap.host', from: 'mail.aozora.test', to: 'sv1.hosting.test' }]],
    en: /alert unrecognized_name\)\. With sv1\.hosting\.test as the host it works/,
    ruledOut: 'tls.handshake-dropped',
  },
  {
    name: 'the server hangs up on the name, and on nothing else',
    subject: imap,
    ill: on(
      { kind: 'closed', ms: 3 },
      {
        versions: [],
        withoutSni: done({}, certificate({ names: ['*.hosting.test'] })),
      },
    ),
    finds: ['tls.sni-rejected'],
    candidates: [
      [{ path: 'mail.imap.host', from: 'mail.aozora.test', to: 'mail.hosting.test' }],
      [{ path: 'mail.imap.host', from: 'mail.aozora.test', to: 'imap.hosting.test' }],
    ],
    en: /ends the handshake for this name only/,
  },
  {
    name: 'the server hangs up without a name as well',
    subject: imap,
    ill: on({ kind: 'closed', ms: 3 }, { versions: [], withoutSni: { kind: 'closed', ms: 3 } }),
    finds: ['tls.handshake-dropped'],
  },
  {
    name: 'no secure renegotiation, which OpenSSL 3 refuses',
    subject: imap,
    ill: on(done({ version: 'TLSv1.2', secureRenegotiation: false }), {
      asCrm: asCrm(['renegotiation'], failedHandshake({ code: 'ERR_SSL_UNSAFE_LEGACY_RENEGOTIATION_DISABLED' })),
    }),
    finds: ['tls.legacy-renegotiation'],
    severity: 'critical',
    ruledOut: 'tls.handshake-dropped',
  },
  {
    name: 'no secure renegotiation, which Java takes',
    subject: onlyImap({}, 'java'),
    ill: on(done({ version: 'TLSv1.2', secureRenegotiation: false })),
    finds: [],
  },
  {
    name: 'an old PHP and a server that has given up TLS 1.2',
    subject: oldPhp,
    ill: on(done(), { asCrm: asCrm(['sni', 'version'], failedHandshake({ alert: 'protocol_version' })) }),
    finds: ['version.incompatible'],
    en: /PHP 7\.0, on which the CRM runs, speaks TLS up to TLSv1\.2; .* speaks TLSv1\.3 and refuses TLSv1\.2/,
    ruledOut: 'tls.protocol-too-old',
  },
  {
    name: 'an old PHP and a server that still takes TLS 1.2',
    subject: oldPhp,
    ill: on(done(), { asCrm: asCrm(['sni', 'version'], done({ version: 'TLSv1.2' })) }),
    finds: [],
  },
  {
    name: 'TLS 1.0 only, which an old PHP still speaks',
    subject: oldPhp,
    ill: on(done({ version: 'TLSv1' })),
    finds: ['tls.protocol-too-old'],
    severity: 'warning',
    en: /still speaks it/,
  },
  {
    name: 'a suite that Python does not offer',
    subject: onlyImap({}, 'python'),
    ill: on(done({ version: 'TLSv1.2', cipher: 'AES128-SHA' }), { asCrm: asCrm(['cipher'], failedHandshake()) }),
    finds: ['tls.no-common-cipher'],
    en: /takes AES128-SHA, but nothing that Python/,
  },
  {
    name: 'a suite that Python does not offer, beside others that it does',
    subject: onlyImap({}, 'python'),
    ill: on(done({ version: 'TLSv1.2', cipher: 'AES128-SHA' }), {
      asCrm: asCrm(['cipher'], done({ version: 'TLSv1.2', cipher: 'ECDHE-RSA-AES128-GCM-SHA256' })),
    }),
    finds: [],
  },
  {
    name: 'DH of 1024 bits, which PHP need not use: its own handshake stands',
    subject: php,
    ill: on(done({ version: 'TLSv1.2', dhBits: 1024 }), {
      asCrm: asCrm(['sni', 'bits'], done({ version: 'TLSv1.2' })),
    }),
    finds: ['tls.dh-too-small'],
    severity: 'warning',
  },
  {
    name: 'RSA of 1024 bits, refused in the handshake of PHP',
    subject: php,
    ill: on(done({}, certificate({ key: { type: 'rsa', bits: 1024 } })), {
      asCrm: asCrm(
        ['sni', 'bits'],
        done({ trust: untrusted('UNSPECIFIED') }, certificate({ key: { type: 'rsa', bits: 1024 } })),
      ),
    }),
    finds: ['tls.weak-key'],
    severity: 'critical',
  },
  {
    name: 'DH of 1024 bits, and the handshake of PHP has failed for it',
    subject: php,
    ill: on(done({ version: 'TLSv1.2', dhBits: 1024 }), {
      asCrm: asCrm(['sni', 'bits'], failedHandshake({ code: 'ERR_SSL_DH_KEY_TOO_SMALL' })),
    }),
    finds: ['tls.dh-too-small'],
    severity: 'critical',
  },
  {
    name: 'a client certificate without clientAuth, refused',
    subject: imap,
    ill: on(failedHandshake({ clientCertificateAsked: true }), { clientCertificate: client({ forClients: false }) }),
    finds: ['tls.client-certificate-purpose'],
    severity: 'critical',
    ruledOut: 'config.client-certificate-file',
  },
  {
    name: 'a client certificate without clientAuth, still taken',
    subject: imap,
    ill: on(done({ clientCertificateAsked: true }), { clientCertificate: client({ forClients: false }) }),
    finds: ['tls.client-certificate-purpose'],
    severity: 'warning',
  },
  {
    name: 'a client certificate without clientAuth that nobody asks for',
    subject: imap,
    ill: on(done(), { clientCertificate: client({ forClients: false }) }),
    finds: [],
  },
  {
    name: 'a good client certificate, and the server takes it',
    subject: imap,
    ill: on(done({ clientCertificateAsked: true }), { clientCertificate: client() }),
    finds: [],
  },
  {
    name: 'a good client certificate that the server does not take',
    subject: imap,
    ill: on(failedHandshake({ clientCertificateAsked: true, alert: 'unknown_ca' }), { clientCertificate: client() }),
    finds: ['tls.client-certificate-required'],
    en: /does not take the one that is configured/,
  },
  {
    name: 'the CRM has no store at all',
    subject: storeless,
    ill: {
      tls: {
        smtp: { handshake: done({ trust: untrusted('UNABLE_TO_VERIFY_LEAF_SIGNATURE') }), store: noStore },
        imap: { handshake: done({ trust: untrusted('UNABLE_TO_VERIFY_LEAF_SIGNATURE') }), store: noStore },
      },
    },
    finds: ['tls.trust-store-missing'],
    affects: both,
    severity: 'critical',
    en: /mail\.trust: it has none/,
    ruledOut: 'tls.unknown-issuer',
  },
  {
    name: 'no store, and an issuer that nobody knows',
    subject: mailbox({ trust: 'none' }),
    ill: {
      tls: {
        imap: {
          handshake: done({ trust: untrusted('SELF_SIGNED_CERT_IN_CHAIN') }, ofPrivate, privateRoot),
          store: { source: 'none', certificates: 0, systemTrusts: false },
        },
      },
    },
    finds: ['tls.unknown-issuer'],
  },
  {
    name: 'the root is not in the store of the CRM',
    subject: mailbox({ trust: '/srv/crm/cacert.pem' }),
    ill: {
      tls: {
        imap: {
          handshake: done({ trust: untrusted('UNABLE_TO_GET_ISSUER_CERT_LOCALLY') }),
          store: oldStore('missing'),
        },
      },
    },
    finds: ['tls.trust-store-outdated'],
    affects: [target],
    en: /does not hold it/,
    ruledOut: 'tls.unknown-issuer',
  },
  {
    name: 'the root has expired in the store of the CRM',
    subject: mailbox({ trust: '/srv/crm/cacert.pem' }),
    ill: { tls: { imap: { handshake: done({ trust: untrusted('CERT_HAS_EXPIRED') }), store: oldStore('expired') } } },
    finds: ['tls.trust-store-outdated'],
    en: /has expired/,
  },
];

testCases(cases);
testComplete('tls', cases);

const mismatch = {
  tls: {
    imap: {
      handshake: done({ nameMatches: false }),
      otherNames: [
        { host: 'sv1.aozora.test', sameAddress: true },
        { host: 'other.test', sameAddress: false },
      ],
    },
  },
};

test.each([
  ['a name of the same server that fits', 'sv1.aozora.test', {}, true],
  [
    'a name that does not fit either',
    'sv1.aozora.test',
    { tls: { imap: { handshake: done({ nameMatches: false }) } } },
    false,
  ],
  [
    'a name that fits, of an expired certificate: a fault of its own',
    'sv1.aozora.test',
    { tls: { imap: { handshake: done({}, expired) } } },
    true,
  ],
  ['another machine that takes the login', 'other.test', {}, true],
  [
    'another machine that refuses it',
    'other.test',
    { imap: { login: { kind: 'refused', reply: { code: 'NO', text: 'no' }, ms: 1 } } },
    false,
  ],
] as const)('hostname-mismatch counts %s: %s', (_name, host, trial, expected) => {
  expect(counts('tls.hostname-mismatch', imap, mismatch, onlyImap({ host }), trial)).toBe(expected);
});

test('an issuer is judged, not the subject of a server', () => {
  expect(inspectingProduct([certificate({ subject: 'CN=mail.kaspersky.com' })])).toBeUndefined();
  expect(
    inspectingProduct([
      certificate({ issuer: 'O=AO Kaspersky Lab, CN=Kaspersky Anti-Virus Personal Root Certificate' }),
    ]),
  ).toBe('Kaspersky');
  expect(
    inspectingProduct([certificate({ issuer: 'C=US, O=DigiCert Inc, CN=DigiCert TLS RSA SHA256 2020 CA1' })]),
  ).toBeUndefined();
});
