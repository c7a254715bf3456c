import type { Report } from '../../model/report.ts';
import type { Explained, Unexplained } from '../../model/sync/comparison.ts';
import { estimateOf } from '../../model/sync/estimate.ts';
import type { ComparisonReport } from '../../model/sync/report.ts';
import { grouped, type Text } from '../../model/text.ts';

/** Every comparison of a report: one, or as many as the configuration has. */
export const comparisonsOf = ({ comparison, comparisons }: Report): readonly ComparisonReport[] =>
  comparison ? [comparison] : (comparisons ?? []);

/** What names one comparison among several. */
export const nameOfComparison = ({ name, left, right }: ComparisonReport): string =>
  name ?? `${left.name} / ${right.name}`;

export type ClassId =
  | 'equal'
  | 'equal-under-rule'
  | 'changed'
  | 'explained'
  | 'stale'
  | 'conflict'
  | 'unexplained'
  | 'missing'
  | 'extra'
  | 'duplicate-left'
  | 'duplicate-right'
  | 'rejected-left'
  | 'rejected-right';

/** One class of records; classes of depth 1 are parts of the one before them. */
export interface ClassRow {
  readonly id: ClassId;
  readonly label: Text;
  readonly n: number;
  readonly depth: 0 | 1;
  readonly tone: 'good' | 'notation' | 'bad';
  /** What explains these rows, where it is about whole rows. */
  readonly causes: readonly { readonly cause: string; readonly n: number; readonly estimated: boolean }[];
  /** How many of them nothing explains. */
  readonly open?: { readonly n: number; readonly estimated: boolean };
  readonly keys: readonly string[];
}

const labels = {
  equal: { en: 'equal', ja: '一致' },
  'equal-under-rule': { en: 'equal under a rule', ja: '規則適用で一致' },
  changed: { en: 'changed', ja: '内容が異なる' },
  explained: { en: 'cause known', ja: '原因判明' },
  stale: { en: 'stale', ja: '古い値' },
  conflict: { en: 'conflict', ja: '競合' },
  unexplained: { en: 'unexplained', ja: '原因不明' },
  missing: { en: 'missing on the right', ja: '右側に不足' },
  extra: { en: 'extra on the right', ja: '右側に余分' },
  'duplicate-left': { en: 'repeated key, left', ja: 'キー重複（左）' },
  'duplicate-right': { en: 'repeated key, right', ja: 'キー重複（右）' },
  'rejected-left': { en: 'not read, left', ja: '形式不正（左）' },
  'rejected-right': { en: 'not read, right', ja: '形式不正（右）' },
} as const satisfies Readonly<Record<ClassId, Text>>;

const written = new Map<string, Text>([
  ...Object.entries(labels),
  ['duplicate-key-left', labels['duplicate-left']],
  ['duplicate-key-right', labels['duplicate-right']],
  ['patch', { en: 'corrections', ja: '修正案' }],
]);

/** What a file that was written holds; a word that is not known stays as it is. */
export const writtenWord = (what: string): Text => written.get(what) ?? { en: what, ja: what };

const causesOf = (explained: readonly Explained[], population: Explained['population']): ClassRow['causes'] =>
  explained
    .filter((one) => one.population === population)
    .map((one) => {
      const estimate = estimateOf(one);
      return { cause: one.cause, n: estimate?.n ?? one.share.n, estimated: estimate !== undefined };
    });

const openOf = (unexplained: Unexplained, kind: 'missing' | 'extra'): NonNullable<ClassRow['open']> => ({
  n: unexplained[kind],
  estimated: unexplained.estimated?.includes(kind) === true,
});

const keysOf = (examples: readonly { readonly key: string }[]): readonly string[] => [
  ...new Set(examples.map(({ key }) => key)),
];

/** Records of both sides, a pair counted once: the whole of which the classes are shares. */
export const recordsIn = ({ matched, missing, extra, duplicates, rejected }: ComparisonReport): number =>
  matched + missing + extra + duplicates.left.rows + duplicates.right.rows + rejected.left + rejected.right;

