/** The texts that any database is to give back as they are. */
export const nastyTexts: readonly string[] = [
  '',
  'O\'Brien "x"',
  'a\nb\r\nc',
  '😀 𠮷野家',
  'back\\slash',
  ' ends in a space ',
];

export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The same row of every engine as it is to be read: id, text, decimal, three floats, big, day, plain time, flag, bytes. */
export const nastyRows: readonly (readonly string[])[] = [
  [
    '1',
    '',
    '1.1',
    '100000000000000000000',
    '0',
    '0.30000000000000004',
    '9007199254740993',
    '1868-10-23',
    '1899-12-31T23:59:59.5',
    'true',
    '00ff41',
  ],
  ['2', '', '', '', '', '', '', '', '', '', ''],
  [
    '3',
    'plain',
    '-1000',
    '0.0000001',
    '-2.5',
    '123456.789',
    '-9007199254740993',
    '2024-02-29',
    '2024-02-29T00:00:00',
    'false',
    '',
  ],
];
