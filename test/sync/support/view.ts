import { type Contact, contacts, seeded } from '../../../fixtures/sync/contacts.ts';
import type { SyncCause } from '../../../src/model/sync/cause.ts';
import type { ColumnRole, ColumnType, ComparedColumn, SourceColumn } from '../../../src/model/sync/column.ts';
import type { Explained } from '../../../src/model/sync/comparison.ts';
import type { SourceFacts } from '../../../src/model/sync/source.ts';
import type { SyncConfig } from '../../../src/model/sync/subject.ts';
import type { ComparisonView, SeenRow, SyncTimes } from '../../../src/model/sync/view.ts';
import { diagnose } from '../../../src/sync/diagnose/diagnose.ts';

export { type Contact, contacts, seeded };

export interface ViewOptions {
  readonly key?: string;
  readonly keyRight?: string;
  readonly types?: Readonly<Record<string, ColumnType>>;
  readonly roles?: Readonly<Record<string, ColumnRole>>;
  readonly times?: Partial<SyncTimes>;
  readonly config?: Partial<SyncConfig>;
  readonly leftColumns?: Readonly<Record<string, Partial<SourceColumn>>>;
  readonly rightColumns?: Readonly<Record<string, Partial<SourceColumn>>>;
  readonly leftFacts?: Partial<SourceFacts>;
  readonly rightFacts?: Partial<SourceFacts>;
  readonly absent?: ComparisonView['absent'];
}

/** The types and roles of `contacts`. */
const types: Readonly<Record<string, ColumnType>> = {
  id: 'id',
  name: 'name',
  kana: 'name',
  company: 'company',
  email: 'email',
  phone: 'phone',
  postcode: 'postcode',
  address: 'address',
  stage: 'picklist',
  owner: 'reference',
  amount: 'amount',
  birthday: 'date',
  created_at: 'timestamp',
  updated_at: 'timestamp',
};
const roles: Readonly<Record<string, ColumnRole>> = {
  created_at: 'created-at',
  updated_at: 'updated-at',
  owner: 'owner',
};

const facts = (name: string, rows: readonly Contact[], more: Partial<SourceFacts>): SourceFacts => ({
  format: 'csv',
  name,
  columns: Object.keys(rows[0] ?? {}).map((column) => ({ name: column })),
  rows: { count: rows.length, exact: true },
  notes: [],
  ...more,
});

const ranksIn = (rows: readonly Contact[], column: string | undefined): ReadonlyMap<Contact, number> => {
  if (column === undefined) return new Map();
  const ordered = rows.toSorted((a, b) => ((a[column] ?? '') < (b[column] ?? '') ? -1 : 1));
  return new Map(ordered.map((row, at) => [row, at]));
};

