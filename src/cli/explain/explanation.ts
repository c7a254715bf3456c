import type { Example } from '../../../checks/example.ts';
import type { AnyCause, Owner } from '../../model/cause.ts';
import type { Text } from '../../model/text.ts';

/** Everything that can be said of a cause without a finding at hand. */
export interface Explanation {
  readonly cause: AnyCause;
  /** Undefined where no example of it is kept. */
  readonly example?: Example;
  readonly owner?: Owner;
  /** With the hosts and numbers of the example. */
  readonly steps: readonly Text[];
  readonly lookAlikes: readonly { readonly cause: string; readonly title?: Text; readonly by: string }[];
  /** The command that decides. */
  readonly verify: string;
}

/** Checks that look at what a cause of this area is about. */
const checksByArea: Readonly<Record<string, readonly string[]>> = {
  config: ['mail.config', 'mail.port', 'mail.smtp-auth', 'mail.imap-auth', 'mail.pop3-auth'],
  dns: ['mail.dns'],
  net: ['mail.port'],
  tls: ['mail.tls'],
  auth: ['mail.smtp-auth', 'mail.imap-auth', 'mail.pop3-auth'],
  smtp: ['mail.smtp-auth'],
  imap: ['mail.imap-auth'],
  pop3: ['mail.pop3-auth'],
  mailbox: ['mail.smtp-auth', 'mail.imap-auth'],
  quota: ['mail.quota'],
  deliver: ['mail.round-trip'],
  policy: ['mail.sender-policy'],
  version: ['mail.versions', 'crm.version'],
  clock: ['mail.clock'],
  crm: ['crm.connect', 'crm.mail-settings', 'crm.jobs', 'mail.logs'],
};

/** The command that runs these checks. */
export const commandFor = (checks: readonly string[]): string => {
  if (checks.length === 0) return 'crm-doctor mail';
  // Only `check` looks at a CRM, and it looks at mailboxes too.
  const command = checks.some((check) => check.startsWith('crm.')) ? 'check' : 'mail';
  return `crm-doctor ${command} --only ${checks.join(' ')}${checks.includes('mail.round-trip') ? ' --send' : ''}`;
};

/** The command that looks at what these causes are about. */
export const verifyOf = (causes: readonly string[], known: ReadonlySet<string>): string => {
  const checks = causes.flatMap((cause) => checksByArea[cause.split('.')[0] ?? ''] ?? []);
  return commandFor([...new Set(checks)].filter((check) => known.has(check)));
};

/** An example that was kept when the cause's details had another shape tells nothing any more. */
const stepsOf = (cause: AnyCause, example: Example): readonly Text[] => {
  try {
    return cause.steps(example.detail, example.change ?? []);
  } catch {
    return [];
  }
};

/** A cause, with what one of its findings looked like. */
export const explanationOf = (
  cause: AnyCause,
  example: Example | undefined,
  { causes, checks }: { readonly causes: readonly AnyCause[]; readonly checks: ReadonlySet<string> },
): Explanation => {
  const titleOf = (id: string): { readonly title?: Text } => {
    const title = causes.find((one) => one.id === id)?.title;
    return title ? { title } : {};
  };
  const steps = example ? stepsOf(cause, example) : [];
  const seenBy = (example?.seenBy ?? []).filter((check) => checks.has(check));
  return {
    cause,
    ...(example ? { example } : {}),
    ...(example && steps.length > 0 ? { owner: cause.owner(example.detail) } : {}),
    steps,
    lookAlikes: (example?.lookAlikes ?? []).map((one) => ({ ...one, ...titleOf(one.cause) })),
    verify: seenBy.length > 0 ? commandFor(seenBy) : verifyOf([cause.id], checks),
  };
};
