import { describe, expect, test } from '@jest/globals';
import { crmConnect } from '../../../checks/crm/connect.check.ts';
import type { CrmIdentity } from '../../../src/model/crm/answers.ts';
import type { CrmFailure } from '../../../src/model/crm/failure.ts';
import type { CrmReach } from '../../../src/model/crm/reach.ts';
import type { CrmConfig } from '../../../src/model/crm/subject.ts';
import type { SecretShape } from '../../../src/model/world.ts';
import { answered, certificate, done, refused, silent, unanswered, unreachable, untrusted } from '../evidence.ts';
import { causesOf, connectFact, crm, failure, host, identity, page, reach } from './crm-evidence.ts';

interface Case {
  readonly name: string;
  readonly config?: Partial<CrmConfig>;
  readonly came: CrmFailure | CrmIdentity;
  readonly way?: CrmReach;
  readonly secret?: Partial<SecretShape>;
  readonly finds: readonly string[];
  readonly ruledOut?: string;
  /** Words of its explanation or steps. */
  readonly says?: string;
}

const door = (...connects: readonly CrmReach['contacts'][number]['connect'][]): Partial<CrmReach> => ({
  contacts: connects.map((connect, index) => ({ address: `198.51.100.${20 + index}`, family: 4, connect })),
  tls: undefined as unknown as NonNullable<CrmReach['tls']>,
});

const noAddress = (dns: NonNullable<CrmReach['dns']>): CrmReach =>
  reach({ ...door(), lookup: { kind: 'failed', code: 'ENOTFOUND', ms: 1 }, dns });

const unreached = failure({ kind: 'unreachable', at: 'connect', code: 'ECONNREFUSED' });
const tlsFailure = failure({ kind: 'tls', code: 'CERT_HAS_EXPIRED' });
const withTls = (...shown: Parameters<typeof done>): CrmReach => reach({ tls: { handshake: done(...shown) } });
const html = failure({ kind: 'malformed', status: 200, says: '<!doctype html>' });
const refusedLogin = failure({ kind: 'auth', status: 401 });

