import type { ComparedColumn, SourceColumn } from '../../model/sync/column.ts';
import type { FieldConfig, SyncConfig } from '../../model/sync/subject.ts';
import { guessType } from './guess-type.ts';
import { roleOfNames } from './roles.ts';

/** A side as the mapping sees it: its columns and a few of its rows. */
export interface MappedSide {
  readonly columns: readonly SourceColumn[];
  readonly sample: readonly (readonly string[])[];
}

/** Which column of the left is held against which of the right. */
export interface ColumnMapping {
  readonly columns: readonly ComparedColumn[];
  /** By compared column: its position in the records of each side. */
  readonly positions: { readonly left: readonly number[]; readonly right: readonly number[] };
  /** Positions of the columns that are compared with nothing, and not ignored. */
  readonly unmapped: { readonly left: readonly number[]; readonly right: readonly number[] };
  /** Columns that the configuration names and the data does not have. */
  readonly absent: readonly { readonly side: 'left' | 'right'; readonly name: string; readonly key: boolean }[];
}

/** Of a name that occurs twice the first column counts; the source has noted it. */
const positionsOf = (columns: readonly SourceColumn[]): ReadonlyMap<string, number> => {
  const positions = new Map<string, number>();
  for (const [at, { name }] of columns.entries()) if (!positions.has(name)) positions.set(name, at);
  return positions;
};

const typed = (
  left: SourceColumn,
  right: SourceColumn,
  field: FieldConfig | undefined,
  values: () => readonly string[],
): Pick<ComparedColumn, 'type' | 'typeFrom'> => {
  if (field?.as !== undefined && field.asFrom === undefined) return { type: field.as, typeFrom: 'configuration' };
  const told = left.type ?? right.type;
  // A database's text is any text: what is in it says more.
  if (told !== undefined && told !== 'text') return { type: told, typeFrom: 'source' };
  if (field?.as !== undefined) return { type: field.as, typeFrom: 'values' };
  const guessed = guessType(left.name, values());
  return guessed ? { type: guessed.type, typeFrom: 'values' } : { type: 'text', typeFrom: 'none' };
};

/** A role that nobody states is that of the first column whose names say it. */
const withRoles = (columns: readonly ComparedColumn[]): readonly ComparedColumn[] => {
  const taken = new Set(columns.flatMap(({ role }) => role ?? []));
  return columns.map((column) => {
    if (column.role !== undefined || column.key) return column;
    const role = roleOfNames(column.left, column.right, column.type);
    if (role === undefined || taken.has(role)) return column;
    taken.add(role);
    return { ...column, role };
  });
};

/** Brings the columns of both sides together: the key first, then what the configuration names, else all of equal name. */
export const mapColumns = (
  left: MappedSide,
  right: MappedSide,
  { key, fields, ignore }: Pick<SyncConfig, 'key' | 'fields' | 'ignore'>,
): ColumnMapping => {
  const [lefts, rights] = [positionsOf(left.columns), positionsOf(right.columns)];
  const wanted: { readonly left: string; readonly right: string; readonly key: boolean }[] = key.left.map(
    (name, at) => ({ left: name, right: key.right[at] ?? name, key: true }),
  );
  const isKey = (name: string): boolean => key.left.includes(name);
  if (fields) {
    for (const [name, field] of Object.entries(fields)) {
      if (!isKey(name)) wanted.push({ left: name, right: field.right ?? name, key: false });
    }
  } else {
    const taken = new Set([...key.left, ...key.right]);
    for (const { name } of left.columns) {
      if (taken.has(name) || !rights.has(name)) continue;
      taken.add(name);
      wanted.push({ left: name, right: name, key: false });
    }
  }
  const ignored = new Set(ignore);
  const kept = wanted.filter((one) => one.key || !(ignored.has(one.left) || ignored.has(one.right)));
  const absent = kept.flatMap((one) => [
    ...(lefts.has(one.left) ? [] : [{ side: 'left' as const, name: one.left, key: one.key }]),
    ...(rights.has(one.right) ? [] : [{ side: 'right' as const, name: one.right, key: one.key }]),
  ]);
  const found = kept.flatMap((one) => {
    const [a, b] = [lefts.get(one.left), rights.get(one.right)];
    const [leftSource, rightSource] = [left.columns[a ?? -1], right.columns[b ?? -1]];
    return a !== undefined && b !== undefined && leftSource && rightSource
      ? [{ ...one, a, b, leftSource, rightSource }]
      : [];
  });
  const stated = found.map((one, at): ComparedColumn => {
    const field = fields?.[one.left];
    const values = () => left.sample.map((row) => row[one.a] ?? '');
    return {
      at,
      left: one.left,
      right: one.right,
      ...typed(one.leftSource, one.rightSource, field, values),
      ...(field?.role === undefined ? {} : { role: field.role }),
      key: one.key,
      leftSource: one.leftSource,
      rightSource: one.rightSource,
      ...(field?.tolerance === undefined ? {} : { tolerance: field.tolerance }),
    };
  });
  const columns = withRoles(stated);
  const restOf = (side: 'a' | 'b', all: readonly SourceColumn[]): readonly number[] => {
    const used = new Set(found.map((one) => one[side]));
    return all.flatMap(({ name }, at) => (used.has(at) || ignored.has(name) ? [] : [at]));
  };
  return {
    columns,
    positions: { left: found.map(({ a }) => a), right: found.map(({ b }) => b) },
    unmapped: { left: restOf('a', left.columns), right: restOf('b', right.columns) },
    absent,
  };
};
