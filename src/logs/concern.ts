import type { LogSubject } from '../model/log-facts.ts';
import { hostForms } from './collect.ts';
import type { Cut } from './dialect.ts';

/** Whether a line is about the mailbox: its own words say so or not, or the other lines of its message have to. */
export type Concern = 'ours' | 'others' | 'by-message';

/** Logs that a mail server, or a provider, writes about many mailboxes. */
const shared: ReadonlySet<string> = new Set(['postfix', 'exim', 'dovecot', 'exchange', 'salesforce']);

/** Whether the program is a server of many mailboxes; a CRM's own log is about the CRM unless it names somebody else. */
export const isServerLog = ({ dialect }: Cut): boolean => shared.has(dialect);

const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

const anyOf = (words: readonly string[]): string => words.map(quoted).join('|');

/** Matches nothing, and is not tried at every character of a line. */
const none = /^(?!)/;

const addressForm = (addresses: readonly string[]): RegExp =>
  addresses.length === 0 ? none : new RegExp(`(?<![\\w.+-])(?:${anyOf(addresses)})(?![\\w-]|\\.\\w)`, 'i');

/** A login name without a domain is an everyday word, so that it counts only where programs write a login name. */
const loginForm = (logins: readonly string[]): RegExp =>
  logins.length === 0
    ? none
    : new RegExp(
        `(?:\\buser=<?|username[=: ]+'?|\\bset_id=|\\bA=\\w+:|\\blogin(?:[ _-]?name)?[=: ]+'?|\\baccount[=: ]+'?|\\b(?:imap|pop3|lmtp|lda|submission)(?:-login)?\\()(?:${anyOf(logins)})(?=[>),;'"\\s]|$)`,
        'i',
      );

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

export const createConcern = ({ addresses, logins, hosts, everybody }: LogSubject) => {
  const full = [...new Set([...addresses, ...logins.filter((login) => login.includes('@'))])];
  const named = addressForm(full);
  const loggedIn = loginForm(logins.filter((login) => !login.includes('@')));
  const domains = [...new Set(full.map(domainOf))];
  const colleague = domains.length === 0 ? none : new RegExp(`[\\w.+-]@(?:${anyOf(domains)})(?![\\w-]|\\.\\w)`, 'i');
  const own = new Set(hosts.map((host) => host.toLowerCase()));
  const hostsIn = (text: string): readonly string[] =>
    hostForms.flatMap((form) => Array.from(text.matchAll(form), ([, host]) => (host ?? '').toLowerCase()));

  const names = (text: string): boolean => named.test(text) || loggedIn.test(text);
  return {
    /** Whether the text names the mailbox itself. */
    names,
    of: (cut: Cut, line: string): Concern => {
      if (everybody) return 'ours';
      // The cells of a table that the cut leaves out are in the line.
      const text = (cut.decoded ? `${cut.text} ${line}` : cut.text).slice(0, 8192);
      if (names(text)) return 'ours';
      const server = isServerLog(cut);
      if (server && cut.queueId !== undefined) return cut.dialect === 'dovecot' ? 'others' : 'by-message';
      const met = hostsIn(text);
      if (met.some((host) => own.has(host))) return 'ours';
      if (server || met.length > 0 || colleague.test(text)) return 'others';
      return 'ours';
    },
  };
};
