import type { DnsReply } from '../../src/model/dns-facts.ts';
import type { Service, Subject } from '../../src/model/mailbox.ts';
import { servicesOf, targetOf } from '../../src/model/mailbox.ts';
import type {
  CaaFact,
  DkimKeyFact,
  MtaStsFact,
  ProviderSpfFact,
  SenderPolicyFact,
  SpfNode,
} from '../../src/model/policy-facts.ts';
import type { World } from '../../src/model/world.ts';
import { caaNames, caaNamesOf, issuersOf, readCaa } from '../../src/reason/caa.ts';
import { looksLikeKey, readDkimKey } from '../../src/reason/dkim-key.ts';
import { findDmarc } from '../../src/reason/dmarc.ts';
import { coversMx, readStsPolicy, stsRecord } from '../../src/reason/mta-sts.ts';
import { sendingProvider } from '../../src/reason/sending-providers.ts';
import { type AskDns, readSpfTree } from '../../src/reason/spf-tree.ts';
import { nodesOf, spfSize, spfVerdict } from '../../src/reason/spf-verdict.ts';
import { dataOf, settled, short } from './dns-data.ts';
import { domainOf, isLiteral, livesInDns } from './dns-questions.ts';
import { chainOf, mxTlsa, tlsaOf } from './tlsa-questions.ts';