/** Two small tables as the statistics see them; everything is in the samples. Columns of equal name are compared. */
export const viewOf = (
  left: readonly Contact[],
  right: readonly Contact[],
  options: ViewOptions = {},
): ComparisonView => {
  const { key = 'id', keyRight = key } = options;
  const [leftNames, rightNames] = [Object.keys(left[0] ?? {}), Object.keys(right[0] ?? {})];
  const typeOf = { ...types, ...options.types };
  const roleOf: Readonly<Record<string, ColumnRole>> = { ...roles, ...options.roles };
  const mapped = leftNames.filter((name) => (name === key ? rightNames.includes(keyRight) : rightNames.includes(name)));
  const columns = mapped.map((name, at): ComparedColumn => {
    const role = roleOf[name];
    const rightName = name === key ? keyRight : name;
    return {
      at,
      left: name,
      right: rightName,
      type: typeOf[name] ?? 'text',
      typeFrom: 'configuration',
      ...(role === undefined ? {} : { role }),
      key: name === key,
      leftSource: { name, ...options.leftColumns?.[name] },
      rightSource: { name: rightName, ...options.rightColumns?.[rightName] },
    };
  });
  const valuesOf = (row: Contact, side: 'left' | 'right') => columns.map((column) => row[column[side]] ?? '');
  const updated = columns.find(({ role }) => role === 'updated-at');
  const created = columns.find(({ role }) => role === 'created-at');
  const seenOn = (side: 'left' | 'right', rows: readonly Contact[]) => {
    const file = new Map(rows.map((row, at) => [row, at]));
    const byKey = ranksIn(rows, side === 'left' ? key : keyRight);
    const byUpdated = ranksIn(rows, updated?.[side]);
    const byCreated = ranksIn(rows, created?.[side]);
    const ties = new Map<string, number>();
    for (const row of rows) {
      const at = row[updated?.[side] ?? ''] ?? '';
      ties.set(at, (ties.get(at) ?? 0) + 1);
    }
    return (row: Contact): SeenRow => ({
      values: valuesOf(row, side),
      ranks: {
        file: file.get(row) ?? 0,
        key: byKey.get(row) ?? 0,
        ...(updated ? { updated: byUpdated.get(row) ?? 0 } : {}),
        ...(created ? { created: byCreated.get(row) ?? 0 } : {}),
      },
      ...(updated ? { tie: ties.get(row[updated[side]] ?? '') ?? 1 } : {}),
    });
  };
  const [seenLeft, seenRight] = [seenOn('left', left), seenOn('right', right)];
  const grouped = (rows: readonly Contact[], name: string) => {
    const groups = new Map<string, Contact[]>();
    for (const row of rows) groups.set(row[name] ?? '', [...(groups.get(row[name] ?? '') ?? []), row]);
    return groups;
  };
  const [lefts, rights] = [grouped(left, key), grouped(right, keyRight)];
  const repeatedOf = (groups: ReadonlyMap<string, readonly Contact[]>) =>
    [...groups.values()].filter((group) => group.length > 1);
  const single = (groups: ReadonlyMap<string, readonly Contact[]>) =>
    [...groups].flatMap(([id, [row, ...more]]) => (row && more.length === 0 ? [[id, row] as const] : []));
  const pairs = single(lefts).flatMap(([id, row]) => {
    const [other, ...more] = rights.get(id) ?? [];
    return other && more.length === 0 ? [{ row, other }] : [];
  });
  const missing = single(lefts).filter(([id]) => !rights.has(id));
  const extra = single(rights).filter(([id]) => !lefts.has(id));
  const present = pairs.map(({ row, other }) => ({
    pair: { left: valuesOf(row, 'left'), right: valuesOf(other, 'right') },
    left: seenLeft(row),
    right: seenRight(other),
    row,
    other,
  }));
  const changed = present.filter(({ pair }) => columns.some(({ at }) => pair.left[at] !== pair.right[at]));
  const unmappedOf = (side: 'left' | 'right') =>
    (side === 'left' ? leftNames : rightNames)
      .filter((name) => !columns.some((column) => column[side] === name))
      .map((name) => ({
        column: { name, ...options[side === 'left' ? 'leftColumns' : 'rightColumns']?.[name] },
        ofPairs: changed.map(({ row, other }) => (side === 'left' ? row : other)[name] ?? ''),
        ofAlone: (side === 'left' ? missing : extra).map(([, row]) => row[name] ?? ''),
        ofPresent: present.map(({ row, other }) => (side === 'left' ? row : other)[name] ?? ''),
      }));
  const [leftTwice, rightTwice] = [repeatedOf(lefts), repeatedOf(rights)];
  const rowsIn = (groups: readonly (readonly Contact[])[]) => groups.reduce((total, { length }) => total + length, 0);
  return {
    config: {
      left: { kind: 'file', file: '/left.csv', encoding: 'auto' },
      right: { kind: 'file', file: '/right.csv', encoding: 'auto' },
      key: { left: [key], right: [keyRight], rules: [] },
      ignore: [],
      engine: { kind: 'local' },
      ...options.config,
    },
    columns,
    counts: {
      left: left.length,
      right: right.length,
      matched: present.length,
      equal: present.length - changed.length,
      changed: changed.length,
      missing: missing.length,
      extra: extra.length,
      repeated: {
        left: { keys: leftTwice.length, rows: rowsIn(leftTwice) },
        right: { keys: rightTwice.length, rows: rowsIn(rightTwice) },
      },
      rejected: { left: 0, right: 0 },
    },
    differing: columns.map(({ at }) => changed.filter(({ pair }) => pair.left[at] !== pair.right[at]).length),
    pairs: changed.map(({ pair }) => pair),
    present: present.map(({ pair, left: a, right: b }) => ({ pair, left: a, right: b })),
    missing: missing.map(([, row]) => seenLeft(row)),
    extra: extra.map(([, row]) => seenRight(row)),
    repeated: {
      left: leftTwice.map((group) => group.map(seenLeft)),
      right: rightTwice.map((group) => group.map(seenRight)),
    },
    unmapped: { left: unmappedOf('left'), right: unmappedOf('right') },
    absent: options.absent ?? [],
    sources: {
      left: facts('left.csv', left, options.leftFacts ?? {}),
      right: facts('right.csv', right, options.rightFacts ?? {}),
    },
    times: { now: Date.UTC(2026, 10, 25), runs: [], ...options.times },
    rejected: { left: [], right: [] },
    logged: [],
  };
};

/** What stands of these causes when two tables are compared, most differences first. */
export const explainedBy = async (
  causes: readonly SyncCause[],
  left: readonly Contact[],
  right: readonly Contact[],
  options: ViewOptions = {},
): Promise<readonly Explained[]> => (await diagnose(viewOf(left, right, options), causes, (text) => text)).explained;

/** The rows with a fault in a share of them. */
export const withFault = (
  rows: readonly Contact[],
  share: number,
  fault: (row: Contact, at: number) => Contact,
  seed = 7,
): readonly Contact[] => {
  const random = seeded(seed);
  return rows.map((row, at) => (random() < share ? fault(row, at) : row));
};

/** What people do to records by hand: 1 % of the rows, one column each, a value of another row. */
export const withHonestEdits = (rows: readonly Contact[], share = 0.01, seed = 11): readonly Contact[] => {
  const random = seeded(seed);
  const names = Object.keys(rows[0] ?? {}).filter((name) => name !== 'id');
  return rows.map((row) => {
    if (random() >= share) return row;
    const name = names[Math.floor(random() * names.length)] ?? 'notes';
    const other = rows[Math.floor(random() * rows.length)];
    return other ? { ...row, [name]: other[name] ?? '' } : row;
  });
};
