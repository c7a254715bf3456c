import { getDomain } from 'tldts';
import type { DiscoveryAnswer, DiscoveryQuestion } from '../model/discovery-facts.ts';
import type { DnsRecord, DnsReply } from '../model/dns-facts.ts';
import type { HttpQuestion, HttpReply } from '../model/http-facts.ts';
import type { Discovery, Dns, Http } from '../model/world.ts';
import { readAutoconfig } from './autoconfig.ts';
import { autodiscoverRequest, readAutodiscover } from './autodiscover.ts';
import { offeredHost } from './offered.ts';

/** Such files have a few KiB. */
const mostBytes = 256 * 1024;

type Ask = (question: HttpQuestion) => Promise<HttpReply>;

interface Asking {
  readonly ask: Ask;
  /** The records of a name; none where nobody answers. */
  readonly records: (name: string, type: DnsRecord['type']) => Promise<readonly DnsRecord[]>;
  readonly question: DiscoveryQuestion;
}

const recordsOf = (reply: DnsReply): readonly DnsRecord[] => (reply.kind === 'answered' ? reply.records : []);

const withoutQuery = (url: string): string => url.replace(/\?.*$/, '');

/** A name without an address is not connected to; asked on the wire, where no dead resolver holds up the run. */
const exists = async ({ records }: Asking, host: string): Promise<boolean> => {
  const found = await Promise.all([records(host, 'A'), records(host, 'AAAA')]);
  return found.some(({ length }) => length > 0);
};

const failure = (reply: HttpReply): DiscoveryAnswer['result'] | undefined => {
  if (reply.kind === 'failed') return { kind: 'none', code: reply.code };
  if (reply.status === 401 || reply.status === 403) return { kind: 'login-wanted' };
  if (reply.status !== 200) return { kind: 'none', code: `HTTP ${reply.status}` };
  return reply.cut ? { kind: 'unreadable', says: `more than ${mostBytes / 1024} KiB` } : undefined;
};

/** A page for whatever is not there is what web servers like to send; that is no file, and no broken one either. */
const isPage = (reply: HttpReply): boolean =>
  reply.kind === 'answered' && /^\s*<(!doctype html|html|head|body)\b/i.test(reply.body);

const autoconfigAt = async (
  { ask, question }: Asking,
  url: string,
  how: DiscoveryAnswer['how'],
): Promise<DiscoveryAnswer> => {
  const { ca, address } = question;
  const reply = await ask({ url, mostBytes, ...(ca === undefined ? {} : { ca }) });
  const about = { how, url: withoutQuery(url) };
  const verified = url.startsWith('https:') && reply.kind === 'answered' && reply.url.startsWith('https:');
  const failed = failure(reply);
  if (reply.kind === 'failed' || failed) {
    return { ...about, verified, result: failed ?? { kind: 'none', code: 'EIO' } };
  }
  if (isPage(reply)) return { ...about, verified, result: { kind: 'none', code: 'HTML' } };
  return { ...about, verified, result: readAutoconfig(reply.body, address) };
};

const found = ({ result }: DiscoveryAnswer): boolean => result.kind === 'found' && result.services.length > 0;

const file = 'mail/config-v1.1.xml';

const gone = (how: DiscoveryAnswer['how'], url: string): DiscoveryAnswer => ({
  how,
  url,
  verified: false,
  result: { kind: 'none', code: 'ENOTFOUND' },
});

/**
 * The places of draft-ietf-mailmaint-autoconfig 4.1 for one domain: its own host and its own web server over TLS, and
 * without TLS only the former, where neither had a file; only a question over TLS carries the address.
 */
const autoconfigOf = async (asking: Asking, domain: string, own: boolean): Promise<readonly DiscoveryAnswer[]> => {
  const host = `autoconfig.${domain}`;
  const address = encodeURIComponent(asking.question.address);
  const secure = `https://${host}/${file}`;
  const wellKnown = `https://${domain}/.well-known/autoconfig/${file}`;
  const [hostThere, domainThere] = await Promise.all([
    exists(asking, host),
    own ? exists(asking, domain) : Promise.resolve(false),
  ]);
  const overTls = await Promise.all([
    hostThere ? autoconfigAt(asking, `${secure}?emailaddress=${address}`, 'autoconfig') : gone('autoconfig', secure),
    ...(domainThere ? [autoconfigAt(asking, wellKnown, 'autoconfig')] : []),
  ]);
  if (!own || !hostThere || overTls.some(found)) return overTls;
  return [...overTls, await autoconfigAt(asking, `http://${host}/${file}`, 'autoconfig')];
};

/** The domains that a mail host belongs to: the name above it, and the one that was registered. */
const domainsOf = (mx: readonly string[], own: string): readonly string[] => {
  const all = mx.slice(0, 2).flatMap((host) => {
    const registered = getDomain(host);
    const above = host.split('.').slice(1).join('.');
    return registered ? [...(above.length >= registered.length ? [above] : []), registered] : [];
  });
  return [...new Set(all)].filter((domain) => domain !== own).slice(0, 3);
};

const askAutoconfig = async (asking: Asking): Promise<readonly DiscoveryAnswer[]> => {
  const { domain, mx, ispdb } = asking.question;
  const own = await autoconfigOf(asking, domain, true);
  if (own.some(found)) return own;
  const theirs = await Promise.all(domainsOf(mx, domain).map((operator) => autoconfigOf(asking, operator, false)));
  const all = [...own, ...theirs.flat()];
  if (!ispdb || all.some(found)) return all;
  const third = await autoconfigAt(asking, `https://autoconfig.thunderbird.net/v1.1/${domain}`, 'ispdb');
  return [...all, third];
};

