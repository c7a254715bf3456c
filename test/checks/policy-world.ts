import { createHash, generateKeyPairSync } from 'node:crypto';
import type { DnsRecord, DnsReply } from '../../src/model/dns-facts.ts';
import type { HttpQuestion, HttpReply } from '../../src/model/http-facts.ts';
import type { TlsFact } from '../../src/model/tls-facts.ts';
import type { World } from '../../src/model/world.ts';

/** `NAME TYPE` to its data; a name that stands nowhere does not exist, an error code is a failure. */
export type Zone = Readonly<Record<string, readonly string[] | 'SERVFAIL' | 'silent'>>;

export const dkimRecord = `v=DKIM1; k=rsa; p=${generateKeyPairSync('rsa', { modulusLength: 2048 })
  .publicKey.export({ type: 'spki', format: 'der' })
  .toString('base64')}`;

/** Everything right for example.co.jp, whose mail server is its own. */
export const healthyZone: Zone = {
  'example.co.jp TXT': ['v=spf1 mx -all', 'MS=ms1234'],
  'example.co.jp MX': ['10 smtp.example.co.jp'],
  'smtp.example.co.jp A': ['192.0.2.10'],
  'imap.example.co.jp A': ['192.0.2.10'],
  'pop.example.co.jp A': ['192.0.2.10'],
  '_dmarc.example.co.jp TXT': ['v=DMARC1; p=quarantine; rua=mailto:dmarc@example.co.jp'],
};

/** Bytes of a CAA record, as the world gives them. */
export const caa = (tag: string, value: string): string =>
  Buffer.concat([Buffer.from([0, tag.length]), Buffer.from(`${tag}${value}`)]).toString('hex');

/** The record of a key that no server has. */
export const tlsa = (text = 'another key'): string => `030101${createHash('sha256').update(text).digest('hex')}`;

const recordOf = (name: string, type: DnsRecord['type'], data: string): DnsRecord => {
  const [priority = '', host = ''] = data.split(' ');
  return type === 'MX'
    ? { type, name, ttl: 60, data: host, priority: Number(priority) }
    : { type, name, ttl: 60, data };
};

/** A world that knows a zone, a web and the certificate that every service shows; and what it was asked. */
export const policyWorld = (
  zone: Zone,
  {
    web = {},
    tls,
    authenticated = false,
  }: {
    readonly web?: Readonly<Record<string, string | number>>;
    readonly tls?: TlsFact;
    readonly authenticated?: boolean;
  } = {},
): { readonly world: World; readonly asked: readonly string[] } => {
  const asked: string[] = [];
  const exists = (name: string) =>
    Object.keys(zone).some((key) => key === name || key.endsWith(` ${name}`) || key.split(' ')[0]?.endsWith(name));
  const query = (name: string, type: DnsRecord['type']): Promise<DnsReply> => {
    asked.push(`${name} ${type}`);
    const found = zone[`${name} ${type}`];
    if (found === 'silent') return Promise.resolve({ kind: 'silent', servers: [], ms: 0 });
    const rcode = found === 'SERVFAIL' ? found : found || exists(name) ? 'NOERROR' : 'NXDOMAIN';
    const records = (typeof found === 'string' ? [] : (found ?? [])).map((data) => recordOf(name, type, data));
    return Promise.resolve({
      kind: 'answered',
      rcode,
      records,
      cnames: [],
      authenticated,
      server: '192.0.2.53',
      ms: 0,
    });
  };
  const nobody = (): never => {
    throw new Error('the check of the sender policy asks no such thing');
  };
  const world = {
    clock: { now: () => new Date('2026-11-25T00:00:00Z') },
    dns: {
      query,
      lookup: (host: string) => {
        const found = zone[`${host} A`];
        return Promise.resolve(
          Array.isArray(found)
            ? { kind: 'found', addresses: found.map((address: string) => ({ address, family: 4 as const })), ms: 0 }
            : { kind: 'failed', code: 'ENOTFOUND', ms: 0 },
        );
      },
    },
    http: {
      ask: ({ url, redirects }: HttpQuestion): Promise<HttpReply> => {
        asked.push(`GET ${url} ${redirects}`);
        const page = web[url];
        if (page === undefined) {
          return Promise.resolve({ kind: 'failed', at: 'connect', code: 'ECONNREFUSED', says: 'refused', ms: 0 });
        }
        const status = typeof page === 'number' ? page : 200;
        const body = typeof page === 'number' ? '' : page;
        return Promise.resolve({ kind: 'answered', status, url, contentType: 'text/plain', body, cut: false, ms: 0 });
      },
    },
    mail: {
      port: nobody,
      tls: () => (tls ? Promise.resolve(tls) : nobody()),
      smtpLogin: nobody,
      imapLogin: nobody,
      imapQuota: nobody,
      pop3Login: nobody,
      roundTrip: nobody,
    },
    history: { lastGood: () => Promise.resolve(undefined) },
    secrets: { shape: nobody },
  };
  // The rest of the world is not asked.
  return { world: world as unknown as World, asked };
};
