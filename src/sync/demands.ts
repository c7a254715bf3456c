import type { OpenedSource } from '../model/sync/source.ts';
import type { ComparisonView, Demand } from '../model/sync/view.ts';
import { escapeControls } from '../reason/escape.ts';
import { takenDemands } from './taken.ts';
import { alikeText } from './validate/alike.ts';
import { placedConstraints, type ReferenceConstraint } from './validate/constraints.ts';
import { checkRules, type RecordRule } from './validate/record-rules.ts';
import { referenceRule } from './validate/references.ts';

type RecordOf = (at: number) => string;
type View = Pick<ComparisonView, 'columns' | 'missing' | 'extra' | 'present' | 'pairs' | 'kin' | 'config'>;

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

const recordOf =
  (values: readonly string[]): RecordOf =>
  (at) =>
    values[at] ?? '';

type Refusal = Pick<Demand, 'rule' | 'asks'> & Pick<RecordRule, 'ats' | 'refuses'>;

/**
 * What refers to a record of its own table. That one may be missing itself: then it has to come first, and what keeps it out keeps its
 * children out. A record may refer to itself.
 */
const ofOwnTable = (
  { missing }: View,
  { ats, refuses, asks }: Refusal,
  selfAts: readonly number[],
): readonly Refusal[] => {
  const textOf = (record: RecordOf, list: readonly number[]): string | undefined => alikeText(list.map(record));
  const lacking = new Set(missing.map(({ values }) => textOf(recordOf(values), selfAts)));
  const isAbsent = (record: RecordOf): boolean => textOf(record, ats) !== textOf(record, selfAts) && refuses(record);
  const isLacking = (record: RecordOf): boolean => lacking.has(textOf(record, ats));
  return [
    { rule: 'parent', asks, ats, refuses: (record) => isAbsent(record) && isLacking(record) },
    { rule: 'reference', asks, ats, refuses: (record) => isAbsent(record) && !isLacking(record) },
  ];
};

const ofReference = async (
  view: View,
  one: ReferenceConstraint,
  lookUp: NonNullable<OpenedSource['lookUp']>,
  signal: AbortSignal,
): Promise<readonly Refusal[]> => {
  const { missing, present } = view;
  // What is on both sides and equal was accepted.
  const changed = present.filter(({ pair: { left, right } }) => one.ats.some((at) => left[at] !== right[at]));
  const records = [...missing.map(({ values }) => values), ...changed.map(({ pair }) => pair.left)].map(recordOf);
  const made = (silent: () => void) => referenceRule(one, { lookUp, brought: new Set(), signal, silent });
  const rule = await answered(made, records);
  if (!rule) return [];
  const asks = escapeControls(`${one.table} (${one.to.join(', ')})`);
  const refusal: Refusal = { rule: 'reference', asks, ats: rule.ats, refuses: rule.refuses };
  return one.selfAts ? ofOwnTable(view, refusal, one.selfAts) : [refusal];
};

/**
 * What the right side asks of whole records: conditions of its table, values that have to stand in another one or in itself, of which
 * those of the samples are looked up, and values that no other record may have.
 */
export const demandsOf = async (
  view: View,
  target: Pick<OpenedSource, 'facts' | 'lookUp'>,
  signal: AbortSignal,
): Promise<readonly Demand[]> => {
  const { columns, missing } = view;
  const { facts, lookUp } = target;
  if (missing.length === 0) return [];
  const { constraints = [] } = facts;
  const refusals: Refusal[] = checkRules(constraints, columns, 'left').rules.map(
    ({ asks, ats, refuses }): Refusal => ({ rule: 'check', asks, ats, refuses }),
  );
  for (const one of lookUp ? placedConstraints(constraints, columns, 'left').references : [])
    if (lookUp) refusals.push(...(await ofReference(view, one, lookUp, signal)));
  const asked = refusals.map(
    ({ rule, asks, ats, refuses }): Demand => ({
      rule,
      asks,
      columns: ats.map((at) => columns[at]?.left ?? ''),
      refuses: (values) => refuses(recordOf(values)),
    }),
  );
  return [...asked, ...(await takenDemands(view, target, signal))];
};
