import { lookup as getaddrinfo } from 'node:dns/promises';
import { setMaxListeners } from 'node:events';
import { isIP } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { DnsRecord, DnsReply, HostAddress, HostLookup } from '../model/dns-facts.ts';
import type { Dns } from '../model/world.ts';
import { stopwatch } from './contact-clock.ts';
import { shelf } from './contact-shared.ts';
import type { Question } from './dns-message.ts';
import type { Bounds, Resolution } from './dns-resolver.ts';
import { type DnsServer, settingsFor, systemSettings } from './dns-servers.ts';

export interface DnsOptions {
  /** Asked instead of the system's resolvers. */
  readonly servers?: readonly DnsServer[];
  /** Read instead of /etc/resolv.conf. */
  readonly resolvConf?: string;
  /** How long one server has for one try, and one question altogether; in milliseconds. */
  readonly tryMs?: number;
  readonly overallMs?: number;
  /** Asked instead of getaddrinfo. */
  readonly system?: (host: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;
}

type Resolve = (question: Question, bounds: Bounds) => Promise<Resolution>;

/** A chain of aliases is followed over so many questions and names; longer ones are a loop or a mistake. */
const mostQuestions = 8;
const mostAliases = 16;

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : 'EIO';

/** `[::1]` is how a URL writes ::1; the scope of a link-local address belongs to it. */
const literalIn = (host: string): HostAddress | undefined => {
  const address = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
  const family = isIP(address);
  return family === 4 || family === 6 ? { address, family } : undefined;
};

const askSystem = async (host: string, system: NonNullable<DnsOptions['system']>): Promise<HostLookup> => {
  const ms = stopwatch();
  const literal = literalIn(host);
  if (literal) return { kind: 'found', addresses: [literal], ms: 0 };
  // Node takes an empty name for "no question", without an error and without an address.
  if (host === '') return { kind: 'failed', code: 'ENOTFOUND', ms: 0 };
  try {
    const found = await system(host);
    const addresses = found.map(({ address, family }): HostAddress => ({ address, family: family === 6 ? 6 : 4 }));
    return addresses.length > 0
      ? { kind: 'found', addresses, ms: ms() }
      : { kind: 'failed', code: 'ENODATA', ms: ms() };
  } catch (error) {
    return { kind: 'failed', code: codeOf(error), ms: ms() };
  }
};

/**
 * The aliases that an answer section leads through from a name; the last one is where the records are, or should be. A
 * loop ends with the name that comes again.
 */
const aliasesFrom = (name: string, answers: readonly DnsRecord[], before: readonly string[]): readonly string[] => {
  const targets = new Map(answers.filter(({ type }) => type === 'CNAME').map((record) => [record.name, record.data]));
  const aliases = [...before];
  for (let target = targets.get(name); target !== undefined; target = targets.get(target)) {
    const known = aliases.includes(target);
    aliases.push(target);
    if (known || aliases.length >= mostAliases) break;
  }
  return aliases;
};

const isLoop = (aliases: readonly string[]): boolean => new Set(aliases).size < aliases.length;

const askChain = async (asked: Question, resolve: Resolve, bounds: Bounds): Promise<DnsReply> => {
  const ms = stopwatch();
  let name = asked.name;
  let aliases: readonly string[] = [];
  let authenticated = true;
  for (let questions = 1; ; questions += 1) {
    const resolution = await resolve({ ...asked, name }, bounds);
    if (resolution.kind !== 'message') return { ...resolution, ms: ms() };
    const { message, server } = resolution;
    authenticated = authenticated && message.authenticated;
    const known = aliases.length;
    if (asked.type !== 'CNAME') aliases = aliasesFrom(name, message.answers, aliases);
    name = aliases.at(-1) ?? name;
    const records = message.answers.filter((record) => record.type === asked.type && record.name === name);
    const unfinished =
      records.length === 0 &&
      message.rcode === 'NOERROR' &&
      !message.negative &&
      aliases.length > known &&
      aliases.length < mostAliases &&
      !isLoop(aliases);
    if (unfinished && questions < mostQuestions) continue;
    return { kind: 'answered', rcode: message.rcode, records, cnames: aliases, authenticated, server, ms: ms() };
  }
};

/** The two ways to a name: as every program on this machine asks, and as the resolvers answer on the wire. */
export const createDns = (options: DnsOptions = {}): Dns => {
  const { servers, resolvConf, overallMs = 6_000 } = options;
  const system = options.system ?? ((host: string) => getaddrinfo(host, { all: true, verbatim: true }));
  const lookups = shelf<Promise<HostLookup>>();
  const replies = shelf<Promise<DnsReply>>();

  const others = new Map<string, Promise<Resolve>>();
  const openAt = async (address: string): Promise<Resolve> => {
    const { resolveWith } = await import('./dns-resolver.ts');
    return resolveWith({ ...settingsFor([{ address, port: 53 }]), ...(options.tryMs ? { tryMs: options.tryMs } : {}) });
  };
  const resolverAt = (address: string): Promise<Resolve> => {
    const known = others.get(address) ?? openAt(address);
    others.set(address, known);
    return known;
  };

  let opened: Promise<Resolve> | undefined;
  const open = async (): Promise<Resolve> => {
    const [{ resolveWith }, settings] = await Promise.all([
      import('./dns-resolver.ts'),
      servers ? settingsFor(servers) : systemSettings(resolvConf),
    ]);
    return resolveWith({ ...settings, tryMs: options.tryMs ?? settings.tryMs });
  };

  const ask = async (
    question: Omit<Question, 'name'> & { readonly host: string },
    at: string | undefined,
    signal: AbortSignal,
  ) => {
    const { dnsName } = await import('./dns-message.ts');
    const name = dnsName(question.host);
    if (name === undefined) return { kind: 'failed', servers: [], code: 'EBADNAME', ms: 0 } as const;
    if (at === undefined) opened ??= open();
    const resolve = at === undefined ? opened : resolverAt(at);
    const bounds = { deadline: performance.now() + overallMs, signal };
    const reply = await askChain({ ...question, name }, await (resolve ?? open()), bounds);
    // Cut short, so it says nothing; every caller has been told already.
    signal.throwIfAborted();
    return reply;
  };

  // One probe asks more than ten questions at once, which Node would take for a leak and write to stderr.
  const listenable = (signal: AbortSignal): AbortSignal => {
    setMaxListeners(0, signal);
    return signal;
  };

  return {
    lookup: (host, signal) => {
      // getaddrinfo cannot be called back; who gives up is let go and the answer is thrown away.
      const shared = lookups(host, () => askSystem(host, system));
      return shared.join(shared.work, listenable(signal));
    },
    query: (host, type, signal, { checkingDisabled = false, server } = {}) => {
      const key = `${type} ${checkingDisabled} ${host.toLowerCase()} ${server ?? ''}`;
      const shared = replies(key, (either) => ask({ host, type, checkingDisabled }, server, either));
      return shared.join(shared.work, listenable(signal));
    },
    hosts: async (host) => (await import('./hosts-file.ts')).hostsEntries(host),
  };
};
