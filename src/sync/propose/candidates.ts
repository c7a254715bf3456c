import type { ColumnType } from '../../model/sync/column.ts';
import type { SourceRow } from '../../model/sync/source.ts';
import { columnPairs, likest } from './column-pairs.ts';
import { type Header, likeness } from './header.ts';
import type { Look } from './looks.ts';

/** What kind of identity a key is. */
type KeyKind = 'id' | 'email' | 'phone' | 'other' | 'person';

/** Columns that may be the key of their side. */
export interface Candidate {
  readonly looks: readonly Look[];
  readonly kind: KeyKind;
}

const mostSingles = 6;
const mostParts = 10;
const longest = 64;

const neverAlone: ReadonlySet<ColumnType | undefined> = new Set<ColumnType>([
  'timestamp',
  'date',
  'amount',
  'address',
  'postcode',
  'boolean',
  'picklist',
  'multi-picklist',
  'name',
  'company',
]);
const never: ReadonlySet<ColumnType | undefined> = new Set<ColumnType>([
  'amount',
  'address',
  'boolean',
  'multi-picklist',
]);
const personal: ReadonlySet<ColumnType | undefined> = new Set<ColumnType>([
  'name',
  'company',
  'email',
  'phone',
  'postcode',
]);

/** What changes while a record lives, or says when it did. */
const passing = ['status', 'owner', 'updated', 'created', 'notes', 'source', 'tags', 'title', 'department'];

/** What is counted or paid: of two records it is the same by chance, and different by chance. */
const measured = ['amount', 'price', 'revenue', 'quantity'];

const says = ({ header }: Look, meaning: string): boolean => header.meanings.has(meaning);

const kindOf = (look: Look): KeyKind => {
  if (look.type === 'email' || look.type === 'phone') return look.type;
  if (says(look, 'id') || look.type === 'id' || look.type === 'reference') return 'id';
  return personal.has(look.type) ? 'person' : 'other';
};

const isMeasured = (look: Look): boolean => measured.some((meaning) => says(look, meaning)) && !says(look, 'id');

/** Of a person, and may change with it or be that of another one. */
const isPersonal = (look: Look): boolean => personal.has(look.type) || says(look, 'birthday') || says(look, 'gender');

/** A number that is not called an id. */
const isMereNumber = (look: Look): boolean => look.type === 'number' && kindOf(look) === 'other';

/** Whether neither side says that the one column of the key is more than a number. */
export const isMereKey = (left: Candidate, right: Candidate): boolean =>
  [left, right].every(({ looks: [look, ...more] }) => look !== undefined && more.length === 0 && isMereNumber(look));

/** Columns that tell most rows apart, the likeliest first. */
export const singlesOf = (looks: readonly Look[], others: readonly Look[]): readonly Candidate[] => {
  const likeOf = likest(others);
  const worth = (look: Look): number =>
    look.unique * Math.min(1, look.filled * 2) +
    { id: 0.6, email: 0.4, phone: 0.2, other: 0, person: 0 }[kindOf(look)] +
    likeOf(look) / 2;
  return looks
    .filter(
      (look) =>
        !neverAlone.has(look.type) &&
        !isMeasured(look) &&
        !says(look, 'notes') &&
        look.unique >= 0.5 &&
        look.filled >= 0.05 &&
        look.length <= longest,
    )
    .map((look) => ({ look, worth: worth(look) }))
    .toSorted((a, b) => b.worth - a.worth)
    .slice(0, mostSingles)
    .map(({ look }) => ({ looks: [look], kind: kindOf(look) }));
};

/** Whether a value of one column may be one of the other. */
export const mayMeet = (one: Candidate, other: Candidate): boolean =>
  one.looks.length === other.looks.length && (one.kind === 'email') === (other.kind === 'email');

export const headersLike = (one: Candidate, other: Candidate): number =>
  one.looks.reduce((least, { header }, at) => {
    const header2: Header | undefined = other.looks[at]?.header;
    return Math.min(least, header2 ? likeness(header, header2) : 0);
  }, 1);

