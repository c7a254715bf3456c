import type { AnyCause, Finding } from '../model/cause.ts';
import type { AnySubject, Evidence } from '../model/check.ts';

/** A finding with the cause that made it. */
export interface Found {
  readonly cause: AnyCause;
  readonly finding: Finding<unknown>;
}

const union = <Item>(left: readonly Item[], right: readonly Item[], same: (a: Item, b: Item) => boolean): Item[] => [
  ...left,
  ...right.filter((item) => !left.some((other) => same(item, other))),
];

const merged = (left: Finding<unknown>, right: Finding<unknown>): Finding<unknown> => ({
  ...left,
  severity: rank[left.severity] <= rank[right.severity] ? left.severity : right.severity,
  confidence: Math.max(left.confidence, right.confidence),
  affects: union(left.affects, right.affects, (a, b) => a === b),
  evidence: union(left.evidence, right.evidence, (a, b) => a.check === b.check && a.says.en === b.says.en),
  ruledOut: union(left.ruledOut ?? [], right.ruledOut ?? [], (a, b) => a.cause === b.cause && a.check === b.check),
});

/** The most important first. */
export const rank = { critical: 0, warning: 1, info: 2 } as const;

/** One name for a finding: the cause and its detail. */
export const identityOf = ({ cause, finding }: Found): string => `${cause.id} ${JSON.stringify(finding.detail)}`;

/** Asks every cause; equal findings of one cause become one. */
export const findAll = (causes: readonly AnyCause[], evidence: Evidence, subject: AnySubject): readonly Found[] => {
  const found = new Map<string, Found>();
  for (const cause of causes) {
    if (cause.on !== subject.kind) continue;
    for (const finding of cause.explain(evidence, subject)) {
      const one: Found = { cause, finding };
      const known = found.get(identityOf(one));
      found.set(identityOf(one), known ? { cause, finding: merged(known.finding, finding) } : one);
    }
  }
  return [...found.values()];
};

export const overlaps = (left: readonly string[], right: readonly string[]): boolean =>
  left.some((target) => right.includes(target));

/** Leaves to a deeper cause what it already explains, target by target. */
export const withoutSymptoms = (found: readonly Found[]): readonly Found[] =>
  found.flatMap(({ cause, finding }) => {
    // What is only a warning does not explain why something fails.
    const deeper = found.filter(
      (other) =>
        other.cause.id !== cause.id &&
        (cause.unless.includes(other.cause.id) || other.cause.covers === 'targets') &&
        rank[other.finding.severity] <= rank[finding.severity],
    );
    const affects = finding.affects.filter((target) => !deeper.some((other) => other.finding.affects.includes(target)));
    if (finding.affects.length > 0 && affects.length === 0) return [];
    return [{ cause, finding: { ...finding, affects } }];
  });
