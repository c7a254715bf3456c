import type { CheckReport, Diagnosis, Report } from '../model/report.ts';
import type { Language, Text } from '../model/text.ts';
import { labels } from './words.ts';

/** What a report says of one mailbox. */
export interface MailboxPart {
  readonly mailbox: string;
  readonly checks: readonly CheckReport[];
  readonly diagnoses: readonly Diagnosis[];
}

/** A check that looked at definitions: its findings tell the rest. */
export const isOfWorkflows = ({ id }: Pick<CheckReport, 'id'>): boolean => id.startsWith('workflow.');

/** The part of a report that is about mailboxes and CRMs. */
export const withoutWorkflows = (report: Report): Report => ({
  ...report,
  checks: report.checks.filter((check) => !isOfWorkflows(check)),
});

/** What a part is about, in a word: a mailbox, a CRM (`crm:NAME`), workflows, or the comparison of records. */
export const kindOf = ({ mailbox }: Pick<MailboxPart, 'mailbox'>): 'mailbox' | 'crm' | 'workflows' | 'sync' => {
  if (mailbox === '') return 'workflows';
  if (mailbox === 'sync' || mailbox.startsWith('sync:')) return 'sync';
  return mailbox.startsWith('crm:') ? 'crm' : 'mailbox';
};

/** How a part is headed: what it is about, and its name where it has one. */
export const headingOf = (part: Pick<MailboxPart, 'mailbox'>): { readonly kind: Text; readonly name: string } => {
  const kind = kindOf(part);
  if (kind === 'sync') return { kind: labels.sync, name: part.mailbox.slice('sync:'.length) };
  return { kind: labels[kind], name: kind === 'workflows' ? '' : part.mailbox };
};

const weight = ({ checks, diagnoses }: MailboxPart): number => {
  if (checks.some(({ status }) => status === 'fail')) return 0;
  if (checks.some(({ status }) => status === 'unknown' || status === 'error')) return 1;
  return diagnoses.length > 0 || checks.some(({ status }) => status === 'warn') ? 2 : 3;
};

/** The mailboxes of a run, the ill ones first, otherwise in the order of the configuration. */
export const mailboxesOf = ({ checks, diagnoses }: Report): readonly MailboxPart[] => {
  const parts = new Map<string, { mailbox: string; checks: CheckReport[]; diagnoses: Diagnosis[] }>();
  const partOf = (mailbox: string) => {
    const known = parts.get(mailbox) ?? { mailbox, checks: [], diagnoses: [] };
    parts.set(mailbox, known);
    return known;
  };
  for (const check of checks) partOf(check.mailbox).checks.push(check);
  for (const diagnosis of diagnoses) partOf(diagnosis.mailbox).diagnoses.push(diagnosis);
  return [...parts.values()].toSorted((left, right) => weight(left) - weight(right));
};

export const nameOf = ({ id, target }: Pick<CheckReport, 'id' | 'target'>): string =>
  target === '' ? id : `${id} ${target}`;

/** The diagnoses that rest on a check. */
export const diagnosesOf = (check: CheckReport, diagnoses: readonly Diagnosis[]): readonly Diagnosis[] =>
  diagnoses.filter(
    ({ mailbox, evidence }) =>
      mailbox === check.mailbox && evidence.some((seen) => seen.check === check.id && seen.target === check.target),
  );

/** Bad checks that a reader has not met in a diagnosis yet. */
export const openChecks = ({ checks, diagnoses }: MailboxPart): readonly CheckReport[] => {
  const order = ['fail', 'warn', 'error', 'unknown'];
  return checks
    .filter((check) => order.includes(check.status))
    .filter((check) => {
      const about = diagnosesOf(check, diagnoses);
      // What is only worth knowing does not say that something failed.
      if (check.status === 'fail') return about.every(({ severity }) => severity === 'info');
      return check.status !== 'warn' || about.length === 0;
    })
    .toSorted((left, right) => order.indexOf(left.status) - order.indexOf(right.status));
};

