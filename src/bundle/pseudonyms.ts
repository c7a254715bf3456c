import { getDomain } from 'tldts';

/** What names are known before the first text is written: by them it is told what in a text is a name. */
export interface Names {
  /** Hosts and domains: of settings, certificates, questions to the DNS. */
  readonly hosts: readonly string[];
  readonly addresses: readonly string[];
  /** IP addresses that stand where an address stands; a version number reads alike. */
  readonly ips: readonly string[];
  /** Login names without a domain. */
  readonly logins: readonly string[];
  /** Names of persons and of machines. */
  readonly people: readonly string[];
  readonly machines: readonly string[];
  /** The part of a host that everybody knows: that of a large provider. */
  readonly publicEnd: (host: string) => string | undefined;
}

export interface Pseudonyms {
  readonly rename: (text: string) => string;
  /** The names that must not be left in any form. */
  readonly hidden: () => readonly string[];
  /** Pseudonym to name; it stays on this machine. */
  readonly mapping: () => Readonly<Record<string, string>>;
}

/** Labels that say what a host is for, and nothing of whose it is. */
const generic =
  /^(?:_.*|\*|(?:mail|smtp|imap|pop|pop3|mx|ns|dns|relay|submission|webmail)\d{0,2}|www|crm|ftp|autoconfig|autodiscover|mta-sts|localhost)$/;

const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

const domainOf = (host: string): string =>
  getDomain(host, { allowPrivateDomains: false, validateHostname: false }) ?? host.split('.').slice(-2).join('.');

/** Loopback, link-local and "any" say nothing of a place. */
const isOwn = (ip: string): boolean => /^(?:127\.|0\.0\.0\.0$|169\.254\.|255\.)|^(?:::1?|fe80:.*)$/i.test(ip);
const isPrivate = (ip: string): boolean => /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)|^f[cd]/i.test(ip);

/** The same kind of address: a judge asks whether it is a private one. */
const ipFor = (ip: string, count: number): string => {
  if (ip.includes(':')) return `${isPrivate(ip) ? 'fd00' : '2001:db8'}::${count.toString(16)}`;
  const [high, low] = [Math.floor(count / 250), (count % 250) + 1];
  if (isPrivate(ip)) return `10.0.${high}.${low}`;
  // RFC 5737, and beyond it RFC 2544: addresses that are nobody's.
  return [`192.0.2.${low}`, `198.51.100.${low}`, `203.0.113.${low}`][high] ?? `198.18.${high}.${low}`;
};

const reversedForm = (ip: string): string | undefined =>
  ip.includes(':') ? undefined : `${ip.split('.').toReversed().join('.')}.in-addr.arpa`;