const cases: readonly Case[] = [
  { name: 'a good login', came: identity(), finds: [] },
  // The name.
  {
    name: 'the name does not exist',
    came: failure({ kind: 'unreachable', at: 'dns', code: 'ENOTFOUND' }),
    way: noAddress(answered('NXDOMAIN')),
    finds: ['dns.no-such-host'],
    ruledOut: 'dns.server-failure',
  },
  {
    name: 'the DNS fails over the name',
    came: failure({ kind: 'unreachable', at: 'dns', code: 'EAI_AGAIN' }),
    way: noAddress(answered('SERVFAIL')),
    finds: ['dns.server-failure'],
    ruledOut: 'dns.no-such-host',
  },
  {
    name: 'no resolver answers',
    came: failure({ kind: 'unreachable', at: 'dns', code: 'EAI_AGAIN' }),
    way: noAddress(unanswered),
    finds: ['dns.server-failure'],
  },
  {
    name: 'the name has no address',
    came: failure({ kind: 'unreachable', at: 'dns', code: 'ENOTFOUND' }),
    way: noAddress(answered('NOERROR')),
    finds: ['crm.unreachable'],
  },
  // The door.
  {
    name: 'the port is closed',
    came: unreached,
    way: reach({ ...door(refused), siblings: [{ port: 80, connect: { kind: 'open', ms: 1 } }] }),
    finds: ['net.refused'],
    ruledOut: 'net.filtered',
    says: 'Port 80 is open',
  },
  {
    name: 'nothing comes back',
    came: failure({ kind: 'unreachable', at: 'connect', code: 'ETIMEDOUT' }),
    way: reach(door(silent)),
    finds: ['net.filtered'],
    ruledOut: 'net.refused',
  },
  {
    name: 'one address refuses, one is silent',
    came: unreached,
    way: reach(door(refused, silent)),
    finds: ['crm.unreachable'],
  },
  { name: 'no way there', came: unreached, way: reach(door(unreachable('ENETUNREACH'))), finds: ['crm.unreachable'] },
  {
    name: 'a proxy is in use: our own knocking tells nothing',
    came: unreached,
    way: reach({ ...door(refused), proxy: 'proxy.aozora.test:3128' }),
    finds: ['crm.unreachable'],
    says: 'proxy.aozora.test:3128',
  },
  {
    name: 'a proxy is in use, and the network behind it knows no names of the outside',
    came: unreached,
    way: { ...noAddress(answered('NXDOMAIN')), proxy: 'proxy.aozora.test:3128' },
    finds: ['crm.unreachable'],
    says: 'proxy.aozora.test:3128',
  },
  {
    name: 'it closes without an answer',
    came: failure({ kind: 'unreachable', at: 'answer', code: 'ECONNRESET' }),
    finds: ['crm.unreachable'],
  },
  // TLS.
  {
    name: 'the certificate has ended',
    came: tlsFailure,
    way: withTls({ trust: untrusted('CERT_HAS_EXPIRED') }, certificate({ notAfter: '2026-11-20T00:00:00.000Z' })),
    finds: ['tls.certificate-expired'],
    ruledOut: 'tls.hostname-mismatch',
    says: 'nginx',
  },
  {
    name: 'the certificate begins later',
    came: tlsFailure,
    way: withTls({ trust: untrusted('CERT_NOT_YET_VALID') }, certificate({ notBefore: '2026-12-01T00:00:00.000Z' })),
    finds: ['tls.certificate-not-yet-valid'],
  },
  {
    name: 'the certificate is for another name',
    came: tlsFailure,
    way: withTls({ nameMatches: false }, certificate({ names: ['www.aozora.test'] })),
    finds: ['tls.hostname-mismatch'],
    says: 'www.aozora.test',
  },
  {
    name: 'the certificate is self-signed',
    came: tlsFailure,
    way: withTls(
      { trust: untrusted('DEPTH_ZERO_SELF_SIGNED_CERT') },
      certificate({ issuer: `CN=${host}`, subject: `CN=${host}`, selfSigned: true }),
    ),
    finds: ['tls.self-signed'],
    ruledOut: 'tls.unknown-issuer',
    says: 'crm.ca',
  },
  {
    name: 'a private authority',
    came: tlsFailure,
    way: withTls({ trust: untrusted('SELF_SIGNED_CERT_IN_CHAIN') }, certificate({ issuer: 'CN=Aozora Root' })),
    finds: ['tls.unknown-issuer'],
    ruledOut: 'tls.self-signed',
  },
  {
    name: 'the intermediate is missing',
    came: tlsFailure,
    way: reach({
      tls: {
        handshake: done({ trust: untrusted('UNABLE_TO_VERIFY_LEAF_SIGNATURE') }, certificate({ issuer: 'CN=R11' })),
        aia: { url: 'http://r11.aozora.test/', result: 'completes' },
      },
    }),
    finds: ['tls.incomplete-chain'],
    ruledOut: 'tls.unknown-issuer',
  },
  {
    name: 'a firewall signs in its place',
    came: tlsFailure,
    way: withTls(
      { trust: untrusted('SELF_SIGNED_CERT_IN_CHAIN') },
      certificate({ issuer: 'O=Fortinet, CN=FortiGate CA' }),
    ),
    finds: ['tls.intercepted'],
    ruledOut: 'tls.unknown-issuer',
  },
  { name: 'only TLS 1.0', came: tlsFailure, way: withTls({ version: 'TLSv1' }), finds: ['tls.protocol-too-old'] },
  {
    name: 'plain HTTP behind https',
    came: failure({ kind: 'tls', code: 'ERR_SSL_WRONG_VERSION_NUMBER' }),
    way: reach({ tls: { handshake: { kind: 'closed', ms: 1 } }, inClear: true }),
    finds: ['crm.wrong-url'],
    says: `http://${host}`,
  },
  {
    name: 'TLS behind http',
    config: { url: `http://${host}:8443` },
    came: failure({ kind: 'malformed', status: 400 }),
    way: reach({ ...door({ kind: 'open', ms: 1 }), secure: false, page: page({ status: 400, says: 'wants-tls' }) }),
    finds: ['crm.wrong-url'],
    says: `https://${host}:8443`,
  },
  {
    name: 'a handshake that breaks for no known reason',
    came: failure({ kind: 'tls', code: 'EPROTO' }),
    way: reach({ tls: { handshake: { kind: 'silent', ms: 9 } }, inClear: false }),
    finds: ['crm.unreachable'],
  },
  // What answers.
  {
    name: 'a bare web server',
    came: failure({ kind: 'not-this-crm', status: 404 }),
    way: reach({ page: page({ product: { id: 'nginx', name: "nginx' own first page", is: 'other' } }) }),
    finds: ['crm.wrong-url'],
    ruledOut: 'crm.unreachable',
    says: "nginx' own first page",
  },
  {
    name: 'another CRM',
    came: html,
    way: reach({ page: page({ product: { id: 'odoo', name: 'Odoo', is: 'crm' } }) }),
    finds: ['crm.wrong-url'],
    says: 'answers Odoo, not EspoCRM',
  },
  {
    name: 'the CRM under another path',
    came: failure({ kind: 'not-this-crm', status: 404 }),
    way: reach({ page: page(), elsewhere: [{ url: `https://${host}/crm`, name: 'EspoCRM' }] }),
    finds: ['crm.wrong-url'],
    says: `crm.url to https://${host}/crm`,
  },
  {
    name: 'a single sign-on in front',
    came: failure({ kind: 'redirected', status: 302, location: 'https://login.microsoftonline.com' }),
    way: reach({
      page: page({
        status: 302,
        location: 'https://login.microsoftonline.com/x',
        product: { id: 'microsoft', name: 'Microsoft Entra ID', is: 'sign-on' },
      }),
    }),
    finds: ['crm.login-page'],
    ruledOut: 'crm.redirected',
    says: 'Microsoft Entra ID',
  },
  {
    name: 'a password of the web server in front',
    came: refusedLogin,
    way: reach({ page: page({ status: 401, asksFor: 'Basic' }) }),
    finds: ['crm.login-page'],
    ruledOut: 'crm.auth-failed',
  },
  {
    name: 'its own page for people',
    came: failure({ kind: 'login-page', status: 200 }),
    way: reach({ page: page({ product: { id: 'espocrm', name: 'EspoCRM', is: 'crm' }, asksPassword: true }) }),
    finds: ['crm.login-page'],
  },
  {
    name: 'it moved',
    came: failure({ kind: 'redirected', status: 301, location: 'https://new.aozora.test' }),
    way: reach({ page: page({ status: 301, location: 'https://new.aozora.test/' }) }),
    finds: ['crm.redirected'],
    ruledOut: 'crm.login-page',
    says: 'https://new.aozora.test',
  },
  {
    name: 'it leads down from TLS',
    came: failure({ kind: 'redirected', status: 301, location: `http://${host}` }),
    finds: ['crm.redirected'],
    says: 'X-Forwarded-Proto',
  },
  {
    name: 'nothing that is known',
    came: failure({ kind: 'not-this-crm', status: 404 }),
    way: reach({ page: page() }),
    finds: ['crm.wrong-url'],
  },
  {
    name: 'a broken answer of the right product',
    came: html,
    way: reach({ page: page({ product: { id: 'espocrm', name: 'EspoCRM', is: 'crm' } }) }),
    finds: ['crm.answer-broken'],
    ruledOut: 'crm.server-error',
  },
  {
    name: 'an answer without an end',
    came: failure({ kind: 'timeout' }),
    finds: ['crm.answer-broken'],
    ruledOut: 'crm.unreachable',
  },
  { name: 'an answer that is too large', came: failure({ kind: 'too-large' }), finds: ['crm.answer-broken'] },
  {
    name: 'it fails',
    came: failure({ kind: 'server-error', status: 500, says: 'database is down' }),
    finds: ['crm.server-error'],
    ruledOut: 'crm.unreachable',
    says: 'database is down',
  },
  {
    name: 'nothing runs behind the web server',
    came: failure({ kind: 'server-error', status: 502 }),
    finds: ['crm.server-error'],
    says: 'behind it',
  },
  {
    name: 'it fails, and its page speaks of maintenance',
    came: failure({ kind: 'server-error', status: 503 }),
    way: reach({ page: page({ status: 503, says: 'maintenance' }) }),
    finds: ['crm.maintenance'],
    ruledOut: 'crm.server-error',
  },
  { name: 'it is being maintained', came: failure({ kind: 'maintenance', status: 503 }), finds: ['crm.maintenance'] },
  // The login.
  {
    name: 'a wrong key',
    came: refusedLogin,
    way: reach({ page: page() }),
    finds: ['crm.auth-failed'],
    says: 'tried once and not again',
  },
  {
    name: 'Odoo says false',
    config: { type: 'odoo', database: 'production' },
    came: failure({ kind: 'auth', says: 'false' }),
    finds: ['crm.auth-failed'],
    ruledOut: 'crm.wrong-database',
    says: '"false"',
  },
  {
    name: 'a key that was right once',
    came: failure({ kind: 'key-expired', status: 401 }),
    finds: ['crm.key-expired'],
    ruledOut: 'crm.auth-failed',
  },
  {
    name: 'a token of another time, by the clocks',
    config: { type: 'salesforce' },
    came: failure({ kind: 'key-expired', status: 401, date: 'Tue, 24 Nov 2026 00:20:00 GMT' }),
    finds: ['clock.skewed'],
    ruledOut: 'crm.key-expired',
    says: '20 min ahead of',
  },
  {
    name: 'clocks apart, and a login without a time in it',
    came: failure({ kind: 'auth', status: 401, date: 'Tue, 24 Nov 2026 00:20:00 GMT' }),
    finds: ['crm.auth-failed'],
  },
  { name: 'it says that the clocks differ', came: failure({ kind: 'clock', status: 401 }), finds: ['clock.skewed'] },
  {
    name: 'a good login with a clock that is off',
    came: identity({ clock: { theirs: '2026-11-23T22:00:00Z', ours: '2026-11-24T00:00:00Z' } }),
    finds: ['clock.server-skewed'],
    says: '2 h behind',
  },
  {
    name: 'locked',
    came: failure({ kind: 'locked-out', status: 429, retryAfterMs: 300_000 }),
    finds: ['crm.locked-out'],
    ruledOut: 'crm.auth-failed',
    says: '5 min',
  },
  {
    name: 'no such database',
    config: { type: 'odoo', database: 'prod' },
    came: failure({ kind: 'wrong-database', says: 'production, test' }),
    finds: ['crm.wrong-database'],
    ruledOut: 'crm.auth-failed',
    says: 'production, test',
  },
  {
    name: 'no such database, and no list of those that there are',
    config: { type: 'odoo', database: 'prod' },
    came: failure({
      kind: 'wrong-database',
      code: 'psycopg2.OperationalError',
      says: 'FATAL: database "prod" does not exist',
    }),
    finds: ['crm.wrong-database'],
    says: 'does not list',
  },
  {
    name: 'no right to anything',
    came: failure({ kind: 'permission', status: 403 }),
    finds: ['crm.permission'],
    ruledOut: 'crm.auth-failed',
  },
  {
    name: 'the limit',
    came: failure({ kind: 'rate-limited', status: 429, retryAfterMs: 9_500 }),
    finds: ['crm.rate-limited'],
    says: '10 s',
  },
  {
    name: 'the API is off',
    came: failure({ kind: 'api-off', status: 501 }),
    finds: ['crm.api-disabled'],
    ruledOut: 'crm.wrong-url',
    says: 'edition or subscription',
  },
  {
    name: 'the API is off, and what is lacking was told',
    came: failure({ kind: 'api-off', status: 410, needs: { en: 'another version', ja: '別のバージョン' } }),
    finds: ['crm.api-disabled'],
    says: 'What is missing: another version.',
  },
  {
    name: 'a key that ends with a blank',
    came: refusedLogin,
    secret: { outerBlanks: true },
    finds: ['config.malformed-value'],
    says: 'begins or ends with a blank',
  },
  { name: 'a key that is empty', came: refusedLogin, secret: { empty: true }, finds: ['config.malformed-value'] },
  { name: 'a key of good form', came: refusedLogin, secret: {}, finds: ['crm.auth-failed'] },
  // The configuration.
  {
    name: 'a type that is mistyped',
    config: { type: 'odo' },
    came: failure({ kind: 'config', says: 'espocrm, odoo, rt', needs: { en: 'crm.type', ja: 'crm.type' } }),
    finds: ['config.malformed-value'],
    says: 'set crm.type to odoo',
  },
  {
    name: 'a key that is missing',
    config: { type: 'odoo' },
    came: failure({ kind: 'config', says: 'production, test', needs: { en: 'crm: database', ja: 'crm: の database' } }),
    finds: ['config.malformed-value'],
    says: 'one of production, test',
  },
  {
    name: 'an address without its scheme',
    config: { url: host },
    came: failure({ kind: 'unreachable', at: 'url', code: 'ERR_INVALID_URL' }),
    way: reach({ host: '' }),
    finds: ['config.malformed-value'],
    says: `crm.url to https://${host}`,
  },
  {
    name: 'a certificate that ends soon',
    came: identity(),
    way: withTls({}, certificate({ notAfter: '2026-12-04T00:00:00.000Z' })),
    finds: ['tls.certificate-expires-soon'],
    says: 'in 10 days',
  },
];

describe('why we cannot get into the CRM', () => {
  test.each(cases.map((one) => [one.name, one] as const))(
    '%s',
    (_, { config, came, way, secret, finds, ruledOut, says }) => {
      const subject = crm(config);
      const found = causesOf(subject, came, way, secret);
      expect(found.map(({ id }) => id)).toEqual(finds);
      if (ruledOut !== undefined) {
        expect(found[0]?.finding.ruledOut?.map(({ cause }) => cause)).toContain(ruledOut);
      }
      if (says !== undefined) expect(found[0]?.text).toContain(says);
    },
  );

  test('a login that failed is a failed check, whose words do not hang on what was looked at', () => {
    const subject = crm();
    const verdict = crmConnect.judge(connectFact(subject, refusedLogin), subject);
    expect(verdict).toMatchObject({ grade: 'fail' });
  });
});
