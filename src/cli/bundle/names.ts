import { parse } from 'tldts';
import type { Names } from '../../bundle/pseudonyms.ts';
import type { MailConfig } from '../../model/config.ts';
import type { Report } from '../../model/report.ts';
import { providers } from '../../reason/providers.ts';
import type { SavedEvidence } from './evidence.ts';

/** Accounts that are called so everywhere. */
const everybodys = new Set([
  'root',
  'admin',
  'administrator',
  'user',
  'guest',
  'ubuntu',
  'www-data',
  'node',
  'localhost',
]);

/** Ends of names of files that are top-level domains as well. */
const fileEnds = new Set(['md', 'py', 'sh', 'pl', 'rs', 'ps', 'zip', 'mov', 'so', 'cc', 'ml', 'app']);
const privateEnds = /\.(?:local|lan|internal|intranet|intra|corp|home|private|localdomain)$/;

const ends = [
  ...new Set(
    providers.flatMap(({ servers, domains, services }) => [
      ...servers,
      ...domains,
      ...services.map(({ host }) => host).filter((host) => !host.includes('{')),
    ]),
  ),
].toSorted((one, other) => other.length - one.length);

/** The part of a host that belongs to a provider that everybody knows. */
export const publicEndOf = (host: string): string | undefined =>
  ends.find((end) => host === end || host.endsWith(`.${end}`));

const hostForm = /(?<![\w@.-])(?:[a-z0-9_-]{1,63}\.){1,10}[a-z][a-z0-9-]{1,62}(?![\w-]|\.\w)/gi;
const addressForm = /(?<![\w.+%-])[\w.+%-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,10}[a-z0-9-]{2,63}/gi;
const namedAddress = /(?:^|[\s,;:"(])"?([^"<>@\n,;:()]{2,60}?)"? <[^<>\s@]{1,64}@/g;
const v4 = /^(?:\d{1,3}\.){3}\d{1,3}$/;
const v6 = /^(?=[^:]*:[^:]*:)[0-9a-f:]{2,39}$/i;
const settingPath = /^(?:mail|crm|sync|workflow)(?:\.[a-zA-Z]+)+$/;

const isHost = (name: string): boolean => {
  const host = name.toLowerCase();
  if (settingPath.test(name) || fileEnds.has(host.slice(host.lastIndexOf('.') + 1))) return false;
  return privateEnds.test(host) || (parse(host).isIcann === true && parse(host).domain !== null);
};

interface Seen {
  readonly text: string;
  readonly field: string;
}

const textsIn = (value: unknown): readonly Seen[] => {
  const texts: Seen[] = [];
  const walk = (node: unknown, field: string): void => {
    if (typeof node === 'string') texts.push({ text: node, field });
    else if (Array.isArray(node)) for (const one of node) walk(one, field);
    else if (typeof node === 'object' && node !== null) {
      for (const [name, inner] of Object.entries(node)) {
        texts.push({ text: name, field: '' });
        walk(inner, name);
      }
    }
  };
  walk(value, '');
  return texts;
};

const hostsOf = ({ smtp, imap, pop3 }: MailConfig): readonly string[] =>
  [smtp?.host, imap?.host, pop3?.host].filter((host) => host !== undefined);

const hostOfUrl = (url: string): readonly string[] => {
  try {
    return [new URL(url).hostname];
  } catch {
    return [];
  }
};

const loginsOf = ({ username, smtp, imap, pop3 }: MailConfig): readonly string[] =>
  [username, smtp?.username, imap?.username, pop3?.username].filter((name) => name !== undefined);

/** Every name that the parts of a bundle hold, as far as it can be told from other words. */
export const namesIn = (
  parts: readonly unknown[],
  {
    report,
    evidence,
    people,
    machines,
  }: {
    readonly report: Report;
    readonly evidence: SavedEvidence | undefined;
    readonly people: readonly string[];
    readonly machines: readonly string[];
  },
): Names => {
  const texts = textsIn(parts);
  const hosts = new Set<string>();
  for (const { config } of evidence?.mail ?? []) for (const host of hostsOf(config)) hosts.add(host);
  for (const { config } of evidence?.crm ?? []) for (const host of hostOfUrl(config.url)) hosts.add(host);
  const ours = new Set([...report.checks.map(({ id }) => id), ...report.diagnoses.map(({ cause }) => cause)]);
  const addresses = new Set<string>();
  const ips = new Set<string>();
  const persons = new Set<string>();
  for (const { text, field } of texts) {
    for (const [found] of text.matchAll(hostForm)) if (!ours.has(found) && isHost(found)) hosts.add(found);
    // What was asked of the DNS is a name, whatever its end.
    const asked = /^(?:lookup|query|hosts) (\S+\.\S+)/.exec(text)?.[1];
    if (asked !== undefined && field === '') hosts.add(asked);
    for (const [found] of text.matchAll(addressForm)) addresses.add(found);
    for (const [, name = ''] of text.matchAll(namedAddress)) if (/\p{L}{2}/u.test(name)) persons.add(name.trim());
    if (!/version/i.test(field) && (v4.test(text) || v6.test(text))) ips.add(text);
    for (const [, ip = ''] of text.matchAll(/[[(=]((?:\d{1,3}\.){3}\d{1,3})[\])\s,;]/g)) ips.add(ip);
  }
  const named = [...people, ...persons].filter((name) => name.length > 2 && !everybodys.has(name.toLowerCase()));
  const logins = [
    ...(evidence?.mail ?? []).flatMap(({ config }) => loginsOf(config)),
    ...(evidence?.crm ?? []).flatMap(({ config }) => config.username ?? []),
  ].filter((name) => !name.includes('@') && name.length > 2 && !everybodys.has(name.toLowerCase()));
  return {
    hosts: [...hosts],
    addresses: [...addresses],
    ips: [...ips],
    logins: [...new Set(logins)],
    people: [...new Set(named)],
    machines: [...new Set(machines)].filter((name) => name.length > 2 && !everybodys.has(name)),
    publicEnd: publicEndOf,
  };
};