/** The same name for the same thing everywhere, made as the names are met. */
export const createPseudonyms = (names: Names): Pseudonyms => {
  const given = new Map<string, string>();
  const counts = new Map<string, number>();
  const nameFor = (kind: string, name: string, form: (count: number) => string): string => {
    const key = `${kind} ${name}`;
    const known = given.get(key);
    if (known !== undefined) return known;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    const made = form(count);
    given.set(key, made);
    return made;
  };
  const made = new Set<string>();
  const domainFor = (domain: string): string => {
    // A text may pass twice.
    if (made.has(domain)) return domain;
    const pseudonym = nameFor('domain', domain, (count) => `domain-${count}.example`);
    made.add(pseudonym);
    return pseudonym;
  };
  /** What belongs together stays together: a host under its domain, a record under its name. */
  const hostFor = (named: string): string => {
    const host = named.toLowerCase().replace(/\.$/, '');
    const known = names.publicEnd(host);
    const domain = known ?? domainOf(host);
    const end = known ?? domainFor(domain);
    if (host === domain) return known === undefined ? end : named;
    if (made.has(domain)) return named;
    const labels = host.slice(0, -domain.length - 1).split('.');
    const kept = labels.map((label) =>
      generic.test(label) ? label : nameFor('host', `${label}.${domain}`, (count) => `host-${count}`),
    );
    return `${kept.join('.')}.${end}`;
  };
  const userFor = (local: string, domain: string): string => {
    if (/^(?:postmaster|mailer-daemon|abuse)$/i.test(local) || made.has(domainOf(domain.toLowerCase()))) return local;
    return nameFor('user', `${local.toLowerCase()}@${domain.toLowerCase()}`, (count) => `user-${count}`);
  };
  const known = new Set(
    [...names.hosts, ...names.addresses.map((address) => address.slice(address.lastIndexOf('@') + 1))]
      .map((host) => host.toLowerCase().replace(/\.$/, ''))
      .filter((host) => host.includes('.') && !/^[\d.]+$/.test(host))
      .map((host) => names.publicEnd(host) ?? domainOf(host)),
  );
  // A login name that is the first half of an address is renamed with it.
  for (const address of names.addresses) {
    const at = address.lastIndexOf('@');
    if (at > 0) userFor(address.slice(0, at), address.slice(at + 1));
  }
  const loginFor = (login: string): string => {
    const same = names.addresses.find((address) => address.toLowerCase().startsWith(`${login.toLowerCase()}@`));
    if (same === undefined) return nameFor('login', login.toLowerCase(), (count) => `login-${count}`);
    return userFor(login, same.slice(same.lastIndexOf('@') + 1));
  };
  const ips = [...new Set(names.ips)].filter((ip) => !isOwn(ip));
  const replacements = new Map<string, string>();
  for (const ip of ips) {
    const made = nameFor('ip', ip, (count) => ipFor(ip, count - 1));
    replacements.set(ip, made);
    const [from, to] = [reversedForm(ip), reversedForm(made)];
    if (from !== undefined && to !== undefined) replacements.set(from, to);
  }
  for (const person of names.people)
    replacements.set(
      person,
      nameFor('person', person, (count) => `person-${count}`),
    );
  for (const machine of names.machines)
    replacements.set(
      machine,
      nameFor('machine', machine, (count) => `machine-${count}`),
    );
  for (const login of names.logins) replacements.set(login, loginFor(login));
  const exact = [...replacements.keys()]
    .filter((name) => name.length > 1)
    .toSorted((one, other) => other.length - one.length);
  const plain =
    exact.length === 0
      ? undefined
      : new RegExp(
          `(?<![\\p{L}\\p{N}_.])(?:${exact.map(quoted).join('|')})(?![\\p{L}\\p{N}_]|\\.[\\p{L}\\p{N}])`,
          'gu',
        );
  const address = /(?<![\w.+%-])([\w.+%-]{1,64})@((?:[a-z0-9-]{1,63}\.){1,10}[a-z0-9-]{2,63})/gi;
  const host = /(?<![\w.-])(?:[a-z0-9_*-]{1,63}\.){1,10}[a-z0-9-]{2,63}(?![\w-])/gi;
  /** Who a certificate belongs to, where it is one of the names here; of an authority it stays. */
  const organisation = (text: string): string =>
    /\bCN ?= ?[^,\n]*/.test(text) && [...known].some((domain) => text.toLowerCase().includes(domain))
      ? text.replace(
          /\b(O|OU|L|ST|emailAddress)( ?= ?)([^,\n/+"]{1,80})/g,
          (_whole, field: string, equals: string, name: string) =>
            `${field}${equals}${nameFor('organisation', name, (count) => `organisation-${count}`)}`,
        )
      : text;
  const rename = (given: string): string => {
    const text = organisation(given);
    const withoutAddresses = text.replace(address, (_whole, local: string, domain: string) => {
      const made = hostFor(domain);
      return `${userFor(local, domain)}@${made}`;
    });
    const withoutNames = plain
      ? withoutAddresses.replace(plain, (name) => replacements.get(name) ?? name)
      : withoutAddresses;
    return withoutNames.replace(host, (name) => {
      const plainName = name.toLowerCase();
      return known.has(names.publicEnd(plainName) ?? domainOf(plainName)) ? hostFor(name) : name;
    });
  };
  return {
    rename,
    hidden: () =>
      [...given.keys()]
        .filter((key) => /^(?:user|domain|ip|person|machine|organisation) /.test(key))
        .map((key) => key.slice(key.indexOf(' ') + 1)),
    mapping: () => Object.fromEntries([...given].map(([key, made]) => [made, key.slice(key.indexOf(' ') + 1)])),
  };
};
