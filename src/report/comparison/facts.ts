import { formatMs } from '../../i18n/format.ts';
import type { ScheduleFact } from '../../model/sync/comparison.ts';
import type { ComparedSide, ComparisonReport } from '../../model/sync/report.ts';
import type { RejectedRecord } from '../../model/sync/source.ts';
import type { Language } from '../../model/text.ts';
import { bytesText, grouped, spanText, timeText } from './numbers.ts';
import { rejectedWords } from './words.ts';

const list = (parts: readonly string[], language: Language): string => parts.join(language === 'ja' ? '、' : ', ');

/** `csv, utf-8, 15 columns, 1.5 MiB` */
export const sideText = ({ format, encoding, columns, bytes }: ComparedSide, language: Language): string =>
  list(
    [
      format,
      ...(encoding === undefined ? [] : [encoding]),
      language === 'ja' ? `${grouped(columns)} 列` : `${grouped(columns)} ${columns === 1 ? 'column' : 'columns'}`,
      ...(bytes === undefined ? [] : [bytesText(bytes)]),
    ],
    language,
  );

type Validated = NonNullable<ComparisonReport['validation']>[number];
type Problem = Validated['problems'][number];

/** What a rule asks, as it is said in either language. */
const asked = ({ rule, asks }: Problem, language: Language): string => {
  if (language === 'en') return asks;
  const number = /[\d,]+/.exec(asks)?.[0] ?? '';
  switch (rule) {
    case 'required':
      return '必須';
    case 'length':
      return number === '' ? '文字数の上限' : `${number} 文字まで`;
    case 'option':
      return number === '' ? '選択肢のいずれか' : `${number} 個の選択肢のいずれか`;
    case 'phone':
      return '先頭の 0、または + と国番号のある電話番号';
    case 'email':
      return 'メールアドレス 1 件';
    case 'postcode':
      return '郵便番号（日本では 7 桁）';
    case 'date':
      return '実在する日付（YYYY-MM-DD）';
    case 'number':
      return '半角数字の数値（桁区切りなし）';
    case 'type':
      return '真偽値など、型に合う値';
  }
};

const fromWords = {
  target: { en: 'the target says so', ja: '相手側の定義' },
  configuration: { en: 'by the configuration', ja: '設定による' },
  type: { en: 'by its type', ja: '型による' },
} as const;

export interface RefusedText {
  /** How many records of which side the other side would refuse. */
  readonly says: string;
  readonly rejected: number;
  readonly problems: readonly {
    readonly column: string;
    readonly n: number;
    readonly asks: string;
    readonly from: string;
    readonly examples: Problem['examples'];
  }[];
}

/** Records that the other side would refuse, side by side; without a word where there are none. */
export const refusedTexts = ({ validation = [] }: ComparisonReport, language: Language): readonly RefusedText[] =>
  validation
    .filter(({ rejected }) => rejected > 0)
    .map(({ side, rows, rejected, problems }) => ({
      says: {
        en: `the ${side === 'left' ? 'right' : 'left'} side would refuse ${grouped(rejected)} of the ${grouped(rows)} records of the ${side} one`,
        ja: `${side === 'left' ? '左' : '右'}側の ${grouped(rows)} 件中 ${grouped(rejected)} 件は、${side === 'left' ? '右' : '左'}側で登録を拒否される見込みです`,
      }[language],
      rejected,
      problems: problems
        .toSorted((one, other) => other.n - one.n)
        .map((problem) => ({
          column: problem.column,
          n: problem.n,
          asks: asked(problem, language),
          from: fromWords[problem.from][language],
          examples: problem.examples,
        })),
    }));

const withinWords = {
  left: { en: 'left', ja: '左側' },
  right: { en: 'right', ja: '右側' },
  across: { en: 'left and right', ja: '左右' },
} as const;

/** How two values agree, as the search says it. */
const howWords: Readonly<Record<string, string>> = {
  equal: '一致',
  different: '不一致',
  absent: 'なし',
  similar: '類似',
  'equal, kana too': 'カナも一致',
  'equal, kana different': '一致（カナは不一致）',
  'equal in kana': 'カナで一致',
  'equal in kana, written differently': 'カナで一致（漢字は異なる）',
  'in another script': '文字種が異なる',
  'equal, one is longer': '部分一致',
  'equal (mobile)': '一致（携帯電話）',
  'different (mobile)': '不一致（携帯電話）',
};

