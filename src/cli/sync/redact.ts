import type {
  ComparisonFact,
  DuplicatesFact,
  Example,
  ScheduleFact,
  Stump,
  Unexplained,
  ValidationFact,
} from '../../model/sync/comparison.ts';
import type { SourceFacts } from '../../model/sync/source.ts';
import { masked } from '../../reason/mask.ts';
import { pseudonym } from './pseudonym.ts';
import { redactedDetail } from './redact-detail.ts';
import { mayBeNamed } from './shared-value.ts';

const example = ({ key, holder, left, right }: Example): Example => ({
  key: pseudonym(key),
  ...(holder === undefined ? {} : { holder: pseudonym(holder) }),
  ...(left === undefined ? {} : { left: masked(left) }),
  ...(right === undefined ? {} : { right: masked(right) }),
});

const examples = (list: readonly Example[]): readonly Example[] => list.map(example);

/** What no reader could follow the fix without is named, where it is about nobody. */
const redactedStump = (stump: Stump, fields: ComparisonFact['fields']): Stump =>
  stump.value === '' || mayBeNamed(stump, fields) ? stump : { ...stump, value: masked(stump.value), hidden: true };

const redactedRest = ({ rest, ...counts }: Unexplained, fields: ComparisonFact['fields']): Unexplained =>
  rest === undefined
    ? counts
    : {
        ...counts,
        rest: rest.map((one) => ({
          ...one,
          examples: one.examples.map((shown) => ({ ...shown, ...example(shown) })),
          ...(one.same ? { same: { ...one.same, value: masked(one.same.value) } } : {}),
          ...(one.groups ? { groups: { ...one.groups, value: masked(one.groups.value) } } : {}),
          ...(one.stump ? { stump: redactedStump(one.stump, fields) } : {}),
        })),
      };

/** What a side is, as it is told; where values are hidden, without those that its notes would name. */
export const toldSource = (facts: SourceFacts, redact: boolean): SourceFacts => ({
  ...facts,
  notes: facts.notes.map(({ hidden, ...note }) => (redact && hidden ? { ...note, says: hidden } : note)),
});

/** The comparison without anybody's values; counts, columns and causes stay. */
export const redactedFact = (fact: ComparisonFact): ComparisonFact => {
  const rejected = (side: 'left' | 'right') =>
    fact.rejected[side].map((one) => (one.shown === undefined ? one : { ...one, shown: masked(one.shown) }));
  return {
    ...fact,
    left: toldSource(fact.left, true),
    right: toldSource(fact.right, true),
    fields: fact.fields.map((field) => ({ ...field, examples: examples(field.examples) })),
    explained: fact.explained.map((one) => ({
      ...one,
      detail: redactedDetail(one, fact.fields),
      examples: examples(one.examples),
    })),
    ...(fact.log
      ? { log: { ...fact.log, errors: fact.log.errors.map((one) => ({ ...one, says: masked(one.says) })) } }
      : {}),
    ...(fact.stretch ? { stretch: { ...fact.stretch, ends: examples(fact.stretch.ends) } } : {}),
    unexplained: redactedRest(fact.unexplained, fact.fields),
    missing: examples(fact.missing),
    extra: examples(fact.extra),
    repeated: { left: examples(fact.repeated.left), right: examples(fact.repeated.right) },
    rejected: { left: rejected('left'), right: rejected('right') },
  };
};

export const redactedValidation = ({ sides }: ValidationFact): ValidationFact => ({
  sides: sides.map((side) => ({
    ...side,
    problems: side.problems.map((problem) => ({ ...problem, examples: examples(problem.examples) })),
  })),
});

/** What a job writes of a run that failed may name the record that it failed at. */
export const redactedSchedule = (fact: ScheduleFact): ScheduleFact => ({
  ...fact,
  runs: fact.runs.map(({ says, ...run }) => (says === undefined ? run : { ...run, says: masked(says) })),
});

export const redactedDuplicates = (fact: DuplicatesFact): DuplicatesFact => {
  const record = ({ key, shown }: { readonly key: string; readonly shown: readonly string[] }) => ({
    key: pseudonym(key),
    shown: shown.map(masked),
  });
  return {
    ...fact,
    candidates: fact.candidates.map((one) => ({ ...one, a: record(one.a), b: record(one.b) })),
    dropped: fact.dropped.map(({ by, rows }) => ({ by: masked(by), rows })),
  };
};
