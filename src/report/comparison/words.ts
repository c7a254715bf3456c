import type { RejectedRecord } from '../../model/sync/source.ts';
import type { Text } from '../../model/text.ts';

/** Headings and labels that every format of a comparison shares. */
export const comparisonWords = {
  title: { en: 'Comparison', ja: '比較結果' },
  left: { en: 'left', ja: '左' },
  right: { en: 'right', ja: '右' },
  side: { en: 'Side', ja: '側' },
  source: { en: 'Source', ja: '比較対象' },
  format: { en: 'Format', ja: '形式' },
  records: { en: 'Records', ja: '件数' },
  classes: { en: 'Records by class', ja: 'レコードの内訳' },
  class: { en: 'Class', ja: '分類' },
  share: { en: 'Share', ja: '割合' },
  note: { en: 'Why, and examples', ja: '原因・例' },
  fields: { en: 'Columns that differ', ja: '違いのある項目' },
  column: { en: 'Column', ja: '項目' },
  differ: { en: 'Differ', ja: '差異' },
  rule: { en: 'Equal under', ja: '一致する規則' },
  cause: { en: 'Cause', ja: '原因' },
  why: { en: 'Cause or rule', ja: '原因または規則' },
  open: { en: 'Open', ja: '原因不明' },
  examples: { en: 'Examples', ja: '例' },
  key: { en: 'Key', ja: 'キー' },
  unexplained: { en: 'Unexplained', ja: '原因不明' },
  refused: { en: 'Refused', ja: '登録拒否' },
  likelyTwice: { en: 'Likely same', ja: '重複候補' },
  schedule: { en: 'Schedule', ja: '同期の予定' },
  files: { en: 'Written', ja: '出力' },
  speed: { en: 'Work', ja: '処理' },
  rejected: { en: 'Not read', ja: '形式不正' },
  notCompared: { en: 'Not compared', ja: '比較対象外' },
  redacted: { en: 'Values are hidden (--redact).', ja: '値は伏せています（--redact）。' },
  empty: { en: '(empty)', ja: '（空）' },
  same: { en: 'No column differs.', ja: '違いのある項目はありません。' },
} as const satisfies Readonly<Record<string, Text>>;

export const rejectedWords: Readonly<Record<RejectedRecord['why'], Text>> = {
  'too-few-fields': { en: 'too few fields', ja: '列の数が足りません' },
  'too-many-fields': { en: 'too many fields', ja: '列の数が多すぎます' },
  'unclosed-quote': { en: 'a quote is not closed', ja: '引用符が閉じていません' },
  'stray-quote': { en: 'a quote stands where none may', ja: '引用符の位置が不正です' },
  'invalid-encoding': { en: 'bytes that are no text in this encoding', ja: '文字コードに合わないバイトがあります' },
  'too-long': { en: 'too long', ja: '長すぎます' },
  'empty-key': { en: 'the key is empty', ja: 'キーが空です' },
  'header-again': { en: 'the header once more', ja: '見出しの繰り返しです' },
  malformed: { en: 'malformed', ja: '形式が不正です' },
};