/** Checks that were left out for one reason. */
interface SkippedGroup {
  readonly reason: string;
  readonly checks: readonly CheckReport[];
}

const reasonOf = (check: CheckReport): string => check.skippedBecause ?? check.summary;

/** The checks that a reason names, or undefined where it is a sentence. */
const namedIn = (reason: string, checks: readonly CheckReport[]): readonly CheckReport[] | undefined => {
  const found = reason.split(', ').map((name) => {
    // A need may be asked of several targets (both sides of a comparison); what waits names the question only.
    const asked = checks.filter(({ id, status }) => id === name && status !== 'pass' && status !== 'warn');
    return checks.find((check) => nameOf(check) === name) ?? asked[0];
  });
  return found.every((check) => check !== undefined) ? found : undefined;
};

/** What waits for something that itself waits is told the first reason of all. */
const rootReason = (check: CheckReport, checks: readonly CheckReport[], depth = 0): string => {
  const reason = reasonOf(check);
  const named = namedIn(reason, checks);
  // The depth ends a circle, which no plan has but a report from elsewhere might.
  if (!named || depth > 9) return reason;
  const roots = named.flatMap((need) =>
    need.status === 'skip' ? rootReason(need, checks, depth + 1).split(', ') : [nameOf(need)],
  );
  return [...new Set(roots)].join(', ');
};

/** It was looked at, and what was seen shows that the question does not arise: nothing was left out. */
export const doesNotArise = ({ status, evidence }: CheckReport): boolean => status === 'skip' && evidence.length > 0;

export const skippedGroups = (checks: readonly CheckReport[]): readonly SkippedGroup[] => {
  const skipped = checks.filter(({ status }) => status === 'skip');
  const reasons = new Map(skipped.map((check) => [check, rootReason(check, checks)] as const));
  return [...new Set(reasons.values())].map((reason) => ({
    reason,
    checks: skipped.filter((check) => reasons.get(check) === reason),
  }));
};

/** `mail.tls (smtp, imap), mail.round-trip`: each id once, with the protocols that it was to be asked of. */
export const idsOf = (checks: readonly CheckReport[]): string =>
  [...new Set(checks.map(({ id }) => id))]
    .map((id) => {
      const ofProtocol = checks.flatMap((check) => {
        const protocol = /^(smtp|imap|pop3) \S/.exec(check.target)?.[1];
        return check.id === id && protocol !== undefined ? [protocol] : [];
      });
      return ofProtocol.length > 0 && !/-auth$/.test(id) ? `${id} (${[...new Set(ofProtocol)].join(', ')})` : id;
    })
    .join(', ');

const becauseOf = (name: string, status: CheckReport['status'], language: Language): string => {
  switch (status) {
    case 'fail':
      return language === 'ja' ? `${name} が異常のため` : `${name} failed`;
    case 'unknown':
      return language === 'ja' ? `${name} を確認できなかったため` : `${name} could not be checked`;
    case 'error':
      return language === 'ja' ? `${name} で内部エラーが起きたため` : `${name} hit an internal error`;
    case 'skip':
      return language === 'ja' ? `${name} が未実施のため` : `${name} was skipped`;
    case 'warn':
    case 'pass':
      return language === 'ja' ? `${name} の結果のため` : `of what ${name} showed`;
  }
};

/** `mail.tls (imap), mail.quota: …`: what was left out and why, in a sentence. `checks` are those of the same mailbox. */
export const skippedWords = (group: SkippedGroup, checks: readonly CheckReport[], language: Language): string => {
  const ids = idsOf(group.checks);
  const named = namedIn(group.reason, checks);
  if (!named) return `${ids}: ${group.reason}`;
  const words = named.map((check) => becauseOf(nameOf(check), check.status, language));
  return language === 'ja' ? `${ids}: ${words.join('、')}` : `${ids} because ${words.join(' and ')}`;
};
