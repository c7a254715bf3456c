import type { Found } from '../diagnose/findings.ts';
import { findAll, identityOf, overlaps, rank, withoutSymptoms } from '../diagnose/findings.ts';
import { trialRank } from '../diagnose/priority.ts';
import type { AnyCause } from '../model/cause.ts';
import type { Change } from '../model/config.ts';
import { servicesOf, targetOf, withChange } from '../model/mailbox.ts';
import type { Proof } from './prove.ts';
import { lookAhead, prove } from './prove.ts';
import type { Base, Bench, MailBase } from './trial.ts';
import { evidenceIn } from './trial.ts';

/** A root cause that stands, with what its trial showed. */
export interface Conclusion {
  readonly found: Found;
  readonly proof: Proof;
  /** The subject it was found in: the configured one, or the one after an earlier proven change. */
  readonly base: Base;
  /** 0: seen in the run itself; 1 and more: seen behind proven changes. */
  readonly round: number;
}

/** The change that a proof has shown to work, else none. */
export const changeOf = (proof: Proof): readonly Change[] => (proof.kind === 'proven' ? proof.trial.change : []);

/** Findings whose targets touch each other, directly or through a third, are tried one after another. */
const groups = (found: readonly Found[]): Found[][] => {
  const result: Found[][] = [];
  for (const one of found) {
    const touching = result.filter((group) =>
      group.some(({ finding }) => overlaps(finding.affects, one.finding.affects)),
    );
    const rest = result.filter((group) => !touching.includes(group));
    result.splice(0, result.length, ...rest, [...touching.flat(), one]);
  }
  return result;
};

/** A trial that takes longer waits for something that does not answer. */
const patienceMs = 500;

/** Tries what waits for a proof; what no trial confirms is not claimed. */
const claimed = async (
  waiting: readonly Found[],
  base: Base,
  round: number,
  bench: Bench,
): Promise<readonly Conclusion[]> => {
  const before = evidenceIn(base.outcomes, base.subject, base.others);
  const perGroup = await Promise.all(
    groups(waiting).map(async (group) => {
      const kept: Conclusion[] = [];
      const over = new AbortController();
      const eitherSignal = AbortSignal.any([bench.options.signal, over.signal]);
      const inOrder = group.toSorted((a, b) => trialRank(a.cause.id) - trialRank(b.cause.id));
      for (const [at, found] of inOrder.entries()) {
        const taken = kept.flatMap((one) => one.found.finding.affects);
        const open = found.finding.affects.filter((target) => !taken.includes(target));
        if (found.finding.affects.length > 0 && open.length === 0) continue;
        // Doors that stay silent cost a time-out each: the later causes' doors are then knocked at meanwhile.
        const slow = setTimeout(() => {
          for (const later of inOrder.slice(at + 1)) lookAhead(later, base, bench, eitherSignal);
        }, patienceMs);
        const proof = await prove(found, base, before, bench).finally(() => clearTimeout(slow));
        if (proof.kind === 'proven') kept.push({ found, proof, base, round });
      }
      // What was looked at ahead and is not needed must not hold the process.
      over.abort();
      return kept;
    }),
  );
  return perGroup.flat();
};

/** All services of the changed subject whose settings differ from the base. */
const touchedTargets = (before: Base, after: Base): readonly string[] => {
  if (before.subject.kind !== 'mail' || after.subject.kind !== 'mail') return [];
  const old = servicesOf(before.subject);
  return servicesOf(after.subject)
    .filter((service) => !old.some((other) => JSON.stringify(other) === JSON.stringify(service)))
    .map(targetOf);
};

/** The base with every proven change in it, and what their trials saw. */
const advance = (base: Base, conclusions: readonly Conclusion[]): Base | undefined => {
  const proven = conclusions.flatMap(({ proof }) => (proof.kind === 'proven' ? [proof.trial] : []));
  const others = base.others === undefined ? {} : { others: base.others };
  let next: MailBase | undefined;
  for (const trial of proven) {
    if (!next) {
      next = { subject: trial.subject, outcomes: trial.outcomes, ...others };
      continue;
    }
    const subject = withChange(next.subject, trial.change);
    const outcomes = new Map(next.outcomes);
    for (const key of trial.ran) {
      const timed = trial.outcomes.get(key);
      if (timed) outcomes.set(key, timed);
    }
    next = { subject, outcomes, ...others };
  }
  return next && next.subject !== base.subject ? next : undefined;
};

const roundLimit = 3;

/**
 * From evidence to root causes. What a changed setting would mend is claimed only when its trial worked; after a proven
 * change the evidence of its trial is diagnosed in turn, so that a second fault behind the first is found as well.
 */
export const diagnoseAndProve = async (
  start: Base,
  causes: readonly AnyCause[],
  bench: Bench,
): Promise<readonly Conclusion[]> => {
  const conclusions: Conclusion[] = [];
  const known = new Set<string>();
  let base: Base | undefined = start;
  for (let round = 0; base && round < roundLimit; round += 1) {
    const here: Base = base;
    const evidence = evidenceIn(here.outcomes, here.subject, here.others);
    const touched = round === 0 ? undefined : touchedTargets(start, here);
    const found = findAll(causes, evidence, here.subject).filter(
      (one) => !known.has(identityOf(one)) && (!touched || overlaps(one.finding.affects, touched)),
    );
    for (const one of found) known.add(identityOf(one));
    const onProof = await claimed(
      found.filter(({ cause }) => cause.claim === 'on-proof'),
      here,
      round,
      bench,
    );
    const plain = found.filter(({ cause }) => cause.claim === 'on-evidence');
    const standing = withoutSymptoms([...plain, ...onProof.map((one) => one.found)]);
    const tried = await Promise.all(
      standing
        .filter(({ cause }) => cause.claim === 'on-evidence')
        .map(
          async (one): Promise<Conclusion> => ({
            found: one,
            proof: await prove(one, here, evidence, bench),
            base: here,
            round,
          }),
        ),
    );
    const kept = onProof.filter((one) =>
      standing.some(({ cause, finding }) => cause === one.found.cause && finding.detail === one.found.finding.detail),
    );
    const fresh = [...kept, ...tried];
    conclusions.push(...fresh);
    base = advance(here, fresh);
  }
  return conclusions.toSorted(
    (left, right) =>
      rank[left.found.finding.severity] - rank[right.found.finding.severity] ||
      left.round - right.round ||
      right.found.finding.affects.length - left.found.finding.affects.length ||
      right.found.finding.confidence - left.found.finding.confidence,
  );
};
