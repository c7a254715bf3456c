import { describe, expect, test } from '@jest/globals';
import type { Door } from '../../src/cli/detection.ts';
import { chosenDoor, detectServers, isVouchedFor } from '../../src/cli/detection.ts';
import { loginNames } from '../../src/cli/init/proposal.ts';
import type { Greeting } from '../../src/model/contact-facts.ts';
import type { DiscoveryAnswer } from '../../src/model/discovery-facts.ts';
import type { DnsRecord } from '../../src/model/dns-facts.ts';
import type { Certificate, TlsFact } from '../../src/model/tls-facts.ts';
import type { World } from '../../src/model/world.ts';
import { noWorld } from '../engine.ts';

const address = 'sales@example.co.jp';

const certificate: Certificate = {
  subject: 'CN=x',
  issuer: 'CN=y',
  names: ['x'],
  notBefore: '2026-01-01T00:00:00Z',
  notAfter: '2028-01-01T00:00:00Z',
  key: { type: 'ec', bits: 256 },
  signature: 'ecdsa-with-SHA256',
  selfSigned: false,
  fingerprint: 'aa',
  serial: '01',
  forServers: true,
  authority: false,
  issuerUrls: [],
};

const greets = (protocol: string): Greeting => ({
  kind: 'greeted',
  speaks: protocol === 'smtp' ? 'smtp' : protocol === 'imap' ? 'imap' : 'pop3',
  lines: [{ smtp: '220 x ESMTP', imap: '* OK x', pop3: '+OK x' }[protocol] ?? ''],
  ms: 1,
});

interface Net {
  /** `NAME TYPE`: data, for SRV with its port. */
  readonly names: Readonly<Record<string, string>>;
  /** `HOST:PORT` that answer; the value is what is wrong with its name, if anything. */
  readonly open: Readonly<Record<string, 'good' | { readonly other: string }>>;
  readonly answers?: readonly DiscoveryAnswer[];
}

const worldOf = ({ names, open, answers = [] }: Net) => {
  const knocked: string[] = [];
  const world: World = {
    ...noWorld,
    dns: {
      ...noWorld.dns,
      lookup: async (host) => ({ kind: 'found', addresses: [{ address: host, family: 4 }], ms: 1 }),
      query: async (name, type) => {
        const told = names[`${name} ${type}`];
        const [data = '', port] = (told ?? '').split(' ');
        const record: DnsRecord = { type, name, ttl: 1, data, priority: 0, ...(port ? { port: Number(port) } : {}) };
        return {
          kind: 'answered',
          rcode: told === undefined ? 'NXDOMAIN' : 'NOERROR',
          records: told === undefined ? [] : [record],
          cnames: [],
          authenticated: false,
          server: '',
          ms: 1,
        };
      },
    },
    mail: {
      ...noWorld.mail,
      port: async ({ protocol, host, port, security }) => {
        knocked.push(`${protocol} ${host}:${port}`);
        const there = open[`${host}:${port}`] !== undefined;
        return {
          lookup: { kind: 'found', addresses: [{ address: '192.0.2.1', family: 4 }], ms: 1 },
          contacts: [
            {
              address: '192.0.2.1',
              family: 4,
              connect: there ? { kind: 'open', ms: 1 } : { kind: 'refused', ms: 1 },
              ...(there && security !== 'tls' ? { greeting: greets(protocol) } : {}),
            },
          ],
          siblings: [],
          others25: [],
        };
      },
      tls: async ({ protocol, host, port, security }): Promise<TlsFact> => {
        const how = open[`${host}:${port}`];
        const named = how === 'good';
        return {
          at: '2026-11-24T00:00:00Z',
          address: '192.0.2.1',
          mode: security,
          before: ['STARTTLS'],
          ...(security === 'starttls' ? { startTls: { kind: 'agreed' } } : { greeting: greets(protocol) }),
          handshake: {
            kind: 'done',
            version: 'TLSv1.3',
            cipher: 'TLS_AES_256_GCM_SHA384',
            cipherIsCommon: true,
            chain: [{ ...certificate, names: [named ? host : 'other'] }],
            trust: { ok: true },
            nameMatches: named,
            clientCertificateAsked: false,
            ms: 1,
          },
          inside: [],
          otherNames: typeof how === 'object' ? [{ host: how.other, sameAddress: true }] : [],
        };
      },
    },
    discovery: { autoconfig: async () => answers, autodiscover: async () => [] },
  };
  return { world, knocked };
};

const never = new AbortController().signal;
const found = async (net: Net) => {
  const { world, knocked } = worldOf(net);
  const detected = await detectServers({ mail: { address } }, world, never);
  const door = (protocol: 'smtp' | 'imap' | 'pop3') => {
    const one = chosenDoor(detected.tried[protocol])?.door;
    return one && `${one.host}:${one.port} ${one.security} ${one.from}`;
  };
  return { detected, knocked, door };
};

const told = (host: string, port: number, more: Partial<DiscoveryAnswer> = {}): DiscoveryAnswer => ({
  how: 'autoconfig',
  url: 'https://autoconfig.example.co.jp/',
  verified: true,
  result: { kind: 'found', services: [{ protocol: 'imap', host, port, security: 'tls', login: 'password' }] },
  ...more,
});