export interface TwinText {
  readonly within: string;
  readonly score: number;
  readonly a: { readonly key: string; readonly shown: string };
  readonly b: { readonly key: string; readonly shown: string };
  /** `email equal, phone equal` */
  readonly evidence: string;
  readonly apart?: string;
}

export interface TwinsText {
  readonly says: string;
  readonly candidates: readonly TwinText[];
  /** What was too common to be compared pair by pair. */
  readonly dropped?: string;
}

/** Records that are likely one and the same; absent where they were not looked for, or there are none. */
export const twinsText = ({ likelyDuplicates }: ComparisonReport, language: Language): TwinsText | undefined => {
  if (!likelyDuplicates) return undefined;
  const { pairs, groups, candidates, dropped } = likelyDuplicates;
  if (pairs === 0 && dropped.length === 0) return undefined;
  const ja = language === 'ja';
  const blocks = list(
    dropped.map(({ by, rows }) => `${by} (${grouped(rows)})`),
    language,
  );
  return {
    says: ja
      ? `同一と思われるレコードが ${grouped(groups)} 組（${grouped(pairs)} 対）あります。自動では統合しません`
      : `${grouped(groups)} groups of records look like the same one each (${grouped(pairs)} pairs); nothing is merged`,
    candidates: candidates
      .toSorted((one, other) => other.score - one.score)
      .map(({ within, score, a, b, evidence, apartMs }) => ({
        within: withinWords[within][language],
        score,
        a: { key: a.key, shown: list(a.shown, language) },
        b: { key: b.key, shown: list(b.shown, language) },
        evidence: evidence
          .filter(({ weight }) => weight > 0)
          .map(({ column, how }) => (ja ? `${column} ${howWords[how] ?? how}` : `${column} ${how}`))
          .join(ja ? '、' : '; '),
        ...(apartMs === undefined ? {} : { apart: spanText(apartMs, language) }),
      })),
    ...(blocks === ''
      ? {}
      : {
          dropped: ja
            ? `件数が多く、すべての組み合わせは調べていません: ${blocks}`
            : `too many share a value to look at every pair: ${blocks}`,
        }),
  };
};

const longestGap = (gaps: ScheduleFact['gaps']): ScheduleFact['gaps'][number] | undefined =>
  gaps.toSorted(
    (one, other) => Date.parse(other.to) - Date.parse(other.from) - (Date.parse(one.to) - Date.parse(one.from)),
  )[0];

