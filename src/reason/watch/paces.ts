import type { Pace } from '../../model/watch.ts';
import { fits } from '../file-glob.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** One kind of check, and how often it is looked at where nothing else is said. */
export interface Kind {
  readonly checks: string;
  readonly ms: number;
  /** It logs in, or what it needs does: too often, and the server locks the account. */
  readonly logsIn: boolean;
}

const kind = (checks: string, ms: number, logsIn = false): Kind => ({ checks, ms, logsIn });

export const kinds: readonly Kind[] = [
  kind('mail.config', 15 * minute),
  kind('mail.dns', 15 * minute),
  kind('mail.port', 15 * minute),
  kind('mail.smtp-auth', hour, true),
  kind('mail.imap-auth', hour, true),
  kind('mail.pop3-auth', hour, true),
  kind('mail.quota', hour, true),
  kind('mail.logs', hour),
  kind('mail.round-trip', 6 * hour, true),
  kind('mail.tls', day),
  kind('mail.sender-policy', day),
  kind('mail.versions', day, true),
  kind('mail.clock', day, true),
  kind('crm.connect', hour, true),
  kind('crm.jobs', hour, true),
  kind('crm.mail-settings', hour, true),
  kind('crm.version', hour, true),
  kind('crm.logs', hour),
  kind('crm.backups', day),
  // They may read from the CRM, which is a login too.
  ...['sources', 'schema', 'compare', 'duplicates', 'schedule'].map((one) => kind(`sync.${one}`, day, true)),
  ...['parse', 'lint', 'simulate'].map((one) => kind(`workflow.${one}`, day, true)),
];

/** Logins closer together than this look like an attack; many servers lock the account for it. */
export const leastLoginMs = 5 * minute;

/** What can be fitted into a minute is no schedule. */
export const leastMs = minute;

/** A kind that this table does not know yet. */
const other: Kind = { checks: '*', ms: hour, logsIn: true };

/** An id before a glob, then what leaves less open: the one with more characters of its own. */
const openness = (glob: string): number => (glob.includes('*') ? 1000 - glob.replaceAll('*', '').length : 0);

/** What is written for an id or a glob. */
export interface PaceRule {
  readonly checks: string;
  readonly pace: Pace;
}

/** The most specific of those that fit; of equals the one that stands last. */
export const ruleOf = (every: readonly PaceRule[], id: string): PaceRule | undefined =>
  every
    .filter(({ checks }) => fits(id, checks))
    .reduce<PaceRule | undefined>(
      (best, rule) => (best && openness(best.checks) < openness(rule.checks) ? best : rule),
      undefined,
    );

/** What is known of a kind. */
export const kindOf = (id: string): Kind => kinds.find(({ checks }) => checks === id) ?? other;

/** How often a kind is looked at. */
export const paceOf = (every: readonly PaceRule[], id: string): Pace =>
  ruleOf(every, id)?.pace ?? { kind: 'interval', ms: kindOf(id).ms };
