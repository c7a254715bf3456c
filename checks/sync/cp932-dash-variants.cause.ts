import type { ValuePair } from '../../src/model/sync/hypothesis.ts';
import { dash } from '../../src/reason/values/dash.normal.ts';
import { notationCause } from './notation.ts';

/** What the two tables of CP932 make of one byte pair. */
const converters = [
  ['\u301c', '\uff5e'],
  ['\u2212', '\uff0d'],
  ['\u2016', '\u2225'],
  ['\u2014', '\u2015'],
  ['\u00a2', '\uffe0'],
  ['\u00a3', '\uffe1'],
  ['\u00ac', '\uffe2'],
] as const;

const named = (sign: string): string => `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

const tables = (pairs: readonly ValuePair[]): readonly string[] =>
  converters
    .filter(([one, other]) =>
      pairs.some(
        ({ left, right }) =>
          (left.includes(one) && right.includes(other)) || (left.includes(other) && right.includes(one)),
      ),
    )
    .map(([one, other]) => `${named(one)}/${named(other)}`);

export const cp932DashVariants = notationCause({
  id: 'sync.cp932-dash-variants',
  title: { en: 'Different dashes and waves', ja: 'ハイフンや波ダッシュの文字コードが異なります' },
  about: {
    en: 'Hyphens, minus signs and wave dashes look alike and are many different characters (U+002D, U+2010, U+2212, U+FF0D; U+301C, U+FF5E). Tables for Shift_JIS disagree about them: Windows reads one and the same byte as U+FF5E, Java and others as U+301C.',
    ja: 'ハイフン・マイナス・波ダッシュは見た目が似ていますが、複数の文字コードがあります（U+002D、U+2010、U+2212、U+FF0D、U+301C、U+FF5E など）。Shift_JIS の変換表によって対応が異なり、同じバイトを Windows は U+FF5E、Java などは U+301C に変換します。',
  },
  unless: ['sync.width-fullwidth'],
  rules: [dash],
  differsIn: { en: 'the kind of dash or wave', ja: 'ハイフン・ダッシュ・波ダッシュの文字コード' },
  odd: { en: 'The rarer dashes are', ja: '標準的でないダッシュ類' },
  detail: (pairs) => ({ tables: tables(pairs) }),
  more: ({ tables: seen }) =>
    Array.isArray(seen) && seen.length > 0
      ? {
          en: `${seen.join(', ')}: two tables for Shift_JIS (CP932) are in use.`,
          ja: `${seen.join('、')} の組み合わせがあり、2 種類の Shift_JIS（CP932）変換表が使われています。`,
        }
      : undefined,
  steps: [
    {
      en: 'Use one table on both ways: windows-31j (CP932) everywhere in place of Shift_JIS, or better UTF-8 from end to end.',
      ja: '送受信の両方で同じ変換表を使います。Shift_JIS ではなく windows-31j（CP932）に統一するか、全体を UTF-8 にします。',
    },
    {
      en: 'Fold dashes of phone numbers, postal codes and addresses to U+002D when they are written.',
      ja: '電話番号・郵便番号・住所のハイフン類は、書き込み時に U+002D に統一します。',
    },
  ],
});
