import type { Fault, Given, Sides } from '../../../fixtures/sync/faults/fault.ts';
import { withHonestNoise } from '../../../fixtures/sync/faults/honest.ts';
import { dice } from '../../../fixtures/sync/faults/random.ts';
import { nowMs, records, rolesOf, typesOf } from '../../../fixtures/sync/faults/table.ts';
import { diagnosesOfComparison } from '../../../src/cli/sync/diagnoses.ts';
import type { SyncCause } from '../../../src/model/sync/cause.ts';
import type { SourceColumn } from '../../../src/model/sync/column.ts';
import type { ComparisonFact } from '../../../src/model/sync/comparison.ts';
import type { OpenedSource, SourceFacts } from '../../../src/model/sync/source.ts';
import type { SyncConfig } from '../../../src/model/sync/subject.ts';
import { instantOf, momentOf } from '../../../src/reason/moments.ts';
import { equalUnder } from '../../../src/reason/values/normal-rules.ts';
import { compareSources, mapSources } from '../../../src/sync/compare.ts';
import { joinInMemory, sourceOf } from './in-memory.ts';
import type { Contact } from './view.ts';

const usualRows = 3000;

/** That something is left unexplained is said wherever it is so; it names no cause. */
export const rest = 'sync.unexplained';

/** Every row with the columns of the first one, in their order. */
const inOrder = (rows: readonly Contact[]): readonly Contact[] => {
  const names = Object.keys(rows[0] ?? {});
  return rows.map((row) => Object.fromEntries(names.map((name) => [name, row[name] ?? ''])));
};

const opened = (
  name: string,
  rows: readonly Contact[],
  columns: (name: string) => Partial<SourceColumn>,
  more: Partial<SourceFacts> = {},
): OpenedSource => {
  const source = sourceOf(name, rows);
  const facts: SourceFacts = {
    ...source.facts,
    columns: source.facts.columns.map((column) => ({ ...column, ...columns(column.name) })),
    ...more,
  };
  return { ...source, facts };
};

const configOf = (left: readonly Contact[], { fields, unlisted = [], leftSide }: Given): SyncConfig => ({
  left: leftSide ?? { kind: 'file', file: '/crm.csv', encoding: 'auto' },
  right: { kind: 'file', file: '/other.csv', encoding: 'auto' },
  key: { left: ['id'], right: ['id'], rules: [] },
  fields: Object.fromEntries(
    Object.keys(left[0] ?? {})
      .filter((name) => name !== 'id' && !unlisted.includes(name))
      .map((name) => {
        const role = rolesOf[name];
        return [name, { ...(role === undefined ? {} : { role }), ...fields?.[name] }];
      }),
  ),
  ignore: [],
  engine: { kind: 'local' },
});

/** The whole way from two tables to the causes in the order of the report; the left one tells its types, as a CRM does. */
export const diagnosed = async (
  { left, right, given }: Sides,
  causes: readonly SyncCause[],
): Promise<{ readonly named: readonly string[]; readonly fact: ComparisonFact }> => {
  const [a, b] = [inOrder(left), inOrder(right)];
  const config = configOf(a, given);
  const sides = {
    config,
    left: opened(
      'crm',
      a,
      (name) => {
        const type = typesOf[name];
        return { ...(type === undefined ? {} : { type }), ...given.leftColumns?.[name] };
      },
      given.leftFacts,
    ),
    right: opened('other', b, (name) => given.rightColumns?.[name] ?? {}, given.rightFacts),
  };
  const mapped = await mapSources(sides, new AbortController().signal);
  if (mapped.kind !== 'mapped') throw new Error(JSON.stringify(mapped));
  const { mapping } = mapped;
  const joined = await joinInMemory(a, b)(mapping);
  const { rightRejected = [] } = given;
  const { fact } = await compareSources({
    ...sides,
    causes,
    times: { now: nowMs, runs: [], ...given.times },
    logged: given.logged ?? [],
    mapping,
    joined: {
      ...joined,
      rejected: { left: [], right: rightRejected.slice(0, 1000) },
      counts: { ...joined.counts, rejected: { left: 0, right: rightRejected.length } },
    },
    equalUnder,
    momentOf: (value) => {
      const moment = momentOf(value);
      return moment && instantOf(moment);
    },
    printable: (text) => text,
    elapsed: () => 1,
  });
  const named = diagnosesOfComparison(fact, causes, {
    label: 'sync',
    language: 'en',
    command: 'crm-doctor sync',
  }).map(({ cause }) => cause);
  return { named, fact };
};

/** The middle setting, or the one that takes the fewest records. */
export const usual = ({ settings }: Fault): number => {
  const rows = settings.map((one) => one.rows ?? 0);
  const least = Math.min(...rows);
  return rows[1] === least ? 1 : rows.indexOf(least);
};