const selectorName = /^(?=.{1,100}$)[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*$/i;

const dkimKey = async (selector: string, domain: string, ask: AskDns): Promise<DkimKeyFact> => {
  if (!selectorName.test(selector)) return { selector, state: 'missing' };
  const reply = await ask(`${selector}._domainkey.${domain}`, 'TXT');
  if (!settled(reply)) return { selector, state: 'unreachable' };
  const keys = dataOf(reply).filter(looksLikeKey).map(readDkimKey);
  const key = keys.find(({ kind }) => kind === 'key') ?? keys[0];
  if (!key) return { selector, state: 'missing' };
  if (key.kind === 'revoked') return { selector, state: 'revoked' };
  if (key.kind === 'invalid') return { selector, state: 'invalid', why: key.why, at: short(key.at) };
  return { selector, state: 'good', bits: key.bits, ...(key.testing ? { testing: true } : {}) };
};

/** RFC 8461 section 3.3: a redirect is not followed, and the certificate has to be right. */
const mtaSts = async (
  domain: string,
  mx: readonly string[] | undefined,
  { world, ca, ask, signal }: { world: World; ca: string | undefined; ask: AskDns; signal: AbortSignal },
): Promise<MtaStsFact | undefined> => {
  const texts = dataOf(await ask(`_mta-sts.${domain}`, 'TXT')).filter((text) => /^v=STSv1/i.test(text));
  const [record] = texts;
  if (record === undefined) return undefined;
  const base = { record: short(record), patterns: [], uncovered: [] } as const;
  const read = stsRecord(record);
  if (!read || texts.length > 1) return { ...base, state: 'record-invalid' };
  if (read.id === undefined) return { ...base, state: 'record-invalid' };
  const named = { ...base, id: read.id };
  const url = `https://mta-sts.${domain}/.well-known/mta-sts.txt`;
  const reply = await world.http.ask({ url, redirects: 0, ...(ca === undefined ? {} : { ca }) }, signal);
  if (reply.kind === 'failed') return { ...named, state: 'unreachable', says: short(`${reply.code} ${reply.says}`) };
  if (reply.status !== 200) return { ...named, state: 'unreachable', says: `HTTP ${reply.status}` };
  const policy = readStsPolicy(reply.body);
  if (policy.kind === 'invalid') return { ...named, state: 'policy-invalid', says: policy.at };
  const { mode, maxAge, patterns } = policy;
  const uncovered = mode === 'none' ? [] : (mx ?? []).filter((host) => !coversMx(patterns, host));
  return { ...named, state: uncovered.length > 0 ? 'mx-not-covered' : 'good', mode, maxAge, patterns, uncovered };
};

/** Of hosts inside the customer's own domains only: what a provider's zone says is the provider's affair. */
const caaOf = async (
  service: Service,
  subject: Subject,
  { world, ask, signal }: { world: World; ask: AskDns; signal: AbortSignal },
): Promise<readonly CaaFact[]> => {
  const host = service.host.toLowerCase().replace(/\.$/, '');
  const own = [domainOf(subject.address), domainOf(subject.from)].some(
    (domain) => host === domain || host.endsWith(`.${domain}`),
  );
  if (!own || service.security === 'none' || isLiteral(host)) return [];
  const names = caaNames(host);
  const replies = await Promise.all(names.map((name) => ask(name, 'CAA')));
  // The first name that has records decides (RFC 8659 section 3).
  const at = replies.findIndex((reply) => dataOf(reply).length > 0);
  const domain = names[at];
  const reply = replies[at];
  if (domain === undefined || !reply) return [];
  const issuers = issuersOf(dataOf(reply).flatMap((hex) => readCaa(hex) ?? []));
  if (!issuers) return [];
  const issuer = (await chainOf(service, subject, world, signal))[0]?.issuer;
  const known = issuer === undefined ? undefined : caaNamesOf(issuer);
  const base = { target: targetOf(service), host, domain, issuers: issuers.slice(0, 20).map(short) };
  return [{ ...base, ...(issuer === undefined ? {} : { issuer }), ...(known ? { names: known } : {}) }];
};

const allowedBy = (tree: SpfNode): readonly string[] =>
  nodesOf(tree).flatMap(({ terms }) =>
    terms.flatMap(({ name, qualifier, networks = [] }) =>
      qualifier === '+' && (name === 'ip4' || name === 'ip6' || name === 'a') ? networks : [],
    ),
  );

/** Whether the record lists the provider's servers: by its name, or by their addresses written out. */
const providerSpf = async (host: string, tree: SpfNode, ask: AskDns): Promise<ProviderSpfFact | undefined> => {
  const provider = sendingProvider(host);
  const [include] = provider?.includes ?? [];
  if (!provider || include === undefined) return undefined;
  const base = { name: provider.name, host, include } as const;
  if (nodesOf(tree).some(({ domain }) => provider.includes.includes(domain))) return { ...base, state: 'listed' };
  const theirs = await readSpfTree(include, ask, { sender: `postmaster@${include}` });
  const addresses = allowedBy(theirs).map((network) => network.split('/')[0] ?? '');
  const tried = addresses
    .filter((address) => !address.includes(':'))
    .slice(0, 3)
    .map((address) => ({ address, result: spfVerdict(tree, address).result }));
  const [first] = tried;
  const refused = tried.filter(({ result }) => result === 'fail' || result === 'softfail' || result === 'neutral');
  if (!first || refused.length < tried.length) {
    return { ...base, state: tried.some(({ result }) => result === 'pass') ? 'listed' : 'unknown' };
  }
  const { address, result } = first;
  return { ...base, state: 'not-listed', ...(result === 'undecided' ? {} : { example: { address, result } }) };
};

const ownServer = async (
  host: string,
  mx: readonly string[] | undefined,
  tree: SpfNode,
  ask: AskDns,
): Promise<SenderPolicyFact['ownServer']> => {
  if (!mx?.includes(host)) return undefined;
  const replies = await Promise.all([ask(host, 'A'), ask(host, 'AAAA')]);
  const addresses = replies.flatMap(dataOf).slice(0, 10);
  return { host, addresses: addresses.map((address) => ({ address, result: spfVerdict(tree, address).result })) };
};

const exchangersIn = (reply: DnsReply): readonly string[] | undefined =>
  settled(reply) ? dataOf(reply).filter((host) => host !== '' && host !== '.') : undefined;

const notAsked = (domain: string): SenderPolicyFact => ({
  domain,
  relevant: false,
  spf: { domain, state: 'not-followed', records: [], terms: [] },
  lookups: 0,
  voids: 0,
  dkim: [],
  dmarc: { state: 'unreachable', domain },
  tlsReports: false,
  tlsa: [],
  caa: [],
});

/** Names that no public DNS holds (RFC 6761, RFC 6762, RFC 8375, ICANN's .internal). */
const privateName = /(?:^|\.)(?:local|localhost|internal|lan|home\.arpa|invalid)$/;

/** Everything that the DNS says about mail in the name of the sender's domain; independent questions side by side. */
export const askPolicy = async (subject: Subject, world: World, signal: AbortSignal): Promise<SenderPolicyFact> => {
  const domain = domainOf(subject.from);
  const services = servicesOf(subject);
  const hosts = services.map(({ host }) => host).filter((host) => !isLiteral(host));
  if (hosts.length === 0 || !domain.includes('.') || privateName.test(domain)) return notAsked(domain);
  const ask: AskDns = (name, type) => world.dns.query(name, type, signal);
  const [inDns, first] = await Promise.all([
    Promise.all(hosts.map((host) => livesInDns(host, world, signal))),
    ask(domain, 'TXT'),
  ]);
  // A domain that does not exist has no policy; that it does not exist is another check's finding.
  const gone = first.kind === 'answered' && first.rcode === 'NXDOMAIN';
  if (gone || !inDns.includes(true)) return notAsked(domain);
  const { ca } = subject.config;
  const asking = { world, ask, ca, signal };
  const mxReply = ask(domain, 'MX');
  const [[spf, mx, provider, own, sts], dkim, dmarc, tlsRpt, tlsa, atMx, caa] = await Promise.all([
    (async () => {
      const [tree, exchangers] = await Promise.all([
        readSpfTree(domain, ask, { sender: subject.from }),
        mxReply.then(exchangersIn),
      ]);
      const smtp = subject.services.smtp?.host.toLowerCase();
      const [named, self, policy] = await Promise.all([
        smtp === undefined ? undefined : providerSpf(smtp, tree, ask),
        smtp === undefined ? undefined : ownServer(smtp, exchangers, tree, ask),
        mtaSts(domain, exchangers, asking),
      ]);
      return [tree, exchangers, named, self, policy] as const;
    })(),
    Promise.all((subject.config.dkimSelector ?? []).slice(0, 20).map((one) => dkimKey(one, domain, ask))),
    findDmarc(domain, ask),
    ask(`_smtp._tls.${domain}`, 'TXT'),
    Promise.all(services.map((service) => tlsaOf(service, subject, asking))),
    mxReply.then((reply) => mxTlsa(reply, subject, asking)),
    Promise.all(services.map((service) => caaOf(service, subject, asking))),
  ]);
  return {
    domain,
    relevant: true,
    ...(mx ? { mx } : {}),
    spf,
    ...spfSize(spf),
    dkim,
    dmarc,
    ...(sts ? { mtaSts: sts } : {}),
    tlsReports: dataOf(tlsRpt).some((text) => /^v=TLSRPTv1/.test(text)),
    tlsa: [...tlsa.flat(), ...atMx],
    caa: caa.flat(),
    ...(provider ? { provider } : {}),
    ...(own ? { ownServer: own } : {}),
  };
};
