import type { ComparisonReport } from '../../model/sync/report.ts';
import { grouped, type Language } from '../../model/text.ts';
import { listed, spanText } from './numbers.ts';

const withinWords = {
  left: { en: 'left', ja: '左側' },
  right: { en: 'right', ja: '右側' },
  across: { en: 'left and right', ja: '左右' },
} as const;

/** How two values agree, as the search says it. */
const howWords = new Map(
  Object.entries({
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
    'equal, names swapped': '一致（姓と名が逆）',
    'equal but for a slip': 'ほぼ一致（誤記 1 か所）',
    'equal (mobile)': '一致（携帯電話）',
    'equal, an address of many': '一致（多人数が共用するアドレス）',
    'different (mobile)': '不一致（携帯電話）',
  }),
);

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
  const blocks = listed(
    dropped.map(({ by, rows }) => `${by} (${grouped(rows)})`),
    language,
  );
  return {
    says: ja
      ? `同一と思われるレコードが ${grouped(groups)} 組（${grouped(pairs)} 対）あります。自動では統合しません`
      : `${grouped(groups)} ${groups === 1 ? 'group' : 'groups'} of records that look like the same one (${grouped(pairs)} ${pairs === 1 ? 'pair' : 'pairs'}); nothing is merged`,
    candidates: candidates
      .toSorted((one, other) => other.score - one.score)
      .map(({ within, score, a, b, evidence, apartMs }) => ({
        within: withinWords[within][language],
        score,
        a: { key: a.key, shown: listed(a.shown, language) },
        b: { key: b.key, shown: listed(b.shown, language) },
        evidence: evidence
          .filter(({ weight }) => weight > 0)
          .map(({ column, how }) => (ja ? `${column} ${howWords.get(how) ?? how}` : `${column} ${how}`))
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
