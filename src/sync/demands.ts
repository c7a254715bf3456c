import type { OpenedSource } from '../model/sync/source.ts';
import type { ComparisonView, Demand } from '../model/sync/view.ts';
import { escapeControls } from '../reason/escape.ts';
import { placedConstraints } from './validate/constraints.ts';
import { checkRules, type RecordRule } from './validate/record-rules.ts';
import { referenceRule } from './validate/references.ts';

type RecordOf = (at: number) => string;

/** One that can be held against records; undefined: its table cannot be asked. */
const answered = async (
  rules: (silent: () => void) => RecordRule,
  records: readonly RecordOf[],
): Promise<RecordRule | undefined> => {
  let answers = true;
  const rule = rules(() => {
    answers = false;
  });
  await rule.before?.(records);
  return answers ? rule : undefined;
};

/**
 * What the right side asks of whole records: conditions of its table, and values that have to stand in another one, of which those of the
 * samples are looked up. What refers to the same table is left out, since that record may be one that is missing itself.
 */
export const demandsOf = async (
  view: Pick<ComparisonView, 'columns' | 'missing' | 'present'>,
  { facts: { constraints }, lookUp }: Pick<OpenedSource, 'facts' | 'lookUp'>,
  signal: AbortSignal,
): Promise<readonly Demand[]> => {
  const { columns, missing, present } = view;
  if (!constraints || missing.length === 0) return [];
  const recordOf =
    (values: readonly string[]): RecordOf =>
    (at) =>
      values[at] ?? '';
  const rules = [...checkRules(constraints, columns, 'left').rules];
  for (const one of lookUp ? placedConstraints(constraints, columns, 'left').references : []) {
    if (!lookUp || one.selfAts) continue;
    // What is on both sides and equal was accepted.
    const changed = present.filter(({ pair: { left, right } }) => one.ats.some((at) => left[at] !== right[at]));
    const records = [...missing.map(({ values }) => values), ...changed.map(({ pair }) => pair.left)].map(recordOf);
    const made = (silent: () => void) => referenceRule(one, { lookUp, brought: new Set(), signal, silent });
    const rule = await answered(made, records);
    if (rule) rules.push({ ...rule, asks: escapeControls(`${one.table} (${one.to.join(', ')})`) });
  }
  return rules.flatMap(({ rule, asks, ats, refuses }): readonly Demand[] =>
    rule === 'unique'
      ? []
      : [
          {
            rule,
            asks,
            columns: ats.map((at) => columns[at]?.left ?? ''),
            refuses: (values) => refuses(recordOf(values)),
          },
        ],
  );
};
