import { getServers } from 'node:dns';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';

/** One name server; the address may have a scope (`fe80::1%eth0`). */
export interface DnsServer {
  readonly address: string;
  readonly port: number;
}

/** Whom to ask, and how patiently. */
export interface ResolverSettings {
  readonly servers: readonly DnsServer[];
  /** How long one server has for one try. */
  readonly tryMs: number;
  /** How often each server is asked. */
  readonly rounds: number;
  /** Start each question with another server (resolv.conf: `options rotate`). */
  readonly rotate: boolean;
}

/** libc reads three and ignores the rest (resolv.conf(5), MAXNS). */
const most = 3;

const defaults: ResolverSettings = { servers: [], tryMs: 1_500, rounds: 2, rotate: false };

const between = (low: number, value: number, high: number): number => Math.min(high, Math.max(low, value));

/** Reads the text of a resolv.conf(5); what libc would ignore is ignored. */
export const settingsIn = (text: string): ResolverSettings => {
  const servers: DnsServer[] = [];
  let { tryMs, rounds, rotate } = defaults;
  for (const line of text.split(/\r?\n/)) {
    // A comment begins with the line; libc also stops at a blank and one of these.
    const [keyword, ...words] = line
      .replace(/(^|\s)[;#].*$/, '')
      .trim()
      .split(/\s+/);
    const [address = ''] = words;
    if (keyword === 'nameserver' && isIP(address) !== 0 && servers.length < most) servers.push({ address, port: 53 });
    if (keyword !== 'options') continue;
    for (const word of words) {
      const [name, value = ''] = word.split(':');
      if (name === 'rotate') rotate = true;
      if (!/^\d{1,4}$/.test(value)) continue;
      // Bounds, because a run has a deadline: `timeout:30` must not eat it.
      if (name === 'timeout') tryMs = between(1_000, Number(value) * 1_000, 3_000);
      if (name === 'attempts') rounds = between(1, Number(value), 3);
    }
  }
  return { servers, tryMs, rounds, rotate };
};

// `10.0.0.1`, `10.0.0.1:5353`, `[fe80::1%3]:53`: how node:dns writes a server.
const parsed = (server: string): DnsServer | undefined => {
  if (isIP(server) !== 0) return { address: server, port: 53 };
  const parts = /^\[?(.+?)\]?:(\d+)$/.exec(server);
  return parts?.[1] !== undefined && isIP(parts[1]) !== 0 ? { address: parts[1], port: Number(parts[2]) } : undefined;
};

/** The system's resolvers. Without any, libc asks this machine (resolv.conf(5)). */
export const systemSettings = async (file = '/etc/resolv.conf'): Promise<ResolverSettings> => {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  const settings = settingsIn(text ?? '');
  if (settings.servers.length > 0) return settings;
  // Windows has no such file; there node:dns knows them.
  const known =
    text === undefined && process.platform === 'win32' ? getServers().flatMap((one) => parsed(one) ?? []) : [];
  return { ...settings, servers: known.length > 0 ? known.slice(0, most) : [{ address: '127.0.0.1', port: 53 }] };
};

/** Settings for given servers. */
export const settingsFor = (servers: readonly DnsServer[]): ResolverSettings => ({ ...defaults, servers });

/** `192.0.2.53`, with its port where that is not the usual one. */
export const labelOf = ({ address, port }: DnsServer): string => {
  if (port === 53) return address;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
};
