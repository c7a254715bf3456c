export type EngineName = 'postgresql' | 'mysql' | 'sqlite' | 'clickhouse';

/** A value that databases write each in their own way, and the one text it is to have. */
export interface Nasty {
  /** How it is written in SQL: in all engines of its kind, or by engine; one that is not named cannot hold it. */
  readonly sql: string | Readonly<Partial<Record<EngineName, string>>>;
  readonly text: string;
}

/** The values of one type; an engine without a type has none like it. */
export interface NastyKind {
  readonly kind: string;
  readonly types: Readonly<Partial<Record<EngineName, string>>>;
  readonly values: readonly Nasty[];
}

const hexOf = (text: string): string => Buffer.from(text, 'utf8').toString('hex');

/** A text by its bytes, so that no escaping of any engine stands between. */
const written = (text: string): Nasty => {
  const hex = hexOf(text);
  return {
    text,
    sql: {
      ...(text.includes('\0') ? {} : { postgresql: `convert_from('\\x${hex}', 'UTF8')` }),
      mysql: `CONVERT(x'${hex}' USING utf8mb4)`,
      sqlite: `CAST(x'${hex}' AS TEXT)`,
      clickhouse: `unhex('${hex}')`,
    },
  };
};

const nothing: Nasty = { sql: 'NULL', text: '' };
const same = (...texts: readonly string[]): readonly Nasty[] => texts.map((text) => ({ sql: text, text }));
const quotedSame = (...texts: readonly string[]): readonly Nasty[] => texts.map((text) => ({ sql: `'${text}'`, text }));

/** The texts that any database is to give back as they are. */
export const nastyTexts: readonly string[] = [
  '',
  'O\'Brien "x" `y`',
  'a\nb\r\nc\td',
  '\t',
  '😀 𠮷野家 👨‍👩‍👧',
  '髙橋ｶﾞ が は\u3099 e\u0301',
  'back\\slash \\n \\N',
  ' ends in a space ',
  '\u3000full\u00a0width\u200b\ufeff',
  'NULL',
  '% _ ? $1 :a {p:String} --',
  'bell \u0007 unit \u001f delete \u007f',
  'nul \0 inside',
  '0012',
  `long ${'あ'.repeat(20_000)}`,
];

const floats: readonly Nasty[] = [
  ...same('1', '-2.5', '0.30000000000000004', '123456.789', '1234567890123456.8', '0.000001', '0.00015'),
  { sql: { postgresql: "'-0'", mysql: '-0e0', sqlite: '-0.0', clickhouse: '-0.0' }, text: '0' },
  { sql: '1e15', text: '1000000000000000' },
  { sql: '1e20', text: '100000000000000000000' },
  { sql: '-1.5e21', text: '-1500000000000000000000' },
  { sql: '1e-7', text: '0.0000001' },
  { sql: '-1.25e-9', text: '-0.00000000125' },
  { sql: '1e300', text: `1${'0'.repeat(300)}` },
  { sql: '1.7976931348623157e308', text: `17976931348623157${'0'.repeat(292)}` },
  { sql: '2.2250738585072014e-308', text: `0.${'0'.repeat(307)}22250738585072014` },
  { sql: { postgresql: "'NaN'", clickhouse: 'nan' }, text: 'NaN' },
  { sql: { postgresql: "'Infinity'", sqlite: '9e999', clickhouse: 'inf' }, text: 'Infinity' },
  { sql: { postgresql: "'-Infinity'", sqlite: '-9e999', clickhouse: '-inf' }, text: '-Infinity' },
];

