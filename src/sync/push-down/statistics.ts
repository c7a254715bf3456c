import type { ComparedColumn } from '../../model/sync/column.ts';
import type { Example, Explained } from '../../model/sync/comparison.ts';
import type { ComparisonCounts } from '../../model/sync/view.ts';
import { wilson } from '../../reason/rows/statistics.ts';
import type { ColumnMapping } from '../mapping/map-columns.ts';
import { present } from './beside.ts';
import type { Form } from './forms.ts';
import { mayHoldOptions, mostOptions, optionForm } from './option-form.ts';
import type { PushedTable } from './pushed.ts';
import { differs, l, r, type Scan, scanOf, shownKey, someOf, textsOf } from './scan.ts';
import { secondsOf } from './time-forms.ts';
import { type ColumnFacts, chanceOf, isTime, type SamplePair, trialsOf } from './trials.ts';

/** What one ClickHouse finds in two tables without a row of them coming over, but for some examples. */
export interface InCluster {
  readonly counts: ComparisonCounts;
  /** By compared column: in how many pairs it differs, and how many of these no form explains. */
  readonly differing: readonly number[];
  readonly unexplained: readonly number[];
  readonly explained: readonly Explained[];
  readonly examples: readonly (readonly Example[])[];
  /** Pairs all of whose differences are of notation; all explained and not only of notation; the others. */
  readonly classes: { readonly underRule: number; readonly explained: number; readonly unexplained: number };
  readonly missing: readonly Example[];
  readonly extra: readonly Example[];
  /** Whether the server knows NFKC. */
  readonly hasNfkc: boolean;
  readonly transferredBytes: number;
}

const fewest = 20;
const leastShare = 0.01;
const mostExamples = 10;
const shownExamples = 3;
/** Of the values that a cut would have met, so many may be whole: edited by hand since. */
const mostWhole = 0.02;

/** A column with what is known of it. */
interface Seen {
  readonly column: ComparedColumn;
  readonly facts: ColumnFacts;
  /** In how many pairs it differs. */
  readonly n: number;
  readonly sample: readonly SamplePair[];
}

/** With the forms that are counted. */
interface Tried extends Seen {
  readonly forms: readonly Form[];
}

const countsOf = async ({ aggregates, columns }: Scan) => {
  const anyDiffers = columns.map(({ at }) => `${l(at)} != ${r(at)}`).join(' OR ') || '0';
  const next = await aggregates([
    'sum(crm_doctor_a)',
    'sum(crm_doctor_b)',
    `countIf(${present})`,
    'countIf(crm_doctor_b = 0)',
    'countIf(crm_doctor_a = 0)',
    `countIf(${present} AND (${anyDiffers}))`,
    someOf(mostExamples, 'crm_doctor_k', 'crm_doctor_b = 0'),
    someOf(mostExamples, 'crm_doctor_k', 'crm_doctor_a = 0'),
    ...columns.flatMap((column) => {
      const { at } = column;
      const [left, right] = [l(at), r(at)];
      return [
        `countIf(${differs(at)})`,
        `uniqIf(${left}, ${present})`,
        `uniqIf(${right}, ${present})`,
        `anyIf(${left}, ${present})`,
        `anyIf(${right}, ${present})`,
        `maxIf(lengthUTF8(${left}), ${present})`,
        `maxIf(lengthUTF8(${right}), ${present})`,
        // The commonest difference of time.
        isTime(column)
          ? `topKIf(1)(toInt64(${secondsOf(right)}) - toInt64(${secondsOf(left)}), ${differs(at)} AND ${secondsOf(left)} > 0 AND ${secondsOf(right)} > 0)`
          : "''",
      ];
    }),
  ]);
  const number = (): number => Number(next());
  const keys = (): readonly Example[] => textsOf(next()).map((key) => ({ key: shownKey(key) }));
  const rows = { left: number(), right: number(), matched: number(), missing: number(), extra: number() };
  const changed = number();
  const alone = { missing: keys(), extra: keys() };
  const seen = columns.map((column): Omit<Seen, 'sample'> => {
    const n = number();
    const uniq = { left: number(), right: number() };
    const any = { left: next(), right: next() };
    const longest = { left: number(), right: number() };
    const [shift] = /-?\d+/.exec(next()) ?? [];
    const facts = { uniq, any, longest, matched: rows.matched };
    return { column, n, facts: shift === undefined ? facts : { ...facts, shift: Number(shift) } };
  });
  return { ...rows, changed, alone, seen };
};

