const words = new Set(
  ['other', 'others', 'unknown', 'none', 'default', 'unassigned', 'undefined', 'n/a', 'na', 'misc', '-', '--'].concat([
    'その他',
    '他',
    '不明',
    '未設定',
    '未分類',
    '未定義',
    '未選択',
    '未入力',
    '未割当',
    '指定なし',
    '該当なし',
    'なし',
    '既定',
    'デフォルト',
  ]),
);

/** What lists have for values that fit nothing else: no name of another option. */
export const isFallback = (value: string): boolean => words.has(value.trim().toLowerCase());