/** JSON as somebody writes it, and as it is compared: names by their bytes, the shorter first, and no number is rounded. */
const json: readonly Nasty[] = (
  [
    ['{"b": 9007199254740993, "a": [1, "x"]}', '{"a": [1, "x"], "b": 9007199254740993}'],
    ['{"zz":1,"a":{"日本":[],"é":{ },"b":null}}', '{"a": {"b": null, "é": {}, "日本": []}, "zz": 1}'],
    [
      '[1.50, 0.0, -0.0, -0, 100, 1e5, 1.5E-7, 12.0500, -1.10, 0.0100]',
      '[1.5, 0, 0, 0, 100, 100000, 0.00000015, 12.05, -1.1, 0.01]',
    ],
    [
      '{"": "", "x, y": "a: b, 1.50, \\\\", "n": "\\"1.0\\", \\"2.50"}',
      '{"": "", "n": "\\"1.0\\", \\"2.50", "x, y": "a: b, 1.50, \\\\"}',
    ],
    ['["\\u0001\\t\\n\\u007f\\u2028\\/", "\\u00e9\\ud83d\\ude00"]', '["\\u0001\\t\\n\u007f\u2028/", "é😀"]'],
    ['{"😀": 1, "\ue000": 2, "a": 3, "a": 4}', '{"a": 4, "\ue000": 2, "😀": 1}'],
    ['"1.50, 2.0"', '"1.50, 2.0"'],
    ['1.50', '1.5'],
    ['null', 'null'],
    [' [ ] ', '[]'],
    [`{"long": "${'1.0, '.repeat(5_000)}"}`, `{"long": "${'1.0, '.repeat(5_000)}"}`],
  ] as const
).map(([typed, text]) => {
  const { sql } = written(typed);
  if (typeof sql === 'string') throw new Error('by engine');
  const { postgresql, mysql, sqlite } = sql;
  return {
    sql: { postgresql: `${postgresql}::jsonb`, ...(mysql ? { mysql } : {}), ...(sqlite ? { sqlite } : {}) },
    text,
  };
});

