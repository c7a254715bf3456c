import type { OpenedSource, SourceFacts } from '../../../src/model/sync/source.ts';
import type { Address, Joined, PairAddress } from '../../../src/sync/joined.ts';
import type { ColumnMapping } from '../../../src/sync/mapping/map-columns.ts';
import type { Contact } from './view.ts';

/** A side that stands in memory. */
export const sourceOf = (name: string, rows: readonly Contact[]): OpenedSource => {
  const names = Object.keys(rows[0] ?? {});
  const facts: SourceFacts = {
    format: 'csv',
    name,
    columns: names.map((column) => ({ name: column })),
    rows: { count: rows.length, exact: true },
    notes: [],
  };
  return {
    facts,
    rows: async function* () {
      yield { kind: 'rows', rows: rows.map((row) => names.map((column) => row[column] ?? '')) };
    },
    close: async () => {},
  };
};

/** The plainest join: maps of whole rows, addresses are indices. What a quicker one has to agree with. */
export const joinInMemory = (left: readonly Contact[], right: readonly Contact[], sample = 50_000) => {
  const fieldsOf = (row: Contact): readonly string[] => Object.values(row);
  const sides = { left: left.map(fieldsOf), right: right.map(fieldsOf) };
  return async (mapping: ColumnMapping): Promise<Joined> => {
    const { columns, positions } = mapping;
    const value = (side: 'left' | 'right', address: Address, at: number): string =>
      sides[side][address]?.[positions[side][at] ?? -1] ?? '';
    const keyOf = (side: 'left' | 'right', address: Address): string =>
      JSON.stringify(columns.filter(({ key }) => key).map(({ at }) => value(side, address, at)));
    const grouped = (side: 'left' | 'right') => {
      const groups = new Map<string, Address[]>();
      for (const address of sides[side].keys()) {
        const key = keyOf(side, address);
        const group = groups.get(key);
        if (group) group.push(address);
        else groups.set(key, [address]);
      }
      return groups;
    };
    const groups = { left: grouped('left'), right: grouped('right') };
    const single = (side: 'left' | 'right') =>
      [...groups[side]].flatMap(([key, [address, ...more]]) =>
        address !== undefined && more.length === 0 ? [{ key, address }] : [],
      );
    const repeatedOf = (side: 'left' | 'right') => [...groups[side].values()].filter(({ length }) => length > 1);
    const present = single('left').flatMap(({ key, address }): PairAddress[] => {
      const [other, ...more] = groups.right.get(key) ?? [];
      return other !== undefined && more.length === 0 ? [{ left: address, right: other }] : [];
    });
    const differs = ({ left: a, right: b }: PairAddress, at: number): boolean =>
      value('left', a, at) !== value('right', b, at);
    const changed = present.filter((pair) => columns.some(({ at }) => differs(pair, at)));
    const missing = single('left').flatMap(({ key, address }) => (groups.right.has(key) ? [] : [address]));
    const extra = single('right').flatMap(({ key, address }) => (groups.left.has(key) ? [] : [address]));
    const repeated = { left: repeatedOf('left'), right: repeatedOf('right') };
    const counted = (side: 'left' | 'right') => ({
      keys: repeated[side].length,
      rows: repeated[side].reduce((total, { length }) => total + length, 0),
    });
    return {
      counts: {
        left: left.length,
        right: right.length,
        matched: present.length,
        equal: present.length - changed.length,
        changed: changed.length,
        missing: missing.length,
        extra: extra.length,
        repeated: { left: counted('left'), right: counted('right') },
        rejected: { left: 0, right: 0 },
      },
      differing: columns.map(({ at }) => changed.filter((pair) => differs(pair, at)).length),
      pairs: changed.slice(0, sample),
      present: present.slice(0, sample),
      missing: missing.slice(0, sample),
      extra: extra.slice(0, sample),
      repeated,
      rejected: { left: [], right: [] },
      temporaryBytes: 0,
      read: async (side, addresses, positions) =>
        Array.from(addresses, (address) => {
          const row = sides[side][address] ?? [];
          return positions ? positions.map((at) => row[at] ?? '') : row;
        }),
      eachChanged: async function* () {
        const valuesOf = (side: 'left' | 'right', address: Address) =>
          columns.map(({ at }) => value(side, address, at));
        yield changed.map((pair) => ({ left: valuesOf('left', pair.left), right: valuesOf('right', pair.right) }));
      },
      eachAlone: async function* (side) {
        yield (side === 'left' ? missing : extra).map((address) => sides[side][address] ?? []);
      },
      aloneAt: (side) => [Float64Array.from(side === 'left' ? missing : extra)],
      find: async (side, { keep, most }) =>
        [...sides[side].keys()].filter((address) => keep(sides[side][address] ?? [])).slice(0, most),
      places: async (side, addresses, at) => {
        const all = sides[side].map((row, address) => ({ row, address }));
        const orders = at.map((position) => {
          const valueIn = (row: readonly string[]): string => row[position] ?? '';
          const values = addresses.map((address) => valueIn(sides[side][address] ?? []));
          const numeric = values.every((value) => /^\d{1,15}$/.test(value));
          const order = ({ row }: (typeof all)[number]) => (numeric ? Number(valueIn(row)) : valueIn(row));
          const sorted = all.toSorted(
            (a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0) || a.address - b.address,
          );
          const rankOf = new Map(sorted.map(({ address }, rank) => [address, rank]));
          const ties = new Map<string, number>();
          for (const { row } of all) ties.set(valueIn(row), (ties.get(valueIn(row)) ?? 0) + 1);
          return {
            rank: addresses.map((address) => rankOf.get(address) ?? 0),
            tie: values.map((value) => ties.get(value) ?? 0),
          };
        });
        return { file: addresses, orders };
      },
    };
  };
};