describe('detection', () => {
  test('SRV counts before the file, the file before a name', async () => {
    const names = { 'imap.example.co.jp A': '192.0.2.1', '_imaps._tcp.example.co.jp SRV': 'srv.example.co.jp 993' };
    const open = {
      'imap.example.co.jp:993': 'good',
      'srv.example.co.jp:993': 'good',
      'file.example.co.jp:993': 'good',
    } as const;
    const answers = [told('file.example.co.jp', 993)];
    expect((await found({ names, open, answers })).door('imap')).toBe('srv.example.co.jp:993 tls srv');
    const { 'srv.example.co.jp:993': _srv, ...withoutSrv } = open;
    expect((await found({ names, open: withoutSrv, answers })).door('imap')).toBe(
      'file.example.co.jp:993 tls autoconfig',
    );
    expect((await found({ names, open: { 'imap.example.co.jp:993': 'good' }, answers })).door('imap')).toBe(
      'imap.example.co.jp:993 tls name',
    );
  });

  test('a provider that the MX shows is tried, and nothing that does not answer is taken', async () => {
    const names = { 'example.co.jp MX': 'aspmx.l.google.com', 'aspmx.l.google.com A': '192.0.2.2' };
    const open = { 'imap.gmail.com:993': 'good', 'smtp.gmail.com:587': 'good' } as const;
    const { door, detected } = await found({ names, open });
    expect(detected.provider?.provider.id).toBe('google');
    expect([door('imap'), door('smtp'), door('pop3')]).toEqual([
      'imap.gmail.com:993 tls provider',
      'smtp.gmail.com:587 starttls provider',
      undefined,
    ]);
  });

  test('the name in the certificate is tried where the asked one is not in it', async () => {
    const names = { 'mail.example.co.jp A': '192.0.2.1' };
    const open = {
      'mail.example.co.jp:993': { other: 'box7.hoster.example' },
      'box7.hoster.example:993': 'good',
    } as const;
    const { door, detected } = await found({ names, open });
    expect(door('imap')).toBe('box7.hoster.example:993 tls certificate');
    const doubtful = await found({ names, open: { 'mail.example.co.jp:993': { other: 'gone.hoster.example' } } });
    expect(doubtful.door('imap')).toBe('mail.example.co.jp:993 tls name');
    expect(detected.tried.imap.map(({ state }) => state)).toContain('doubtful');
  });

  test('knocks at no more than ten doors of a protocol, each once, and never at port 25', async () => {
    const services = Array.from({ length: 30 }, (_, n) => ({
      protocol: 'imap' as const,
      host: `m${n % 20}.example.co.jp`,
      port: 993,
      security: 'tls' as const,
      login: 'password' as const,
    }));
    const answers = [told('x.example.co.jp', 993, { result: { kind: 'found', services } })];
    const { knocked } = await found({ names: { 'mail.example.co.jp A': '192.0.2.1' }, open: {}, answers });
    const imap = knocked.filter((one) => one.startsWith('imap'));
    expect(imap).toHaveLength(10);
    expect(new Set(knocked).size).toBe(knocked.length);
    expect(knocked.filter((one) => one.endsWith(':25'))).toEqual([]);
  });
});

const door = (over: Partial<Door>): Door => ({ host: 'h', port: 993, security: 'tls', from: 'mx', ...over });

describe('who vouches for a server (RFC 6186 6)', () => {
  test.each<[string, Partial<Door>, boolean]>([
    ['a host of the domain', { host: 'imap.example.co.jp' }, true],
    ['the domain itself', { host: 'example.co.jp' }, true],
    ['a known provider', { host: 'imap.gmail.com', from: 'srv' }, true],
    ['a file over verified TLS', { host: 'imap.hoster.example', from: 'autoconfig' }, true],
    ['a file that came in clear', { host: 'imap.hoster.example', from: 'autoconfig', unverified: true }, false],
    ['the DNS alone', { host: 'imap.hoster.example', from: 'srv' }, false],
    ['a name that only ends alike', { host: 'evilexample.co.jp', from: 'srv' }, false],
    ['a certificate', { host: 'box7.hoster.example', from: 'certificate' }, false],
  ])('%s', async (_name, over, expected) => {
    expect(await isVouchedFor(door(over), 'example.co.jp')).toBe(expected);
  });
});

describe('the login names of the sources', () => {
  const tried = (username?: string) =>
    ({
      door: door(username === undefined ? {} : { username }),
      state: 'good',
      says: { en: '', ja: '' },
      otherNames: [],
    }) as const;
  test.each([
    ['none: the address', tried(), tried(), { each: {} }],
    ['one for both', tried('sales'), tried('sales'), { all: 'sales', each: {} }],
    ['one of its own (iCloud)', tried(address), tried('sales'), { each: { imap: 'sales' } }],
  ])('%s', (_name, smtp, imap, expected) => {
    expect(loginNames({ smtp, imap }, address)).toEqual(expected);
  });
});