/** One table for all engines: what PostgreSQL, MySQL, SQLite, ClickHouse and Node are to agree on. */
export const nastyKinds: readonly NastyKind[] = [
  {
    kind: 'text',
    types: { postgresql: 'text', mysql: 'longtext', sqlite: 'TEXT', clickhouse: 'String' },
    values: [...nastyTexts.map(written), nothing],
  },
  {
    kind: 'limited text in another character set',
    types: { postgresql: 'varchar(40)', mysql: 'varchar(40) CHARACTER SET cp932', sqlite: 'varchar(40)' },
    values: [...['ｶﾅ 表 ソ', "it's", ' x '].map(written), nothing],
  },
  {
    kind: 'padded text',
    types: { postgresql: 'char(9)', mysql: 'char(9)', clickhouse: 'FixedString(9)' },
    values: [written('ab'), written(' é '.trimEnd()), written(''), nothing],
  },
  {
    kind: 'integer',
    types: { postgresql: 'bigint', mysql: 'bigint', sqlite: 'BIGINT', clickhouse: 'Int64' },
    values: [
      ...same('0', '1', '-1', '9007199254740993', '-9007199254740993', '9223372036854775807'),
      {
        sql: {
          postgresql: "'-9223372036854775808'",
          mysql: '-9223372036854775808',
          clickhouse: '-9223372036854775808',
        },
        text: '-9223372036854775808',
      },
      nothing,
    ],
  },
  {
    kind: 'unsigned integer',
    types: { mysql: 'bigint(20) unsigned zerofill', clickhouse: 'UInt64' },
    values: [...same('0', '42', '18446744073709551615'), nothing],
  },
  {
    kind: 'decimal',
    types: {
      postgresql: 'numeric(38,10)',
      mysql: 'decimal(38,10)',
      sqlite: 'DECIMAL(38,10)',
      clickhouse: 'Decimal(38,10)',
    },
    values: [
      { sql: '1.10', text: '1.1' },
      { sql: '-1000', text: '-1000' },
      { sql: '100.00', text: '100' },
      { sql: '-0.00', text: '0' },
      { sql: "'0.0000000001'", text: '0.0000000001' },
      {
        sql: { postgresql: '1234567890123456789.123', mysql: '1234567890123456789.123' },
        text: '1234567890123456789.123',
      },
      { sql: { postgresql: '-0.5', mysql: '-0.5', sqlite: '-0.5', clickhouse: "'-0.5'" }, text: '-0.5' },
      nothing,
    ],
  },
  {
    kind: 'decimal without bounds',
    types: { postgresql: 'numeric', mysql: 'decimal(65,30)' },
    values: [
      { sql: { postgresql: "'NaN'" }, text: 'NaN' },
      { sql: '0.000000000000000000000000000001', text: '0.000000000000000000000000000001' },
      { sql: '12345678901234567890123456789012345.5', text: '12345678901234567890123456789012345.5' },
      nothing,
    ],
  },
  {
    kind: 'float',
    types: { postgresql: 'double precision', mysql: 'double', sqlite: 'REAL', clickhouse: 'Float64' },
    values: [...floats, nothing],
  },
  {
    kind: 'float of fixed places',
    types: { mysql: 'double(10,2)' },
    values: [{ sql: '1.5', text: '1.5' }, { sql: '100', text: '100' }, nothing],
  },
  {
    kind: 'single',
    types: { postgresql: 'real', mysql: 'float', clickhouse: 'Float32' },
    values: [
      ...same('0.1', '16777216', '-2.5', '123456.79'),
      { sql: '1e-7', text: '0.0000001' },
      { sql: '3.4028235e38', text: `34028235${'0'.repeat(31)}` },
      { sql: { postgresql: "'-0'", mysql: '-0e0', clickhouse: '-0.0' }, text: '0' },
      { sql: { postgresql: "'NaN'", clickhouse: 'nan' }, text: 'NaN' },
      { sql: { postgresql: "'-Infinity'", clickhouse: '-inf' }, text: '-Infinity' },
      nothing,
    ],
  },
  {
    kind: 'boolean',
    types: { postgresql: 'boolean', mysql: 'boolean', sqlite: 'BOOLEAN' },
    values: [...same('true', 'false'), { sql: { mysql: '2', sqlite: '2' }, text: '2' }, nothing],
  },
  {
    kind: 'bit',
    types: { postgresql: 'bit(1)', mysql: 'bit(1)' },
    values: [{ sql: "b'1'", text: 'true' }, { sql: "b'0'", text: 'false' }, nothing],
  },
  {
    kind: 'bits',
    types: { postgresql: 'bit(11)', mysql: 'bit(11)' },
    values: [...['00000000101', '00000000000', '11111111111'].map((text) => ({ sql: `b'${text}'`, text })), nothing],
  },
  {
    kind: 'bits as many as there may be',
    types: { mysql: 'bit(64)' },
    values: [
      { sql: '18446744073709551615', text: '1'.repeat(64) },
      { sql: '9223372036854775809', text: `1${'0'.repeat(62)}1` },
      nothing,
    ],
  },
  {
    kind: 'bits of any number, as they are written',
    types: { postgresql: 'bit varying(8)' },
    values: [{ sql: "B'0101'", text: '0101' }, { sql: "B'1'", text: '1' }, nothing],
  },
  {
    kind: 'date',
    types: { postgresql: 'date', mysql: 'date', sqlite: 'DATE', clickhouse: 'Date' },
    values: [
      ...quotedSame('2024-02-29', '2100-12-31'),
      ...['1868-10-23', '9999-12-31', '0001-01-01'].map((text) => ({
        text,
        sql: { postgresql: `'${text}'`, mysql: `'${text}'`, sqlite: `'${text}'` },
      })),
      { sql: { mysql: "'0000-00-00'" }, text: '0000-00-00' },
      ...['infinity', '0044-03-15 BC', '10000-01-01', '5874897-12-31'].map((text) => ({
        text,
        sql: { postgresql: `'${text}'` },
      })),
      nothing,
    ],
  },
  {
    kind: 'time of day',
    types: { postgresql: 'time', mysql: 'time(6)' },
    values: [
      ...quotedSame('00:00:00', '12:00:00.5', '23:59:59.999999', '10:20:30'),
      { sql: { mysql: "'-838:59:59'" }, text: '-838:59:59' },
      { sql: { postgresql: "'24:00:00'", mysql: "'24:00:00'" }, text: '24:00:00' },
      nothing,
    ],
  },
  {
    kind: 'time of day in a zone',
    types: { postgresql: 'timetz' },
    values: [...quotedSame('12:00:00+09', '24:00:00-15:59:59', '00:00:00.5+00'), nothing],
  },
  { kind: 'interval', types: { postgresql: 'interval' }, values: [...quotedSame('P1Y2M3DT4H5M6.5S', 'PT0S'), nothing] },
  {
    kind: 'time without a zone',
    types: { postgresql: 'timestamp', mysql: 'datetime(6)', sqlite: 'TIMESTAMP' },
    values: [
      { sql: "'1899-12-31 23:59:59.500'", text: '1899-12-31T23:59:59.5' },
      { sql: "'2024-02-29 00:00:00'", text: '2024-02-29T00:00:00' },
      { sql: "'2024-05-01 12:00:10.000001'", text: '2024-05-01T12:00:10.000001' },
      { sql: "'9999-12-31 23:59:59.999999'", text: '9999-12-31T23:59:59.999999' },
      { sql: { mysql: "'0000-00-00 00:00:00'" }, text: '0000-00-00T00:00:00' },
      { sql: { postgresql: "'-infinity'" }, text: '-infinity' },
      { sql: { postgresql: "'0044-03-15 00:00:00 BC'" }, text: '0044-03-15 00:00:00 BC' },
      { sql: { postgresql: "'10000-01-01 24:00:00'" }, text: '10000-01-02T00:00:00' },
      { sql: { postgresql: "'294276-12-31 23:59:59.999999'" }, text: '294276-12-31T23:59:59.999999' },
      nothing,
    ],
  },
  {
    kind: 'time of whole seconds',
    types: { mysql: 'datetime' },
    values: [{ sql: "'2024-05-01 12:00:00'", text: '2024-05-01T12:00:00' }, nothing],
  },
  {
    // Every session of these tests that writes is in Tokyo.
    kind: 'instant',
    types: { postgresql: 'timestamptz', mysql: 'timestamp(6) NULL', clickhouse: "DateTime('Asia/Tokyo')" },
    values: [
      { sql: "'2024-05-01 09:00:00'", text: '2024-05-01T00:00:00Z' },
      { sql: "'2024-01-01 00:00:10'", text: '2023-12-31T15:00:10Z' },
      {
        sql: { postgresql: "'2024-05-01 09:00:00.25'", mysql: "'2024-05-01 09:00:00.25'" },
        text: '2024-05-01T00:00:00.25Z',
      },
      { sql: { postgresql: "'infinity'" }, text: 'infinity' },
      { sql: { postgresql: "'0044-03-15 00:00:00+00 BC'" }, text: '0044-03-15 00:00:00+00 BC' },
      { sql: { postgresql: "'10000-01-01 09:00:00'" }, text: '10000-01-01T00:00:00Z' },
      { sql: { mysql: "'0000-00-00 00:00:00'" }, text: '0000-00-00T00:00:00Z' },
      { sql: { mysql: "'1970-01-01 09:00:01'" }, text: '1970-01-01T00:00:01Z' },
      { sql: { mysql: "'2038-01-19 12:14:07.999999'" }, text: '2038-01-19T03:14:07.999999Z' },
      nothing,
    ],
  },
  {
    kind: 'bytes',
    types: { postgresql: 'bytea', mysql: 'blob', sqlite: 'BLOB' },
    values: [
      { sql: { postgresql: "'\\x00ff41'", mysql: "x'00ff41'", sqlite: "x'00ff41'" }, text: '00ff41' },
      { sql: "''", text: '' },
      nothing,
    ].filter(({ sql }) => sql !== "''"),
  },
  { kind: 'padded bytes', types: { mysql: 'binary(3)' }, values: [{ sql: "x'41'", text: '410000' }, nothing] },
  {
    kind: 'choice',
    types: { mysql: "enum('new','it''s','won, lost')", clickhouse: "Enum8('new' = 1, 'it\\'s' = 2, 'won, lost' = -3)" },
    values: [
      { sql: "'new'", text: 'new' },
      { sql: "'it''s'", text: "it's" },
      { sql: "'won, lost'", text: 'won, lost' },
      nothing,
    ].map((value) =>
      value.text === "it's" ? { text: value.text, sql: { mysql: "'it''s'", clickhouse: "'it\\'s'" } } : value,
    ),
  },
  {
    kind: 'several choices',
    types: { mysql: "set('a','b','c')" },
    values: [{ sql: "'c,a'", text: 'a;c' }, { sql: "''", text: '' }, nothing],
  },
  {
    kind: 'JSON',
    types: { postgresql: 'jsonb', mysql: 'json', sqlite: 'JSON' },
    values: [...json, nothing],
  },
  {
    kind: 'several texts',
    types: { postgresql: 'text[]', clickhouse: 'Array(String)' },
    values: [
      {
        sql: { postgresql: `ARRAY['a','b,c','d"e','f''g']`, clickhouse: `['a','b,c','d"e','f\\'g']` },
        text: `a;b,c;d"e;f'g`,
      },
      { sql: { postgresql: "'{}'", clickhouse: '[]' }, text: '' },
      { sql: { postgresql: '\'{"",NULL,x}\'', clickhouse: "['','','x']" }, text: ';;x' },
      { sql: { postgresql: "'{{a,b},{c,NULL}}'" }, text: 'a;b;c;' },
    ],
  },
  {
    kind: 'several decimals',
    types: { postgresql: 'numeric(12,3)[]', clickhouse: 'Array(Decimal(12,3))' },
    values: [
      { sql: { postgresql: "'{1.50,-0,100}'", clickhouse: '[1.500, 0.000, 100.000]' }, text: '1.5;0;100' },
      { sql: { postgresql: "'{1.50,NULL}'" }, text: '1.5;' },
    ],
  },
  {
    kind: 'several numbers',
    types: { postgresql: 'int[]', clickhouse: 'Array(Nullable(Int32))' },
    values: [{ sql: { postgresql: "'{1,NULL,-3}'", clickhouse: '[1, NULL, -3]' }, text: '1;;-3' }],
  },
  {
    kind: 'several booleans',
    types: { postgresql: 'boolean[]' },
    values: [{ sql: "'{t,f,NULL}'", text: 'true;false;' }],
  },
  {
    kind: 'several instants',
    types: { postgresql: 'timestamptz[]', clickhouse: "Array(DateTime('Asia/Tokyo'))" },
    values: [
      {
        sql: { postgresql: "'{2024-05-01 09:00:00}'", clickhouse: "[toDateTime('2024-05-01 09:00:00', 'Asia/Tokyo')]" },
        text: '2024-05-01T00:00:00Z',
      },
    ],
  },
  {
    kind: 'identifier',
    types: { postgresql: 'uuid', clickhouse: 'UUID' },
    values: [
      {
        sql: "'00000000-0000-0000-0000-0000000000AB'",
        text: '00000000-0000-0000-0000-0000000000ab',
      },
      nothing,
    ],
  },
  { kind: 'address', types: { postgresql: 'inet' }, values: [...quotedSame('10.0.0.1', 'fe80::1'), nothing] },
  // A domain, which is called by the type below it.
  {
    kind: 'domain',
    types: { postgresql: 'information_schema.cardinal_number' },
    values: [...same('42'), nothing],
  },
];
