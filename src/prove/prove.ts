import type { Found } from '../diagnose/findings.ts';
import type { Evidence } from '../model/check.ts';
import type { Change } from '../model/config.ts';
import type { Subject } from '../model/mailbox.ts';
import type { Base, Bench, MailBase, Trial } from './trial.ts';
import { enter, look } from './trial.ts';

/** What became of a finding's candidates. */
export type Proof =
  /** `alternatives` passed everything that costs no login; only `trial` was entered. */
  | { readonly kind: 'proven'; readonly trial: Trial }
  | { readonly kind: 'failed'; readonly tried: readonly (readonly Change[])[]; readonly last?: Trial }
  | { readonly kind: 'not-tried' };

const good = (evidence: Evidence, check: Parameters<Evidence['of']>[0]): boolean => {
  const outcome = evidence.of(check);
  return outcome?.kind === 'observed' && outcome.verdict.grade !== 'fail' && outcome.verdict.grade !== 'unknown';
};

/** The checks of the finding's evidence that were bad before: they have to be good now. */
const badChecks = ({ finding }: Found, before: Evidence) =>
  finding.evidence.map(({ check }) => check).filter((check) => before.bad(check) !== undefined);

const mends = (found: Found, before: Evidence, trial: Trial, costlyToo: boolean): boolean => {
  const { cause, finding } = found;
  const bad = badChecks(found, before);
  if (cause.works && !(bad.some(({ costly }) => costly) && !costlyToo)) {
    return cause.works(trial.evidence, trial.subject, finding.detail);
  }
  return bad.filter(({ costly }) => costlyToo || !costly).every((check) => good(trial.evidence, check));
};

/** What of a trial did not come out well; a login that was withheld shows nothing, so it is no better than a refused one. */
const failures = (trial: Trial): number =>
  trial.ran.filter((key) => {
    const outcome = trial.outcomes.get(key)?.outcome;
    if (outcome?.kind === 'observed') return outcome.verdict.grade === 'fail' || outcome.verdict.grade === 'unknown';
    return outcome?.kind !== 'skipped';
  }).length;

/** Candidates that lead to the same subject are one; one that changes nothing is none. */
const distinct = (candidates: readonly (readonly Change[])[], subject: Subject): readonly (readonly Change[])[] => {
  const seen = new Set<string>();
  return candidates.filter((change) => {
    const effective = change.filter(({ from, to }) => from !== to);
    const key = JSON.stringify(effective.map(({ path, to }) => [path, to]).toSorted());
    if (effective.length === 0 || seen.has(key) || !change.every(({ path }) => path.startsWith(`${subject.path}.`)))
      return false;
    seen.add(key);
    return true;
  });
};

const candidateLimit = 8;

const candidatesOf = ({ cause, finding }: Found, subject: Subject): readonly (readonly Change[])[] =>
  distinct(cause.candidates(finding.detail, subject), subject).slice(0, candidateLimit);

/**
 * Starts what costs no login of a finding's candidates, for a trial that comes later: the world answers each question
 * once, so the trial finds what was seen by then.
 */
export const lookAhead = (found: Found, { subject, ...base }: Base, bench: Bench, signal: AbortSignal): void => {
  if (subject.kind !== 'mail') return;
  const ahead: Bench = { ...bench, options: { ...bench.options, signal } };
  for (const change of candidatesOf(found, subject)) look(ahead, { ...base, subject }, change).catch(() => undefined);
};

/** Port 25 is for servers among each other (RFC 6409 section 3.1): many let an account in there, and check less. */
const becomesRelay = (trial: Trial, before: Subject): boolean =>
  trial.subject.services.smtp?.port === 25 && before.services.smtp?.port !== 25;

/**
 * Tries a finding's candidates on copies of the configuration: first what costs no login, for all side by side, then the
 * login for the best ones in turn, until everything works. A candidate that mends the finding but shows a further fault
 * behind it is kept as second best; port 25 is not entered to get round such a fault.
 */
export const prove = async (
  found: Found,
  { subject, ...rest }: Base,
  before: Evidence,
  bench: Bench,
): Promise<Proof> => {
  // Nobody tries out other settings on a CRM.
  if (subject.kind !== 'mail') return { kind: 'not-tried' };
  const base: MailBase = { ...rest, subject };
  const { cause } = found;
  const candidates = candidatesOf(found, base.subject);
  if (candidates.length === 0) return { kind: 'not-tried' };
  const tell = (change: readonly Change[], works: boolean) =>
    bench.options.listener({ kind: 'trial-finished', cause: cause.id, change, works });
  const looks = await Promise.all(
    candidates.map((change) => {
      bench.options.listener({ kind: 'trial-started', cause: cause.id, change });
      return look(bench, base, change);
    }),
  );
  const viable = looks
    .filter((trial) => mends(found, before, trial, false))
    .toSorted(
      (left, right) =>
        Number(becomesRelay(left, base.subject)) - Number(becomesRelay(right, base.subject)) ||
        failures(left) - failures(right),
    );
  let best: Trial | undefined;
  let last = looks.at(-1);
  for (const first of viable) {
    if (best && becomesRelay(first, base.subject)) break;
    const trial = await enter(bench, base, first);
    last = trial;
    if (!mends(found, before, trial, true)) continue;
    best = best && failures(best) <= failures(trial) ? best : trial;
    if (failures(trial) === 0) break;
  }
  for (const { change } of looks) tell(change, change === best?.change);
  if (best) return { kind: 'proven', trial: best };
  return { kind: 'failed', tried: candidates, ...(last ? { last } : {}) };
};