/** When the sync ran and how far it lags, a line each. */
export const scheduleLines = ({ schedule }: ComparisonReport, language: Language): readonly string[] => {
  if (!schedule) return [];
  const ja = language === 'ja';
  const { lastSync, intervalMs, runs, newest, gaps, lagMs, logFailures, now } = schedule;
  const ago = lastSync === undefined ? Number.NaN : Date.parse(now) - Date.parse(lastSync);
  const before = Number.isFinite(ago) && ago >= 0 ? spanText(ago, language) : undefined;
  const gap = longestGap(gaps);
  const failed = runs.filter((run) => run.failed).length;
  const throttled = runs.filter((run) => run.throttled).length;
  const every = intervalMs === undefined ? undefined : spanText(intervalMs, language);
  const times = [
    ...(lastSync === undefined
      ? []
      : [
          ja
            ? `最後の同期 ${timeText(lastSync)}${before === undefined ? '' : `（${before}前）`}`
            : `last sync ${timeText(lastSync)}${before === undefined ? '' : ` (${before} ago)`}`,
        ]),
    ...(every === undefined ? [] : [ja ? `予定の間隔 ${every}` : `expected every ${every}`]),
  ];
  const ends = [
    ...(newest.left === undefined && newest.right === undefined
      ? []
      : [
          ja
            ? `最新の更新: 左 ${timeText(newest.left ?? '-')}、右 ${timeText(newest.right ?? '-')}`
            : `newest record: left ${timeText(newest.left ?? '-')}, right ${timeText(newest.right ?? '-')}`,
        ]),
    ...(lagMs === undefined || lagMs <= 0
      ? []
      : [
          ja
            ? `右側の遅れ ${spanText(lagMs, language)}（95 パーセンタイル）`
            : `the right side lags ${spanText(lagMs, language)} behind (95th percentile)`,
        ]),
  ];
  return [
    ...(times.length === 0 ? [] : [list(times, language)]),
    ...(gap
      ? [
          ja
            ? `予定の間隔を超えた中断 ${grouped(gaps.length)} 回。最長は ${timeText(gap.from)} から ${timeText(gap.to)}（${spanText(Date.parse(gap.to) - Date.parse(gap.from), language)}）`
            : `${grouped(gaps.length)} ${gaps.length === 1 ? 'pause' : 'pauses'} longer than promised; the longest from ${timeText(gap.from)} to ${timeText(gap.to)} (${spanText(Date.parse(gap.to) - Date.parse(gap.from), language)})`,
        ]
      : []),
    ...(runs.length === 0
      ? []
      : [
          ja
            ? `ログの実行 ${grouped(runs.length)} 回（失敗 ${grouped(failed)}、利用制限 ${grouped(throttled)}）`
            : `${grouped(runs.length)} runs in the log (${grouped(failed)} failed, ${grouped(throttled)} throttled)`,
        ]),
    ...(ends.length === 0 ? [] : [list(ends, language)]),
    ...logFailures.map(({ file, says }) =>
      ja ? `ログを読み取れません: ${file}: ${says}` : `the log cannot be read: ${file}: ${says}`,
    ),
  ];
};

/** A record that is none: where it stands and why. */
export const rejectedText = ({ why, file, row, line, byte, shown }: RejectedRecord, language: Language): string => {
  const ja = language === 'ja';
  const place = [
    ...(file === undefined ? [] : [file]),
    ...(line === undefined ? [] : [ja ? `${grouped(line)} 行目` : `line ${grouped(line)}`]),
    ...(line === undefined && row !== undefined ? [ja ? `${grouped(row)} 件目` : `record ${grouped(row)}`] : []),
    ...(line === undefined && row === undefined && byte !== undefined
      ? [ja ? `${grouped(byte)} バイト目` : `byte ${grouped(byte)}`]
      : []),
  ].join(' ');
  const says = rejectedWords[why][language];
  return `${place === '' ? '' : `${place}: `}${says}${shown === undefined ? '' : `: ${shown}`}`;
};

/** How long the comparison took, and of what. */
export const workText = ({ work, rows }: ComparisonReport, language: Language): string => {
  const ja = language === 'ja';
  const { engine, ms, rowsPerSecond, temporaryBytes, transferredBytes } = work;
  const records = grouped(rows.left + rows.right);
  return list(
    [
      ja
        ? `${records} 件を ${formatMs(ms, language)}で比較（毎秒 ${grouped(rowsPerSecond)} 件）`
        : `${records} records in ${formatMs(ms, language)} (${grouped(rowsPerSecond)} rows/s)`,
      ja ? `処理方式 ${engine}` : `engine ${engine}`,
      ...(temporaryBytes > 0
        ? [ja ? `一時ファイル ${bytesText(temporaryBytes)}` : `temporary files ${bytesText(temporaryBytes)}`]
        : []),
      ...(transferredBytes === undefined
        ? []
        : [ja ? `転送量 ${bytesText(transferredBytes)}` : `transferred ${bytesText(transferredBytes)}`]),
    ],
    language,
  );
};

/** Columns that are compared with nothing. */
export const unmappedTexts = ({ unmapped }: ComparisonReport, language: Language): readonly string[] =>
  (['left', 'right'] as const).flatMap((side) => {
    const names = unmapped[side];
    if (names.length === 0) return [];
    const word = { left: { en: 'left', ja: '左' }, right: { en: 'right', ja: '右' } }[side][language];
    return [`${word}: ${list(names, language)}`];
  });
