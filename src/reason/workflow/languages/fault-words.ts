import type { Text } from '../../../model/text.ts';

/** Why a small text in a language of its own cannot be read, as its reader names it. */
export interface ReaderFault {
  readonly at: number;
  readonly reason: string;
  readonly what?: string;
}

const words: Readonly<Record<string, (what: string) => Text>> = {
  'unclosed-bracket': (what) => ({
    en: `the bracket "${what}" is never closed`,
    ja: `かっこ「${what}」が閉じられていません`,
  }),
  'unclosed-text': (what) => ({
    en: `the quotation mark ${what} is never closed`,
    ja: `引用符 ${what} が閉じられていません`,
  }),
  unexpected: (what) => ({
    en: `"${what}" cannot stand there`,
    ja: `「${what}」の位置が正しくありません`,
  }),
  'missing-value': () => ({ en: 'a value is missing there', ja: 'ここに値がありません' }),
  'value-expected': () => ({
    en: 'a value is missing there; texts stand in quotation marks',
    ja: 'ここに値がありません。文字列は引用符で囲みます',
  }),
  'field-expected': () => ({ en: 'a field is missing there', ja: 'ここにフィールドがありません' }),
  'operator-expected': () => ({
    en: 'a comparison such as = or in is missing there',
    ja: 'ここに = や in などの演算子がありません',
  }),
  'list-expected': () => ({
    en: 'the values behind in stand in brackets',
    ja: 'in のあとの値は、かっこで囲みます',
  }),
  'missing-term': (what) => ({
    en: `"${what}" has too few conditions behind it`,
    ja: `「${what}」のあとの条件が足りません`,
  }),
  'bad-term': () => ({
    en: 'a condition is (field, operator, value), or one of "|", "&" and "!"',
    ja: '条件は「(項目, 演算子, 値)」の 3 つ組か、"|"、"&"、"!" のいずれかです',
  }),
};

/** The words for a fault; none for a text that is only longer or deeper than what is read. */
export const faultWords = ({ reason, what = '' }: ReaderFault): Text | undefined => words[reason]?.(what);