/** Of how many rows that have all parts, a share, no other has the same. */
const tellsApart = (rows: readonly SourceRow[], positions: readonly number[]): number => {
  const seen = new Set<string>();
  let filled = 0;
  for (const row of rows) {
    const parts = positions.map((at) => row[at] ?? '');
    if (parts.some((part) => part === '')) continue;
    filled += 1;
    seen.add(parts.join('\u0000'));
  }
  return rows.length === 0 || filled < rows.length * 0.8 ? 0 : seen.size / filled;
};

/** Of a column, its different values among the first rows; each is gone through once. */
const valuesOf = (rows: readonly SourceRow[]): ((look: Look) => ReadonlySet<string>) => {
  const known = new Map<number, ReadonlySet<string>>();
  return ({ at }) => {
    const values = known.get(at) ?? new Set(rows.flatMap((row) => (row[at] ? [row[at] ?? ''] : [])));
    known.set(at, values);
    return values;
  };
};

const haveInCommon = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => {
  let both = 0;
  for (const value of a) if (b.has(value)) both += 1;
  return both >= 3 && both >= 0.3 * Math.min(a.size, b.size);
};

/** Two or three columns together that tell the rows of both sides apart, where no single one does. */
export const compositesOf = (
  left: { readonly head: readonly SourceRow[]; readonly looks: readonly Look[] },
  right: { readonly head: readonly SourceRow[]; readonly looks: readonly Look[] },
): readonly (readonly [Candidate, Candidate])[] => {
  const fits = (look: Look): boolean =>
    !never.has(look.type) &&
    // A time at which something was written tells rows apart by chance, and so does what was measured.
    look.type !== 'timestamp' &&
    !isMeasured(look) &&
    !(isMereNumber(look) && look.unique >= 0.5 && look.unique < 1) &&
    look.filled >= 0.8 &&
    look.length <= longest &&
    look.length > 0 &&
    !passing.some((meaning) => says(look, meaning));
  const values = { left: valuesOf(left.head), right: valuesOf(right.head) };
  const parts = columnPairs(left.looks.filter(fits), right.looks.filter(fits))
    .flatMap(({ left: look, right: other, like }) => {
      // Without a name in common, only values that say much.
      if (like < 0.6 && Math.min(look.unique, other.unique) < 0.2) return [];
      if (!haveInCommon(values.left(look), values.right(other))) return [];
      const kind = kindOf(look);
      const worth = like + look.unique + (kind === 'id' ? 1 : 0) - (kind === 'person' ? 1 : 0);
      return [{ look, other, worth }];
    })
    .toSorted((a, b) => b.worth - a.worth)
    .slice(0, mostParts);
  const sets = (size: number): (readonly (typeof parts)[number][])[] => {
    const grow = (chosen: readonly (typeof parts)[number][], from: number): (readonly (typeof parts)[number][])[] =>
      chosen.length === size
        ? [chosen]
        : parts.slice(from).flatMap((part, at) => grow([...chosen, part], from + at + 1));
    return grow([], 0).filter(
      (set) =>
        new Set(set.map(({ look }) => look.at)).size === size &&
        new Set(set.map(({ other }) => other.at)).size === size,
    );
  };
  const rows = { left: left.head.slice(0, 3000), right: right.head.slice(0, 3000) };
  const tellApart = (set: readonly (typeof parts)[number][]): boolean =>
    tellsApart(
      rows.left,
      set.map(({ look }) => look.at),
    ) >= 0.98 &&
    tellsApart(
      rows.right,
      set.map(({ other }) => other.at),
    ) >= 0.98;
  // What tells rows apart alone and is no key, such as a time, makes none of whatever stands beside it.
  const enough = new Set(parts.filter((part) => tellApart([part])));
  const good = (set: readonly (typeof parts)[number][]): boolean =>
    !set.some((part) => enough.has(part)) && tellApart(set);
  const candidateOf = (looks: readonly Look[]): Candidate => ({
    looks,
    kind: looks.every(isPersonal) ? 'person' : 'other',
  });
  const worthOf = (set: readonly (typeof parts)[number][]): number =>
    set.reduce((sum, { worth }) => sum + worth, 0) / set.length;
  const pairs = sets(2).filter(good);
  return (pairs.length > 0 ? pairs : sets(3).filter(good))
    .toSorted((a, b) => worthOf(b) - worthOf(a))
    .slice(0, 4)
    .map((set) => [candidateOf(set.map(({ look }) => look)), candidateOf(set.map(({ other }) => other))] as const);
};
