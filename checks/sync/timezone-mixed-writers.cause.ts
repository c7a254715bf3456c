import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { ComparisonView, RowPair } from '../../src/model/sync/view.ts';
import { modesOf } from '../../src/reason/rows/modes.ts';
import type { Zones } from '../../src/reason/rows/moment-pairs.ts';
import { differingColumns, momentsOf, shiftOf, valuesAt, zonesOf } from '../../src/reason/rows/moment-pairs.ts';
import { runAgain, textOf } from './value-words.ts';

/** Which writer shifts times by how many minutes; writers that do not are left out. */
interface Shifting {
  /** Absent: a column that only one side has. */
  readonly by?: number;
  readonly name: string;
  readonly side: 'left' | 'right';
  readonly minutes: Readonly<Record<string, number>>;
}

interface Writers extends Zones, Shifting, Readonly<Record<string, unknown>> {}

const mostWriters = 50;
const fewest = 20;

const shiftIn = (pair: RowPair, at: number, zones: Zones): number | undefined => {
  const moments = momentsOf(valuesAt(pair, at));
  if (!moments?.left.timed || !moments.right.timed) return undefined;
  const minutes = shiftOf(moments, zones) / 60_000;
  return minutes % 15 === 0 && Math.abs(minutes) <= 14 * 60 ? minutes : undefined;
};

/** A column that may tell who wrote, with its value of each of the rows that are looked at. */
interface Column {
  readonly by?: number;
  readonly name: string;
  readonly side: 'left' | 'right';
  readonly values: readonly string[];
}

const sides = ['left', 'right'] as const;
const looked = 5000;

const columnsOf = (view: ComparisonView, rows: readonly RowPair[]): readonly Column[] => {
  const compared = view.columns.filter(
    ({ key, type, role }) =>
      !key && (role === 'created-by' || role === 'owner' || ['picklist', 'reference', 'text'].includes(type)),
  );
  return [
    ...compared.flatMap((column) =>
      sides.map((side) => ({
        by: column.at,
        name: column[side],
        side,
        values: rows.map((pair) => pair[side][column.at] ?? ''),
      })),
    ),
    ...sides.flatMap((side) =>
      view.unmapped[side].map(({ column: { name }, ofPresent }) => ({ name, side, values: ofPresent })),
    ),
  ];
};

/** Which of these writers shift how far, where each of them does so throughout and not all do so alike. */
const writersIn = (
  { values, ...column }: Column,
  shifts: readonly (number | undefined)[],
): { readonly params: Shifting; readonly bits: number } | undefined => {
  const told = shifts.flatMap((shift, row): readonly (readonly [string, number])[] =>
    shift === undefined ? [] : [[values[row] ?? '', shift]],
  );
  const groups = new Map<string, number[]>();
  for (const [value, shift] of told) {
    const group = groups.get(value);
    if (group) group.push(shift);
    else groups.set(value, [shift]);
    if (groups.size > mostWriters) return undefined;
  }
  const modes = [...groups].flatMap(([value, group]) => {
    const [mode] = modesOf(group);
    return mode && group.length >= fewest && mode.n >= 0.9 * group.length ? [[value, mode.value] as const] : [];
  });
  const wrong = modes.filter(([, minutes]) => minutes !== 0);
  // One shift for everyone is the zone of a whole side.
  if (wrong.length === 0 || new Set(modes.map(([, minutes]) => minutes)).size < 2) return undefined;
  return { params: { ...column, minutes: Object.fromEntries(wrong) }, bits: information(told) };
};

/** Bits that the writer tells of the shift, by the table of both. */
const information = (rows: readonly (readonly [string, number])[]): number => {
  const entropy = (values: readonly (string | number)[]): number =>
    modesOf(values).reduce((sum, { n }) => sum - (n / values.length) * Math.log2(n / values.length), 0);
  return (
    entropy(rows.map(([writer]) => writer)) +
    entropy(rows.map(([, shift]) => shift)) -
    entropy(rows.map(([writer, shift]) => `${shift} ${writer}`))
  );
};

export const timezoneMixedWriters = defineSyncCause({
  id: 'sync.timezone-mixed-writers',
  title: {
    en: 'Some of those who write use another time zone than the others',
    ja: '一部の書き込み元だけタイムゾーンが異なります',
  },
  about: {
    en: 'Times are off by whole hours, but only in records of certain users, owners or jobs; those of the others agree. Their user profile, their client or their job has another time zone than the rest. Correcting all times by one offset would break the good ones.',
    ja: '特定のユーザー、所有者、ジョブのレコードだけ日時が時差の分ずれ、ほかのレコードは一致しています。そのユーザーやジョブのタイムゾーン設定だけが異なります。全件を一律に補正すると、正しいレコードが壊れます。',
  },
  owner: 'crm-admin',
  hypotheses: [
    pairsHypothesis<Writers>({
      effect: 'wrong',
      wholeRow: true,
      propose: (view) => {
        const zones = zonesOf(view);
        const rows = view.present.slice(0, looked).map(({ pair }) => pair);
        const columns = columnsOf(view, rows);
        return differingColumns(view, ['timestamp']).flatMap(({ at }) => {
          const shifts = rows.map((pair) => shiftIn(pair, at, zones));
          if (!shifts.some((shift) => shift !== undefined && shift !== 0)) return [];
          const found = columns.flatMap((column) => writersIn(column, shifts) ?? []);
          return found
            .toSorted((a, b) => b.bits - a.bits)
            .slice(0, 1)
            .map(({ params }) => ({ columns: [at], params: { ...params, ...zones } }));
        });
      },
      explains: (pair, at, { by, side, minutes, ...zones }) => {
        // What only one side has is not read again: the times of the others agree.
        if (by === undefined) return Object.values(minutes).includes(shiftIn(pair, at, zones) ?? 0);
        const writer = pair[side][by] ?? '';
        if (!Object.hasOwn(minutes, writer)) return false;
        return shiftIn(pair, at, zones) === minutes[writer];
      },
    }),
  ],
  because: ({ main, columns, share }) => {
    const { minutes } = main.detail;
    const named = Object.entries(typeof minutes === 'object' && minutes !== null ? minutes : {})
      .slice(0, 5)
      .map(([writer, shift]) => ({ writer, shift: `${Number(shift) < 0 ? '' : '+'}${Number(shift) / 60}` }));
    const name = textOf(main.detail.name);
    return {
      en: `${columns}: the right side is off by whole hours that depend on ${name} (${named.map(({ writer, shift }) => `${writer}: ${shift} h`).join(', ')}) in ${share.en} differing pairs; the times of all others agree.`,
      ja: `${columns}: ${name} ごとにずれが決まっています（${named.map(({ writer, shift }) => `${writer} は ${shift} 時間`).join('、')}）。ほかは一致しています。該当する差異: ${share.ja}。`,
    };
  },
  steps: ({ main, columns }) => [
    {
      en: `Set the time zone of the users or jobs named here (${textOf(main.detail.name)}) to that of the others.`,
      ja: `ここに挙げたユーザーまたはジョブ（${textOf(main.detail.name)}）のタイムゾーンを、ほかと同じ設定にします。`,
    },
    {
      en: `Correct ${columns} only in their records, each by its own offset.`,
      ja: `${columns} は、そのユーザーやジョブのレコードだけを、それぞれの時差で補正します。`,
    },
    runAgain,
  ],
});