/** Two sides in which nothing is wrong but what people do. */
export const honestSides = (rows: number, seed: number): Sides => {
  const left = records(rows, seed);
  return withHonestNoise({ left, right: left, given: {} }, dice(seed + 1));
};

interface Stacked {
  readonly fault: Fault;
  readonly setting: number;
}

/** Two sides with these faults, one after another, and the honest noise on top. */
export const faultySides = (stacked: readonly Stacked[], seed: number, most = Number.POSITIVE_INFINITY): Sides => {
  const settings = stacked.flatMap(({ fault, setting }) => fault.settings[setting] ?? []);
  // One fault may take records from the other.
  const more = stacked.length > 1 ? 1.5 : 1;
  const rows = Math.round(more * Math.max(...settings.map((one) => one.rows ?? Math.min(most, usualRows))));
  const left = records(rows, seed);
  const d = dice(seed + 17);
  const plain: Sides = { left, right: left, given: {} };
  const atReading = stacked.some(({ fault }) => fault.atReading);
  const made = settings.reduce<Sides>(
    (sides, { make }) => make(sides, d),
    atReading ? withHonestNoise(plain, d) : plain,
  );
  return atReading ? made : withHonestNoise(made, d);
};

export interface Cell {
  readonly cause: string;
  readonly way: string;
  readonly setting: string;
  readonly seed: number;
  readonly named: readonly string[];
  /** Named before all others. */
  readonly first: boolean;
  readonly falsely: readonly string[];
}

export const cellOf = async (
  fault: Fault,
  setting: number,
  seed: number,
  causes: readonly SyncCause[],
  most?: number,
): Promise<Cell & { readonly fact: ComparisonFact }> => {
  const { named, fact } = await diagnosed(faultySides([{ fault, setting }], seed, most), causes);
  const { label = '', also = [] } = fault.settings[setting] ?? {};
  return {
    cause: fault.cause,
    way: fault.way ?? '',
    setting: label,
    seed,
    named,
    first: named.find((one) => !also.includes(one)) === fault.cause,
    falsely: named.filter((one) => one !== fault.cause && one !== rest && !also.includes(one)),
    fact,
  };
};

export interface StackedCell {
  readonly causes: readonly string[];
  readonly settings: readonly string[];
  readonly named: readonly string[];
  /** Both are named before all others. */
  readonly first: boolean;
  readonly falsely: readonly string[];
}

/** What two faults that change the same things would make of each other nobody can tell. */
const meet = (one: Fault, other: Fault): boolean =>
  one.cause === other.cause ||
  [one, other].some(({ touches }) => touches.includes('every column') || touches.includes('id')) ||
  one.touches.some((place) => other.touches.includes(place)) ||
  // A row that is missing cannot differ as well, and the cause of rows is looked for among all of them.
  (one.atReading ?? false) !== (other.atReading ?? false);

/** So many pairs of faults in different columns and populations, drawn by a seed. */
export const stackedFaults = (
  faults: readonly Fault[],
  count: number,
  seed: number,
): readonly (readonly [Stacked, Stacked])[] => {
  const d = dice(seed);
  const pairs: (readonly [Stacked, Stacked])[] = [];
  while (pairs.length < count) {
    const [one, other] = [d.pick(faults), d.pick(faults)];
    if (meet(one, other)) continue;
    const drawn = (fault: Fault): Stacked => ({ fault, setting: d.below(fault.settings.length) });
    pairs.push([drawn(one), drawn(other)]);
  }
  return pairs;
};

export const stackedCell = async (
  stacked: readonly [Stacked, Stacked],
  seed: number,
  causes: readonly SyncCause[],
  most?: number,
): Promise<StackedCell> => {
  const { named } = await diagnosed(faultySides(stacked, seed, most), causes);
  const wanted = stacked.map(({ fault }) => fault.cause);
  const settings = stacked.flatMap(({ fault, setting }) => fault.settings[setting] ?? []);
  const also = settings.flatMap((one) => one.also ?? []);
  const counted = named.filter((one) => !also.includes(one) || wanted.includes(one));
  return {
    causes: stacked.map(({ fault: { cause, way } }) => (way === undefined ? cause : `${cause} (${way})`)),
    settings: settings.map(({ label }) => label),
    named,
    first: wanted.every((cause) => counted.slice(0, 2).includes(cause)),
    falsely: counted.filter((one) => !wanted.includes(one) && one !== rest),
  };
};

/** What is named of two sides with which nothing is wrong. */
export const cleanCell = async (
  rows: number,
  seed: number,
  causes: readonly SyncCause[],
): Promise<readonly string[]> => {
  const { named } = await diagnosed(honestSides(rows, seed), causes);
  return named.filter((one) => one !== rest);
};