/** The classes of records, and what is known of each. A class without records is left out where nobody would ask for it. */
export const classRows = (comparison: ComparisonReport): readonly ClassRow[] => {
  const { classes, explained, unexplained, examples, duplicates, rejected, cut } = comparison;
  const plain = { causes: [], keys: [] } as const;
  const row = (
    id: ClassId,
    n: number,
    tone: ClassRow['tone'],
    more: Partial<Pick<ClassRow, 'causes' | 'open' | 'keys'>> = {},
  ): ClassRow => ({ id, label: labels[id], n, depth: 0, tone, ...plain, ...more });
  const part = (id: ClassId, n: number, tone: ClassRow['tone']): readonly ClassRow[] =>
    n === 0 ? [] : [{ ...row(id, n, tone), depth: 1 }];
  const some = (one: ClassRow): readonly ClassRow[] => (one.n === 0 ? [] : [one]);
  const alone = [
    row('missing', comparison.missing, 'bad', {
      causes: causesOf(explained, 'missing'),
      open: openOf(unexplained, 'missing'),
      keys: keysOf(examples.missing),
    }),
    row('extra', comparison.extra, 'bad', {
      causes: causesOf(explained, 'extra'),
      open: openOf(unexplained, 'extra'),
      keys: keysOf(examples.extra),
    }),
  ];
  return [
    row('equal', comparison.equal, 'good'),
    row('changed', comparison.changed, 'bad', { causes: causesOf(explained, 'changed') }),
    ...part('equal-under-rule', classes.underRule, 'notation'),
    ...part('explained', classes.explained, 'bad'),
    ...part('stale', classes.stale, 'bad'),
    ...part('conflict', classes.conflict, 'bad'),
    ...part('unexplained', classes.unexplained, 'bad'),
    // Where a side was not read to its end, none is claimed to be missing.
    ...(cut ? alone.flatMap(some) : alone),
    ...some(
      row('duplicate-left', duplicates.left.rows, 'bad', {
        causes: causesOf(explained, 'repeated-left'),
        keys: keysOf(examples.duplicatesLeft),
      }),
    ),
    ...some(
      row('duplicate-right', duplicates.right.rows, 'bad', {
        causes: causesOf(explained, 'repeated-right'),
        keys: keysOf(examples.duplicatesRight),
      }),
    ),
    ...some(row('rejected-left', rejected.left, 'bad')),
    ...some(row('rejected-right', rejected.right, 'bad')),
  ];
};

const longestKey = 40;

/** What explains the rows of a class, what is open, and a few keys; in a line. */
export const classNote = (row: ClassRow, mostKeys: number): Text => {
  const { causes, open = { n: 0, estimated: false }, keys, n } = row;
  const about = (one: ClassRow['causes'][number]): string => {
    const count = one.n === n && !one.estimated ? '' : ` ${one.estimated ? '~' : ''}${grouped(one.n)}`;
    return `${one.cause}${count}`;
  };
  const told = causes.map(about);
  const shown = keys.slice(0, mostKeys).map((key) => (key.length > longestKey ? `${key.slice(0, longestKey)}…` : key));
  const part = (language: keyof Text, unexplained: string, suchAs: string): string =>
    [
      ...told,
      ...(open.n > 0 && causes.length > 0 ? [unexplained] : []),
      ...(shown.length > 0 ? [`${suchAs} ${shown.join(language === 'ja' ? '、' : ', ')}`] : []),
    ].join(language === 'ja' ? '、' : ', ');
  const count = grouped(open.n);
  return {
    en: part('en', `${open.estimated ? '~' : ''}${count} unexplained`, 'e.g.'),
    ja: part('ja', `原因不明${open.estimated ? ' 約' : ''} ${count} 件`, '例:'),
  };
};

/** What nothing explains, stated in any case. */
export const unexplainedText = (comparison: ComparisonReport): Text => {
  const { unexplained, cut, classes } = comparison;
  const { pairs, missing, extra } = unexplained;
  // Of these the class tells when they were changed, and yet not why.
  const aged = pairs - classes.unexplained;
  if (pairs + missing + extra === 0) {
    return cut
      ? { en: 'nothing of what was read', ja: '読み取れた範囲にはありません' }
      : { en: 'nothing', ja: 'ありません' };
  }
  const some = (n: number, en: string, ja: string, guessed = false): readonly Text[] =>
    n === 0
      ? []
      : [{ en: `${guessed ? 'about ' : ''}${grouped(n)} ${en}`, ja: `${ja}${guessed ? ' 約' : ''} ${grouped(n)} 件` }];
  const parts = [
    ...some(pairs, 'changed', '内容が異なる').map(({ en, ja }) =>
      aged > 0
        ? {
            en: `${en} (${grouped(aged)} of them stale or in conflict)`,
            ja: `${ja}（うち ${grouped(aged)} 件は古い値または競合）`,
          }
        : { en, ja },
    ),
    ...some(missing, 'missing', '不足', openOf(unexplained, 'missing').estimated),
    ...some(extra, 'extra', '余分', openOf(unexplained, 'extra').estimated),
  ];
  return { en: parts.map(({ en }) => en).join(', '), ja: parts.map(({ ja }) => ja).join('、') };
};