/** Differing values of a column: as many as a cause is proposed of locally, or fewer where they are long. */
const samplePairs = 500;
const sampleLetters = 1_000_000;

const sampled = async ({ aggregates }: Scan, seen: readonly Omit<Seen, 'sample'>[]): Promise<readonly Seen[]> => {
  const open = seen.filter(({ n }) => n > 0);
  if (open.length === 0) return [];
  const next = await aggregates(
    open.flatMap(({ column: { at }, facts: { longest } }) => {
      const fit = Math.floor(sampleLetters / Math.max(1, longest.left + longest.right));
      const most = Math.max(fewest, Math.min(samplePairs, fit));
      return ['crm_doctor_k', l(at), r(at)].map((value) => someOf(most, value, differs(at)));
    }),
  );
  return open.map((one) => {
    const [keys, left, right] = [textsOf(next()), textsOf(next()), textsOf(next())];
    const sample = keys.map((key, at) => ({ key: shownKey(key), left: left[at] ?? '', right: right[at] ?? '' }));
    return { ...one, sample };
  });
};

/** What became of each value, where these are values to choose from. */
const optionsOf = async ({ rows }: Scan, { column, facts: { uniq } }: Seen): Promise<readonly Form[]> => {
  if (!mayHoldOptions(column) || uniq.left > mostOptions || uniq.right > mostOptions) return [];
  const most = 10 * mostOptions;
  const counted = await rows(
    `${l(column.at)} AS a, ${r(column.at)} AS b, toString(count()) AS n`,
    `WHERE ${present} GROUP BY a, b LIMIT ${most}`,
    ['a', 'b', 'n'],
  );
  const form = counted.length < most ? optionForm(counted) : undefined;
  return form ? [form] : [];
};

const nameOf = (at: number, which: number): string => `crm_doctor_f${at}_${which}`;

/** Whether each form undoes the difference of its column. */
const namedForms = (tried: readonly Tried[]): ReadonlyMap<string, string> =>
  new Map(
    tried.flatMap(({ column: { at }, forms }) =>
      forms.map(({ sql }, which) => [nameOf(at, which), `toUInt8(${sql(l(at), r(at))})`] as const),
    ),
  );

/** Taken in turn: a difference is explained by the first form that undoes it. */
const only = ({ column: { at } }: Tried, which: number): string =>
  [differs(at), ...Array.from({ length: which }, (_, before) => `NOT ${nameOf(at, before)}`), nameOf(at, which)].join(
    ' AND ',
  );

/** Of a cut every longer value has met it; one that has not is against it. */
const wholeOf = ({ detail }: Form, at: number): string => {
  const [from, to] = detail.side === 'right' ? [l(at), r(at)] : [r(at), l(at)];
  const limit = Number(detail.limit);
  return `countIf(${present} AND lengthUTF8(${from}) > ${limit} AND NOT startsWith(${from}, ${to}))`;
};

/** The forms that explain enough of all pairs, and more than chance would. */
const standing = async ({ aggregates }: Scan, tried: readonly Tried[]): Promise<readonly Tried[]> => {
  const next = await aggregates(
    [
      '1',
      ...tried.flatMap((one) =>
        one.forms.flatMap((form, which) => [
          `countIf(${only(one, which)})`,
          form.cause === 'sync.text-truncated-chars' ? wholeOf(form, one.column.at) : '0',
        ]),
      ),
    ],
    namedForms(tried),
  );
  next();
  return tried.map((one) => ({
    ...one,
    forms: one.forms.filter((form) => {
      const [some, whole] = [Number(next()), Number(next())];
      if (some < fewest || some < (form.leastShare ?? leastShare) * one.n || whole > mostWhole * some) return false;
      // What unrelated records show as often says nothing.
      return chanceOf(form, one.sample) < 0.5 * (some / Math.max(1, one.n));
    }),
  }));
};

const isUndone = ({ column: { at }, forms }: Tried, choose: (form: Form) => boolean = () => true): string =>
  forms.flatMap((form, which) => (choose(form) ? [nameOf(at, which)] : [])).join(' OR ') || '0';

