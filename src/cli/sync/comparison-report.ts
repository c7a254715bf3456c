import type { SyncCause } from '../../model/sync/cause.ts';
import type { ComparisonFact, DuplicatesFact, ScheduleFact, ValidationFact } from '../../model/sync/comparison.ts';
import { estimateOf } from '../../model/sync/estimate.ts';
import type { ComparedField, ComparedSide, ComparisonReport, WrittenFile } from '../../model/sync/report.ts';
import type { SourceFacts } from '../../model/sync/source.ts';
import type { Language, Text } from '../../model/text.ts';
import { normalRules } from '../../reason/values/normal-rules.ts';
import { sourceFailureWords } from './failure-words.ts';

const several: Text = { en: 'several rules', ja: '複数の規則' };

const ruleTitle = (id: string): Text => normalRules.find((rule) => rule.id === id)?.title ?? several;

const sideOf = (facts: SourceFacts, language: Language): ComparedSide => ({
  name: facts.name,
  format: facts.format,
  ...(facts.encoding === undefined ? {} : { encoding: facts.encoding }),
  columns: facts.columns.length,
  ...(facts.bytes === undefined ? {} : { bytes: facts.bytes }),
  ...(facts.at === undefined ? {} : { at: facts.at }),
  notes: facts.notes.map(({ says }) => says[language]),
});

/** What a comparison came to, for the report. */
export interface Findings {
  readonly name?: string;
  readonly fact: ComparisonFact;
  readonly keys: readonly number[];
  readonly causes: readonly SyncCause[];
  readonly validation?: ValidationFact;
  readonly duplicates?: DuplicatesFact;
  readonly schedule?: ScheduleFact;
  readonly files: readonly WrittenFile[];
  readonly redacted: boolean;
}

export const comparisonReport = (found: Findings, language: Language): ComparisonReport => {
  const { name, fact, keys, causes, validation, duplicates, schedule, files, redacted } = found;
  const { counts } = fact;
  const titles = new Map(causes.map(({ id, title }) => [id, title[language]]));
  const titleOf = (cause: string): string => titles.get(cause) ?? cause;
  const fields = fact.fields.map((field, at): ComparedField => {
    const { left, right, type, role, differ, equalUnder, unexplained, examples } = field;
    const explained = fact.explained.flatMap(({ cause, population, columns, perColumn }) => {
      const place = columns.indexOf(at);
      const n = perColumn?.[place] ?? 0;
      return population === 'pairs' && place >= 0 && n > 0 ? [{ cause, title: titleOf(cause), n }] : [];
    });
    return {
      left,
      right,
      type,
      ...(role === undefined ? {} : { role }),
      key: keys.includes(at),
      differ,
      equalUnder: equalUnder.map(({ rule, n }) => ({ rule, title: ruleTitle(rule)[language], n })),
      explained,
      unexplained,
      examples,
    };
  });
  return {
    ...(name === undefined ? {} : { name }),
    left: sideOf(fact.left, language),
    right: sideOf(fact.right, language),
    rows: { left: counts.left, right: counts.right },
    matched: counts.matched,
    equal: counts.equal,
    changed: counts.changed,
    missing: counts.missing,
    extra: counts.extra,
    duplicates: counts.repeated,
    rejected: counts.rejected,
    classes: fact.changed,
    fields,
    explained: fact.explained.map((one) => {
      const estimate = estimateOf(one);
      return { ...one, title: titleOf(one.cause), ...(estimate ? { estimate } : {}) };
    }),
    unexplained: fact.unexplained,
    examples: {
      missing: fact.missing,
      extra: fact.extra,
      duplicatesLeft: fact.repeated.left,
      duplicatesRight: fact.repeated.right,
      rejectedLeft: fact.rejected.left.slice(0, 10),
      rejectedRight: fact.rejected.right.slice(0, 10),
    },
    unmapped: fact.unmapped,
    ...(fact.timeline ? { timeline: fact.timeline } : {}),
    ...(fact.cut ? { cut: { side: fact.cut.side, says: sourceFailureWords(fact.cut.failure)[language] } } : {}),
    ...(validation ? { validation: validation.sides.map(({ failure: _, ...side }) => side) } : {}),
    ...(duplicates ? { likelyDuplicates: withoutFailure(duplicates) } : {}),
    ...(schedule ? { schedule } : {}),
    files,
    redacted,
    work: fact.work,
  };
};

const withoutFailure = ({ failure: _, ...rest }: DuplicatesFact): Omit<DuplicatesFact, 'failure'> => rest;