const isRedirect = (reply: HttpReply): reply is Extract<HttpReply, { kind: 'answered' }> & { location: string } =>
  reply.kind === 'answered' && [301, 302, 303, 307, 308].includes(reply.status) && reply.location !== undefined;

const secureUrl = (words: string, base: string): string | undefined => {
  if (!URL.canParse(words, base)) return undefined;
  const url = new URL(words, base);
  const host = offeredHost(url.hostname);
  return url.protocol === 'https:' && host !== undefined && url.username === '' ? url.href : undefined;
};

const mostRedirects = 3;

/** Posts the question to one address and follows where it is sent, over TLS only. */
const autodiscoverAt = async (
  asking: Asking,
  start: string,
  { verified, address, left = mostRedirects }: { verified: boolean; address: string; left?: number },
): Promise<DiscoveryAnswer> => {
  const { ca } = asking.question;
  const about = { how: 'autodiscover', url: start, verified } as const;
  const reply = await asking.ask({
    url: start,
    method: 'POST',
    headers: { 'content-type': 'text/xml; charset=utf-8' },
    body: autodiscoverRequest(address),
    mostBytes,
    ...(ca === undefined ? {} : { ca }),
  });
  const follow = (words: string): Promise<DiscoveryAnswer> | DiscoveryAnswer => {
    const next = secureUrl(words, start);
    if (next === undefined || left <= 0) return { ...about, result: { kind: 'none', code: 'REDIRECT' } };
    return autodiscoverAt(asking, next, { verified, address, left: left - 1 });
  };
  if (isRedirect(reply)) return follow(reply.location);
  const failed = failure(reply);
  if (reply.kind === 'failed' || failed) return { ...about, result: failed ?? { kind: 'none', code: 'EIO' } };
  if (isPage(reply)) return { ...about, result: { kind: 'none', code: 'HTML' } };
  const result = readAutodiscover(reply.body, address);
  if (result.kind === 'redirect-url') return follow(result.url);
  if (result.kind === 'redirect-address') {
    // One more mailbox at most, and at its own domain's host.
    const host = offeredHost(result.address.slice(result.address.lastIndexOf('@') + 1));
    if (host === undefined || left < mostRedirects) return { ...about, result: { kind: 'none', code: 'REDIRECT' } };
    const url = `https://autodiscover.${host}/${page}`;
    return autodiscoverAt(asking, url, { verified, address: result.address, left: 0 });
  }
  return { ...about, result };
};

const page = 'autodiscover/autodiscover.xml';

/** MS-OXDISCO 3.1.5: the domain, its autodiscover host, the SRV record; last the redirect that is sent in clear. */
const askAutodiscover = async (asking: Asking): Promise<readonly DiscoveryAnswer[]> => {
  const { domain, address } = asking.question;
  const host = `autodiscover.${domain}`;
  const [hostThere, domainThere, srv] = await Promise.all([
    exists(asking, host),
    exists(asking, domain),
    asking.records(`_autodiscover._tcp.${domain}`, 'SRV'),
  ]);
  const [target] = srv
    .filter(({ data }) => offeredHost(data) !== undefined)
    .toSorted((left, right) => (left.priority ?? 0) - (right.priority ?? 0));
  const urls = [
    ...(hostThere ? [`https://${host}/${page}`] : []),
    ...(domainThere ? [`https://${domain}/${page}`] : []),
    ...(target ? [`https://${target.data}${target.port && target.port !== 443 ? `:${target.port}` : ''}/${page}`] : []),
  ];
  const answers = await Promise.all(
    urls.map((url) =>
      autodiscoverAt(asking, url, { verified: target === undefined || !url.includes(target.data), address }),
    ),
  );
  if (urls.length === 0) return [gone('autodiscover', `https://${host}/${page}`)];
  if (!hostThere || answers.some((one) => found(one) || one.result.kind === 'login-wanted')) return answers;
  const clear = `http://${host}/${page}`;
  const reply = await asking.ask({ url: clear, redirects: 0, mostBytes });
  const next = isRedirect(reply) ? secureUrl(reply.location, clear) : undefined;
  if (next === undefined) return answers;
  return [...answers, await autodiscoverAt(asking, next, { verified: false, address, left: mostRedirects - 1 })];
};

/** Asks a domain, and who takes its mail, for their settings: no password is ever sent, and nobody else is asked. */
export const createDiscovery = ({ dns, http }: { readonly dns: Dns; readonly http: Http }): Discovery => {
  const asking = (question: DiscoveryQuestion, limitMs: number, signal: AbortSignal): Asking => {
    const limit = AbortSignal.timeout(limitMs);
    const either = AbortSignal.any([signal, limit]);
    return {
      question,
      ask: (asked) =>
        http.ask(asked, either).catch((error: unknown): HttpReply => {
          signal.throwIfAborted();
          if (!limit.aborted) throw error;
          return { kind: 'failed', at: 'limit', code: 'ETIMEDOUT', says: '', ms: limitMs };
        }),
      records: (name, type) =>
        dns.query(name, type, either).then(recordsOf, (error: unknown) => {
          signal.throwIfAborted();
          if (!limit.aborted) throw error;
          return [];
        }),
    };
  };
  return {
    autoconfig: (question, limitMs, signal) => askAutoconfig(asking(question, limitMs, signal)),
    autodiscover: (question, limitMs, signal) => askAutodiscover(asking(question, limitMs, signal)),
  };
};