/** The examples that the form itself explains, as the counts do. */
const examplesOf = ({ forms, sample }: Tried, form: Form): readonly Example[] =>
  sample.filter(({ left, right }) => forms.find(({ holds }) => holds(left, right)) === form).slice(0, shownExamples);

/** In how many columns a pair differs. */
const differingColumns = 'crm_doctor_d';

/** Every form that stands is undone, over all pairs. */
const undone = async ({ aggregates }: Scan, stand: readonly Tried[]) => {
  const all = (choose: (form: Form) => boolean): string =>
    stand.map((one) => `(NOT ${differs(one.column.at)} OR ${isUndone(one, choose)})`).join(' AND ') || '0';
  const inHowMany = stand.map(({ column: { at } }) => `(${l(at)} != ${r(at)})`).join(' + ') || '0';
  const next = await aggregates(
    [
      `countIf(${present} AND ${differingColumns} > 0 AND ${all(({ effect }) => effect === 'notation')})`,
      `countIf(${present} AND ${differingColumns} > 0 AND ${all(() => true)})`,
      ...stand.map((one) => `countIf(${differs(one.column.at)} AND NOT (${isUndone(one)}))`),
      ...stand.flatMap((one) =>
        one.forms.flatMap((_, which) => [
          `countIf(${only(one, which)})`,
          // Pairs that differ in nothing else.
          `countIf(${only(one, which)} AND ${differingColumns} = 1)`,
        ]),
      ),
    ],
    new Map([...namedForms(stand), [differingColumns, inHowMany]]),
  );
  const number = (): number => Number(next());
  const [underRule, withAll] = [number(), number()];
  const left = new Map(stand.map(({ column }) => [column.at, number()]));
  const explained = stand.flatMap((one) =>
    one.forms.map((form): Explained => {
      const [n, rowsNowEqual, of] = [number(), number(), one.n];
      return {
        ...{ cause: form.cause, effect: form.effect, population: 'pairs', columns: [one.column.at] },
        ...{ detail: form.detail, perColumn: [n], share: { n, of, ...wilson(n, of) } },
        chance: chanceOf(form, one.sample),
        examples: examplesOf(one, form),
        proof: { kind: 'transform', before: of, after: of - n, rowsNowEqual },
      };
    }),
  );
  return { underRule, withAll, left, explained };
};

/**
 * Compares two tables by what the cluster itself can tell: exact counts, per-column statistics, and which faults and notations
 * (`trials.ts`) undo how many differences, counted over all pairs. Undefined: a column has no text there.
 */
export const compareInCluster = async (
  tables: Readonly<Record<'left' | 'right', PushedTable>>,
  mapping: ColumnMapping,
  signal: AbortSignal,
): Promise<InCluster | undefined> => {
  const scan = await scanOf(tables, mapping, signal);
  if (!scan) return undefined;
  const { left, right, matched, missing, extra, changed, alone, seen } = await countsOf(scan);
  const tried: Tried[] = [];
  for (const one of await sampled(scan, seen)) {
    const forms = trialsOf(one.column, one.facts, one.sample, scan.hasNfkc);
    // Another name of an option is what nothing simpler tells.
    tried.push({ ...one, forms: forms.length > 0 ? forms : await optionsOf(scan, one) });
  }
  const found = await undone(scan, await standing(scan, tried));
  const differing = new Map(seen.map(({ column, n }) => [column.at, n]));
  const samples = new Map(tried.map(({ column, sample }) => [column.at, sample]));
  const none = { keys: 0, rows: 0 };
  return {
    counts: {
      ...{ left, right, matched, equal: matched - changed, changed, missing, extra },
      ...{ repeated: { left: none, right: none }, rejected: { left: 0, right: 0 } },
    },
    differing: mapping.columns.map(({ at }) => differing.get(at) ?? 0),
    unexplained: mapping.columns.map(({ at }) => found.left.get(at) ?? 0),
    explained: found.explained.toSorted((a, b) => b.share.n - a.share.n),
    examples: mapping.columns.map(({ at }) => (samples.get(at) ?? []).slice(0, shownExamples)),
    classes: {
      underRule: found.underRule,
      explained: found.withAll - found.underRule,
      unexplained: changed - found.withAll,
    },
    ...alone,
    hasNfkc: scan.hasNfkc,
    transferredBytes: scan.transferredBytes(),
  };
};
