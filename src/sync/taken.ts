import type { OpenedSource } from '../model/sync/source.ts';
import type { ComparisonView, Demand } from '../model/sync/view.ts';
import { keyForm } from '../reason/rows/key-forms.ts';
import { alikeText } from './validate/alike.ts';
import { placedConstraints, type UniqueConstraint } from './validate/constraints.ts';
import { type Holders, holdersOf } from './validate/holders.ts';

type Seen = Pick<ComparisonView, 'columns' | 'missing' | 'extra' | 'present' | 'pairs' | 'kin' | 'config'>;
type Values = readonly string[];

const between = '\u0000';

/** Who has which value among the records of the right side that were read. */
const seenHolders = (
  { missing, extra, present, kin }: Seen,
  textOf: (values: Values) => string | undefined,
  keyOf: (values: Values) => Values,
): Holders => {
  const wanted = new Set(missing.map(({ values }) => textOf(values)));
  const rights = [
    ...present.map(({ pair }) => pair.right),
    ...[...extra, ...(kin?.right ?? [])].map((row) => row.values),
  ];
  return new Map(
    rights.flatMap((values) => {
      const value = textOf(values);
      return value === undefined || !wanted.has(value) ? [] : [[value, keyOf(values)] as const];
    }),
  );
};

/** Records that the left side has given another value since: the sync itself will take theirs away. */
const freedIn = (
  { present, pairs }: Seen,
  textOf: (values: Values) => string | undefined,
  formOf: (key: Values) => string,
  keyOf: (values: Values) => Values,
): ReadonlySet<string> =>
  new Set(
    [...pairs, ...present.map(({ pair }) => pair)]
      .filter(({ left, right }) => left !== right && textOf(left) !== textOf(right))
      .map(({ right }) => formOf(keyOf(right))),
  );

const takenIn = async (
  view: Seen,
  { ats, alike, constraint }: UniqueConstraint,
  lookUp: OpenedSource['lookUp'],
  signal: AbortSignal,
): Promise<Demand | undefined> => {
  const { columns, missing, config } = view;
  const keys = columns.filter(({ key }) => key).map(({ at }) => at);
  const form = keyForm(config.key.rules);
  const keyOf = (values: Values): Values => keys.map((at) => values[at] ?? '');
  const formOf = (key: Values): string => key.map(form).join(between);
  const textOf = (values: Values): string | undefined =>
    alikeText(
      ats.map((at) => values[at] ?? ''),
      alike,
    );
  const asked = { ats, ...(alike ? { alike } : {}) };
  const records = missing.map(
    ({ values }) =>
      (at: number) =>
        values[at] ?? '',
  );
  const held = lookUp
    ? await holdersOf(records, asked, { columns, side: 'right', lookUp, signal })
    : seenHolders(view, textOf, keyOf);
  if (!held) return undefined;
  const freed = freedIn(view, textOf, formOf, keyOf);
  const owners = new Map([...held].filter(([, key]) => !freed.has(formOf(key))));
  // Of several that are missing the first one could be written.
  for (const { values } of missing) {
    const value = textOf(values);
    if (value !== undefined && !owners.has(value)) owners.set(value, keyOf(values));
  }
  const holder = (values: Values): Values | undefined => {
    const value = textOf(values);
    const key = value === undefined ? undefined : owners.get(value);
    return key && formOf(key) !== formOf(keyOf(values)) ? key : undefined;
  };
  const names = ats.map((at) => columns[at]?.left ?? '');
  return {
    rule: 'unique',
    asks: constraint,
    columns: names,
    refuses: (values) => holder(values) !== undefined,
    holder,
  };
};

/** Values that only one record of the right side may have, and who has those of the missing records already. */
export const takenDemands = async (
  view: Seen,
  { facts: { constraints }, lookUp }: Pick<OpenedSource, 'facts' | 'lookUp'>,
  signal: AbortSignal,
): Promise<readonly Demand[]> => {
  const found: Demand[] = [];
  for (const one of placedConstraints(constraints, view.columns, 'left').unique) {
    const demand = await takenIn(view, one, lookUp, signal);
    if (demand) found.push(demand);
  }
  return found;
};
