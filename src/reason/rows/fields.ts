import type { ColumnRole, ColumnType } from '../../model/sync/column.ts';
import type { ComparisonView, SeenRow } from '../../model/sync/view.ts';
import { oncePerView } from './memo.ts';

/** A column of one side, compared or not: what was not mapped often holds the reason (deleted, record type, source). */
export interface SideField {
  readonly name: string;
  readonly type: ColumnType;
  readonly role?: ColumnRole;
  /** Position among the compared columns; undefined: it is on this side only. */
  readonly at?: number;
  /** Values of the rows that are on this side only (missing or extra), then of those that are present. */
  readonly alone: readonly string[];
  readonly present: readonly string[];
}

/** Nobody asks for the values of all columns: each list is made when it is asked for. */
const lazily = (
  field: Omit<SideField, 'alone' | 'present'>,
  make: { readonly alone: () => readonly string[]; readonly present: () => readonly string[] },
): SideField => {
  let [alone, present]: (readonly string[] | undefined)[] = [];
  return {
    ...field,
    get alone() {
      alone ??= make.alone();
      return alone;
    },
    get present() {
      present ??= make.present();
      return present;
    },
  };
};

const fieldsOf = (side: 'left' | 'right') =>
  oncePerView((view): readonly SideField[] => {
    const rows = side === 'left' ? view.missing : view.extra;
    const compared = view.columns
      .filter(({ key }) => !key)
      .map(
        (column): SideField =>
          lazily(
            {
              name: column[side],
              type: column.type,
              ...(column.role === undefined ? {} : { role: column.role }),
              at: column.at,
            },
            {
              alone: () => rows.map(({ values }) => values[column.at] ?? ''),
              present: () => view.present.map(({ pair }) => pair[side][column.at] ?? ''),
            },
          ),
      );
    const own = view.unmapped[side].map(({ column, ofAlone, ofPresent }): SideField => {
      const role = side === 'left' ? view.config.fields?.[column.name]?.role : undefined;
      return {
        name: column.name,
        type: column.type ?? 'text',
        ...(role === undefined ? {} : { role }),
        alone: ofAlone,
        present: ofPresent,
      };
    });
    return [...compared, ...own];
  });

const bySide = { left: fieldsOf('left'), right: fieldsOf('right') };

export const fieldsOn = (view: ComparisonView, side: 'left' | 'right'): readonly SideField[] => bySide[side](view);

interface Place {
  readonly among: 'alone' | 'present';
  readonly at: number;
}

const placesOf = (side: 'left' | 'right') =>
  oncePerView((view): ReadonlyMap<SeenRow, Place> => {
    const alone = side === 'left' ? view.missing : view.extra;
    return new Map<SeenRow, Place>([
      ...alone.map((row, at) => [row, { among: 'alone', at }] as const),
      ...view.present.map((one, at) => [one[side], { among: 'present', at }] as const),
    ]);
  });

const places = { left: placesOf('left'), right: placesOf('right') };

/** Where a row stands in the samples of its side. */
const placeOf = (view: ComparisonView, side: 'left' | 'right', row: SeenRow): Place | undefined =>
  places[side](view).get(row);

const byName = {
  left: oncePerView((view) => new Map(bySide.left(view).map((field) => [field.name, field]))),
  right: oncePerView((view) => new Map(bySide.right(view).map((field) => [field.name, field]))),
};

/** The value of a column, compared or not, in a row of this side. */
export const valueOn = (view: ComparisonView, side: 'left' | 'right', row: SeenRow, name: string): string => {
  const field = byName[side](view).get(name);
  if (!field) return '';
  if (field.at !== undefined) return row.values[field.at] ?? '';
  const place = placeOf(view, side, row);
  return place ? (field[place.among][place.at] ?? '') : '';
};

const keyAt = oncePerView((view) => {
  const keys = view.columns.filter(({ key }) => key);
  return keys.length === 1 ? keys[0]?.at : undefined;
});

/** The key of a row; undefined where it is made of several columns. */
export const keyOf = (view: ComparisonView, { values }: SeenRow): string | undefined => {
  const at = keyAt(view);
  return at === undefined ? undefined : values[at];
};
