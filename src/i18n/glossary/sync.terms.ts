import type { Term } from './term.ts';

/** What happens when two systems are to hold the same data. */
export const syncTerms: readonly Term[] = [
  {
    id: 'sync',
    en: {
      name: 'sync',
      gloss: 'Keeping the data of two systems equal.',
      match: ['sync', 'data sync', 'synchronisation', 'synchronization', 'synced', 'syncs'],
    },
    ja: { name: '同期', gloss: '2 つのシステムのデータを同じ状態に保つことです。', match: ['同期', 'データ同期'] },
  },
  {
    id: 'full-sync',
    en: {
      name: 'full sync',
      gloss: 'All entries are transferred, whether they have changed or not.',
      match: ['full sync', 'full synchronisation', 'full load'],
    },
    ja: {
      name: '全件同期',
      gloss: '変更の有無に関係なく、すべてのデータを送る同期です。',
      match: ['全件同期', 'フル同期'],
    },
  },
  {
    id: 'incremental-sync',
    en: {
      name: 'incremental sync',
      gloss: 'Only what has changed since the last time is transferred.',
      match: ['incremental sync', 'incremental', 'delta sync'],
    },
    ja: { name: '差分同期', gloss: '前回から変わったデータだけを送る同期です。', match: ['差分同期', '増分同期'] },
  },
  {
    id: 'last-sync',
    en: {
      name: 'last sync',
      gloss: 'When data was transferred the last time.',
      match: ['last sync', 'watermark', 'cursor'],
    },
    ja: {
      name: '最終同期日時',
      gloss: '最後にデータを送った日時です。',
      match: ['最終同期日時', '最終同期', '最後の同期', '前回の同期', 'カーソル'],
    },
  },
  {
    id: 'key',
    en: {
      name: 'key',
      gloss: 'The field by which the same entry is recognised in both systems, such as the customer number.',
      match: ['key', 'record key', 'key column', 'primary key', 'external ID', 'external id'],
    },
    ja: {
      name: 'キー',
      gloss: '顧客番号のように、両方のシステムで同じデータだと見分けるための欄です。',
      match: ['キー', 'キー列', '主キー', '外部 ID'],
    },
  },
  {
    id: 'mapping',
    en: {
      name: 'mapping',
      gloss: 'Which field of one system belongs to which field of the other.',
      match: ['mapping', 'field mapping', 'mapped'],
    },
    ja: {
      name: '項目の対応付け（マッピング）',
      gloss: '一方のシステムのどの欄が、もう一方のどの欄にあたるかの決まりです。',
      match: ['対応付け', '項目の対応付け', 'マッピング'],
    },
  },
  {
    id: 'duplicate',
    en: {
      name: 'duplicate',
      gloss: 'The same customer stands in the list twice.',
      match: ['duplicate', 'duplicate record', 'duplicated'],
    },
    ja: { name: '重複', gloss: '同じ相手のデータが 2 件以上あることです。', match: ['重複', '重複レコード'] },
  },
  {
    id: 'conflict',
    en: {
      name: 'conflict',
      gloss: 'The same field was changed in both systems since the last sync.',
      match: ['conflict', 'conflicting'],
    },
    ja: { name: '競合', gloss: '前回の同期のあとに、両方のシステムで同じ欄が変更されたことです。', match: ['競合'] },
  },
  {
    id: 'stale',
    en: {
      name: 'stale',
      gloss: 'A value that the other system has changed since, and that was not fetched again.',
      match: ['stale'],
    },
    ja: {
      name: '古い値',
      gloss: 'もう一方のシステムでは変更済みなのに、まだ取り込まれていない値です。',
      match: ['古い値', '古いまま'],
    },
  },
  {
    id: 'missing-record',
    en: {
      name: 'missing record',
      gloss: 'An entry that one system has and the other has not.',
      match: ['missing record', 'extra record'],
    },
    ja: {
      name: '欠落レコード',
      gloss: '一方のシステムにだけあり、もう一方にはないデータです。',
      match: ['欠落', '欠落レコード', '余分なレコード'],
    },
  },
  {
    id: 'timestamp',
    en: {
      name: 'timestamp',
      gloss: 'The date and time that stand with an entry, such as when it was changed.',
      match: ['timestamp', 'time stamp'],
    },
    ja: {
      name: '日時の記録（タイムスタンプ）',
      gloss: '更新日時のように、データに記録された日付と時刻です。',
      match: ['タイムスタンプ', '更新日時', '作成日時'],
    },
  },
  {
    id: 'time-zone',
    en: {
      name: 'time zone',
      gloss: 'The difference of a local clock from world time; Japan is 9 hours ahead.',
      match: ['time zone', 'timezone', 'UTC offset'],
    },
    ja: {
      name: 'タイムゾーン（時差）',
      gloss: 'その土地の時計と世界標準時との差で、日本は 9 時間進んでいます。',
      match: ['タイムゾーン', '時差'],
    },
  },
  {
    id: 'utc',
    en: { name: 'UTC', gloss: 'World time, from which local clocks differ by their time zone.', match: ['UTC'] },
    ja: {
      name: '協定世界時 (UTC)',
      gloss: '世界の時刻の基準で、日本時間より 9 時間遅れています。',
      match: ['UTC', '協定世界時'],
    },
  },
  {
    id: 'daylight-saving',
    en: {
      name: 'daylight saving time',
      gloss: 'In some countries clocks go one hour ahead in summer.',
      match: ['daylight saving time', 'daylight saving', 'summer time', 'DST'],
    },
    ja: {
      name: '夏時間',
      gloss: '夏の間だけ時計を 1 時間進める、一部の国の制度です。',
      match: ['夏時間', 'サマータイム'],
    },
  },
  {
    id: 'encoding',
    en: {
      name: 'encoding',
      gloss: 'How letters are stored as numbers; who reads with the wrong one sees garbage.',
      match: ['encoding', 'encodings', 'character set', 'charset'],
    },
    ja: {
      name: '文字コード',
      gloss: '文字を数値で表す決まりで、違うもので読むと文字化けします。',
      match: ['文字コード', 'エンコーディング', '文字セット'],
    },
  },
  {
    id: 'mojibake',
    en: {
      name: 'garbled text',
      gloss: 'Letters that were read with the wrong encoding, such as ã‚¢ for ア.',
      match: ['garbled', 'garbled text', 'mojibake'],
    },
    ja: { name: '文字化け', gloss: '違う文字コードで読んだために、読めない文字になることです。', match: ['文字化け'] },
  },
  {
    id: 'utf-8',
    en: { name: 'UTF-8', gloss: 'The usual way today to store letters of all languages.', match: ['UTF-8', 'Unicode'] },
    ja: { name: 'UTF-8', gloss: '世界中の文字を表せる、現在の標準の文字コードです。', match: ['UTF-8', 'Unicode'] },
  },
  {
    id: 'shift-jis',
    en: {
      name: 'Shift_JIS (CP932)',
      gloss: 'The older way to store Japanese letters, which Excel in Japan still writes.',
      match: ['Shift_JIS', 'Shift-JIS', 'CP932', 'EUC-JP'],
    },
    ja: {
      name: 'Shift_JIS (CP932)',
      gloss: '従来の日本語の文字コードで、日本語版の Excel は今もこれで書き出すことがあります。',
      match: ['Shift_JIS', 'Shift-JIS', 'CP932', 'EUC-JP'],
    },
  },
  {
    id: 'bom',
    en: {
      name: 'BOM',
      gloss:
        'An invisible mark at the start of a file that tells its encoding; some programs take it for part of the first column.',
      match: ['BOM', 'byte order mark'],
    },
    ja: {
      name: 'BOM',
      gloss: '文字コードを示す、ファイルの先頭の見えない印で、列名の一部と誤って読まれることがあります。',
      match: ['BOM'],
    },
  },
  {
    id: 'half-width-kana',
    en: {
      name: 'half-width kana',
      gloss: 'The narrow form of Japanese letters (ｱ instead of ア) that old systems store.',
      match: ['half-width kana', 'half-width', 'halfwidth', 'full-width', 'fullwidth'],
    },
    ja: {
      name: '半角カナ',
      gloss: '「ｱ」のような幅の狭いカタカナで、古いシステムでよく使われます。',
      match: ['半角カナ', '半角', '全角'],
    },
  },
  {
    id: 'normalisation',
    en: {
      name: 'normalisation',
      gloss: 'Bringing different notations of the same thing into one form before they are compared.',
      match: ['normalisation', 'normalization', 'normalised', 'normalized'],
    },
    ja: {
      name: '表記の統一（正規化）',
      gloss: '同じものの書き方の違いを、比べる前に 1 つの形にそろえることです。',
      match: ['表記の統一', '正規化'],
    },
  },
  {
    id: 'csv',
    en: {
      name: 'CSV',
      gloss: 'A plain file with one entry a line and commas between the fields.',
      match: ['CSV', 'TSV'],
    },
    ja: { name: 'CSV', gloss: '1 行に 1 件ずつ、値をコンマで区切って書いたファイルです。', match: ['CSV', 'TSV'] },
  },
  {
    id: 'delimiter',
    en: {
      name: 'delimiter',
      gloss: 'The character between two fields of a file, such as the comma.',
      match: ['delimiter', 'field separator', 'separator'],
    },
    ja: { name: '区切り文字', gloss: 'コンマやタブのように、値と値の間に入る文字です。', match: ['区切り文字'] },
  },
  {
    id: 'column',
    en: { name: 'column', gloss: 'One field over all entries of a table.', match: ['column', 'header row'] },
    ja: { name: '列', gloss: '表の縦の並びで、1 つの欄の値が入っています。', match: ['列名', '見出し行', 'カラム'] },
  },
  {
    id: 'data-type',
    en: {
      name: 'data type',
      gloss: 'What kind of value a field takes: text, number, date.',
      match: ['data type', 'column type'],
    },
    ja: { name: 'データ型', gloss: '文字、数値、日付のような、欄に入る値の種類です。', match: ['データ型'] },
  },
  {
    id: 'leading-zero',
    en: {
      name: 'leading zero',
      gloss: 'The 0 at the front of a number such as 0120; spreadsheets drop it.',
      match: ['leading zero', 'leading zeros', 'leading zeroes'],
    },
    ja: {
      name: '先頭の 0',
      gloss: '0120 のような番号の先頭の 0 で、表計算ソフトで開くと消えることがあります。',
      match: ['先頭の 0', '先頭のゼロ', '頭の 0'],
    },
  },
  {
    id: 'truncation',
    en: {
      name: 'truncation',
      gloss: 'A value was cut off because the other system has less room for it.',
      match: ['truncation', 'truncated', 'truncates', 'cut off'],
    },
    ja: {
      name: '切り詰め',
      gloss: '保存先の桁数が足りず、値の後ろが切れることです。',
      match: ['切り詰め', '切り捨て', '途中で切れ'],
    },
  },
  {
    id: 'rounding',
    en: { name: 'rounding', gloss: 'A number lost its last digits.', match: ['rounding', 'rounded'] },
    ja: {
      name: '丸め',
      gloss: '端数の処理で、数値の下の桁が失われることです。',
      match: ['丸め', '丸められ', '端数処理', '四捨五入'],
    },
  },
  {
    id: 'paging',
    en: {
      name: 'paging',
      gloss: 'Fetching a long list in parts; who misses a part misses its entries.',
      match: ['paging', 'pagination', 'page limit'],
    },
    ja: {
      name: 'ページング',
      gloss: '長い一覧を何回かに分けて取ることで、取り損ねた分のデータは欠けます。',
      match: ['ページング', 'ページ送り', 'ページネーション'],
    },
  },
  {
    id: 'soft-delete',
    en: {
      name: 'soft delete',
      gloss: 'An entry is only marked as deleted and stays in the system.',
      match: ['soft delete', 'soft-deleted', 'soft deleted', 'recycle bin'],
    },
    ja: {
      name: '論理削除',
      gloss: 'データを消さずに「削除済み」の印だけを付けることです。',
      match: ['論理削除', 'ごみ箱'],
    },
  },
  {
    id: 'merge',
    en: {
      name: 'merge',
      gloss: 'Making one entry out of two of the same customer.',
      match: ['merge', 'merged', 'merges'],
    },
    ja: {
      name: 'マージ（統合）',
      gloss: '同じ相手の 2 件のデータを 1 件にまとめることです。',
      match: ['マージ', '名寄せ', '統合'],
    },
  },
  {
    id: 'orphan',
    en: {
      name: 'orphan',
      gloss: 'An entry that points at another that does not exist.',
      match: ['orphan', 'orphaned'],
    },
    ja: {
      name: '孤立レコード',
      gloss: '存在しないデータを指しているデータです。',
      match: ['孤立', '孤立レコード', '参照切れ'],
    },
  },
  {
    id: 'snapshot',
    en: { name: 'snapshot', gloss: 'A copy of the data as it was at one moment.', match: ['snapshot'] },
    ja: { name: 'スナップショット', gloss: 'ある時点のデータをそのまま写したものです。', match: ['スナップショット'] },
  },
  {
    id: 'database',
    en: { name: 'database', gloss: 'The program in which a system keeps its data.', match: ['database', 'SQL'] },
    ja: {
      name: 'データベース',
      gloss: 'システムがデータを保管しているプログラムです。',
      match: ['データベース', 'SQL'],
    },
  },
  {
    id: 'null',
    en: { name: 'null', gloss: 'No value at all, which is not the same as an empty text.', match: ['null', 'NULL'] },
    ja: {
      name: 'null（値なし）',
      gloss: '値がないことを表す印で、空の文字とは区別されます。',
      match: ['null', 'NULL'],
    },
  },
  {
    id: 'tolerance',
    en: { name: 'tolerance', gloss: 'How much two values may differ and still count as equal.', match: ['tolerance'] },
    ja: { name: '許容差', gloss: '等しいとみなす、値の差の上限です。', match: ['許容差', '許容範囲', '許容誤差'] },
  },
  {
    id: 'index-lag',
    en: {
      name: 'index lag',
      gloss: 'A search does not yet show what was saved a moment ago.',
      match: ['index lag', 'search index'],
    },
    ja: {
      name: '検索への反映の遅れ',
      gloss: '保存したばかりのデータが、まだ検索結果に出ない状態です。',
      match: ['検索インデックス', '検索への反映の遅れ'],
    },
  },
  {
    id: 'patch',
    en: { name: 'patch', gloss: 'A file with corrections, which is read before it is applied.', match: ['patch'] },
    ja: {
      name: '修正ファイル（パッチ）',
      gloss: '直す内容を書いたファイルで、適用する前に目で確かめます。',
      match: ['パッチ', '修正ファイル'],
    },
  },
  {
    id: 'line-break',
    en: {
      name: 'line break',
      gloss: 'The invisible character at the end of a line; systems use CR, LF or both.',
      match: ['line break', 'LF', 'CR', 'CRLF'],
    },
    ja: {
      name: '改行コード',
      gloss: '行の終わりを表す見えない文字で、システムにより CR、LF、その両方のどれかが使われます。',
      match: ['改行コード', 'LF', 'CR', 'CRLF'],
    },
  },
  {
    id: 'unicode-form',
    en: {
      name: 'NFC and NFD',
      gloss: 'Two ways to store the same letter: as one character, or as a letter and its mark.',
      match: ['NFC', 'NFD'],
    },
    ja: {
      name: 'NFC と NFD',
      gloss: '「が」のような文字を 1 文字で表すか、「か」と濁点に分けて表すかの違いです。',
      match: ['NFC', 'NFD'],
    },
  },
  {
    id: 'escaping',
    en: {
      name: 'escaping',
      gloss: 'Writing a character that has a special meaning in another way, such as &amp; for &.',
      match: ['escaping', 'escaped', 'HTML'],
    },
    ja: {
      name: 'エスケープ',
      gloss: '特別な意味を持つ文字を、& を &amp; と書くように別の形で書くことです。',
      match: ['エスケープ', 'HTML'],
    },
  },
  {
    id: 'masking',
    en: {
      name: 'masking',
      gloss: 'Replacing personal data by signs such as ***.',
      match: ['masking', 'masked', 'anonymised'],
    },
    ja: { name: 'マスク', gloss: '個人の情報を *** などの記号に置き換えることです。', match: ['マスク'] },
  },
  {
    id: 'query',
    en: {
      name: 'query',
      gloss: 'A question to a database or an API, which is answered with records.',
      match: ['query', 'queries'],
    },
    ja: {
      name: 'クエリー',
      gloss: 'データベースや API への問い合わせで、レコードが返ってきます。',
      match: ['クエリー'],
    },
  },
];
