import { rememberFor } from '../../src/model/remember.ts';
import { type RowsHypothesis, rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { Side } from '../../src/model/sync/side.ts';
import type { RejectedRecord } from '../../src/model/sync/source.ts';
import type { ComparisonView } from '../../src/model/sync/view.ts';

type Why = RejectedRecord['why'] | 'cut-record';

/** The side whose records could not be read. */
interface Refused extends Readonly<Record<string, unknown>> {
  readonly side: Side;
  readonly refused: true;
}

/** The first fields of a record of which only the beginning is known, as far as they are whole. */
const firstFields = (shown: string, delimiter: string, most: number): readonly string[] => {
  const fields: string[] = [];
  let at = 0;
  while (fields.length < most && at < shown.length) {
    const quoted = shown[at] === '"';
    const end = quoted ? shown.indexOf(`"${delimiter}`, at + 1) : shown.indexOf(delimiter, at);
    if (end < 0) break;
    fields.push(quoted ? shown.slice(at + 1, end).replaceAll('""', '"') : shown.slice(at, end));
    at = end + (quoted ? 1 : 0) + delimiter.length;
  }
  return fields;
};

const between = '\u001f';

/** The record in whose middle the file ends, where it is known which one that is. */
const cutRecord = (view: ComparisonView, side: Side): RejectedRecord | undefined => {
  const [first, ...others] = view.rejected[side];
  // Of the others that are not listed, or of another file, one may be the last.
  const isListed = others.length + 1 === view.counts.rejected[side] && others.every(({ file }) => file === first?.file);
  const isCut = view.sources[side].notes.some(({ id }) => id === 'truncated-last-record');
  if (!first || !isListed || !isCut) return undefined;
  return others.reduce((last, one) => ((one.line ?? 0) > (last.line ?? 0) ? one : last), first);
};

/** Keys of the records of a side that could not be read, by why; only what stands before the fault is a key. */
const keysOf = rememberFor((view: ComparisonView) => {
  const of = (side: Side): ReadonlyMap<string, Why> => {
    const { columns, delimiter = ',' } = view.sources[side];
    const places = view.columns
      .filter(({ key }) => key)
      .map((column) => columns.findIndex(({ name }) => name === column[side]));
    if (places.length === 0 || places.some((place) => place < 0)) return new Map();
    const most = Math.max(...places) + 1;
    const cut = cutRecord(view, side);
    return new Map(
      view.rejected[side].flatMap((record) => {
        const { shown = '' } = record;
        const why = record === cut ? 'cut-record' : record.why;
        const fields = firstFields(shown, delimiter, most);
        const key = places.map((place) => fields[place] ?? '');
        return key.some((part) => part === '') ? [] : [[key.join(between), why] as const];
      }),
    );
  };
  return { left: of('left'), right: of('right') };
});

const hypothesisOf = (side: Side, whys: readonly Why[]): RowsHypothesis => {
  const isRefused = (values: readonly string[], view: ComparisonView): boolean => {
    const key = view.columns
      .filter((column) => column.key)
      .map(({ at }) => values[at] ?? '')
      .join(between);
    const why = keysOf(view)[side].get(key);
    return why !== undefined && whys.includes(why);
  };
  const population = side === 'right' ? 'missing' : 'extra';
  return rowsHypothesis<Refused>({
    effect: 'wrong',
    population,
    evenFew: true,
    // The record with this very key is there, and could not be read.
    ownChance: true,
    propose: (view) =>
      keysOf(view)[side].size > 0 && view[population].some(({ values }) => isRefused(values, view))
        ? [{ params: { side, refused: true } }]
        : [],
    holds: ({ values }, _, view) => isRefused(values, view),
  });
};

/** Records that are on one side only because those of the other side are refused by how they are written. */
export const refusedRecords = (...whys: readonly Why[]): readonly RowsHypothesis[] => [
  hypothesisOf('right', whys),
  hypothesisOf('left', whys),
];
