const tokens = new Set([
  'null',
  '(null)',
  '[null]',
  '<null>',
  'none',
  'nil',
  'n/a',
  '#n/a',
  'na',
  'nan',
  'undefined',
  '\\n',
  '-',
  '--',
  '―',
  '0',
  '0.0',
  'false',
  '0000-00-00',
  '0000-00-00 00:00:00',
  '未設定',
  '未登録',
  '未入力',
  'なし',
  '該当なし',
  '不明',
  '空白',
  // What a list or an object without members is written as.
  '[]',
  '[ ]',
  '{}',
  '{ }',
  "''",
  '""',
]);

/** Dates that stand for none: the first ones that spreadsheets, SQL Server and UNIX know. */
const firstDates = ['1900-01-01', '1899-12-30', '1899-12-31', '1753-01-01', '0001-01-01', '1970-01-01', '9999-12-31'];

/** Whether programs write this for a value that is absent. */
export const isNullToken = (value: string): boolean => {
  if (value.length > 40) return false;
  if (tokens.has(value.toLowerCase())) return true;
  const date = value.slice(0, 10).replaceAll('/', '-');
  return firstDates.includes(date) && /^(?:[T ][0:.]*(?:Z|\+00:?00)?)?$/.test(value.slice(10));
};
