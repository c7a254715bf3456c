import { expect } from '@jest/globals';
import type { ColumnType, ComparedColumn } from '../../../src/model/sync/column.ts';
import { codeForms } from '../../../src/sync/push-down/code-forms.ts';
import { type Form, textForms } from '../../../src/sync/push-down/forms.ts';
import { numberForms } from '../../../src/sync/push-down/number-forms.ts';
import { timeForms } from '../../../src/sync/push-down/time-forms.ts';

type Pair = readonly [left: string, right: string, ...causes: string[]];

/** What each pair of values is: the causes whose forms undo it, in a server without NFKC. */
const pairs: readonly (readonly [ColumnType, readonly Pair[]])[] = [
  [
    'text',
    [
      ['a', ' a', 'whitespace'],
      ['Ａ', 'Ａ\u3000', 'whitespace'],
      ['Won', 'won', 'letter-case'],
      ['É', 'é', 'letter-case'],
      ['', ' '],
      ['a', 'b'],
      ['0012', '12', 'leading-zero-lost'],
      ['12', '0012', 'leading-zero-lost'],
      ['0012', '12.0', 'leading-zero-lost'],
      ['0.5', '.5'],
      ['000', ''],
      ['0012', '13'],
      ["it's \\", "IT'S \\", 'letter-case'],
    ],
  ],
  [
    'phone',
    [
      ['03-1234-5678', '0312345678', 'phone-format'],
      ['+81 3 1234 5678', '03-1234-5678', 'phone-format'],
      ['+81 (0)3-1234-5678', '0312345678', 'phone-format'],
      ['010 81 3 1234 5678', '03(1234)5678', 'phone-format'],
      ['813-1234-5678', '03 1234 5678', 'phone-format'],
      ['+1 212 555 0100', '+12125550100', 'phone-format'],
      ['03−1234−5678', '03-1234-5678', 'phone-format'],
      ['0312345678', '312345678', 'leading-zero-lost'],
      ['03-1234-5678', '03-1234-5679'],
      ['03-1234-5678 / 5679', '0312345678'],
    ],
  ],
  [
    'postcode',
    [
      ['150-0002', '1500002', 'postcode-format'],
      ['〒150-0002', '150 0002', 'postcode-format'],
      ['JP-150-0002', '150−0002', 'postcode-format'],
      ['0600000', '600000', 'leading-zero-lost'],
      ['150-0002', '150-0003'],
      ['12345', '12345-6789'],
    ],
  ],
  [
    'boolean',
    [
      ['true', 'YES', 'boolean-form'],
      ['0', 'いいえ', 'boolean-form'],
      ['true', 'no'],
      ['', 'false'],
    ],
  ],
  [
    'amount',
    [
      ['1,234', '1234', 'number-format'],
      ['¥1,234,567.50', '1234567.5', 'number-format'],
      ['1000円', '1000', 'number-format'],
      ['-0.0', '0', 'number-format'],
      ['007', '7', 'number-format'],
      ['.50', '0.5', 'number-format'],
      ['-¥5', '-5', 'number-format'],
      ['12,34', '1234'],
      ['1234,000', '1234000'],
      ['9007199254740993', '9007199254740992'],
      ['1-2', '12'],
      ['1000', '1100', 'amount-tax'],
      ['999', '1098', 'amount-tax'],
      ['0.35', '0.39', 'amount-tax'],
      ['108', '100', 'amount-tax'],
      ['-15', '-17', 'amount-tax'],
      ['-15', '-16', 'amount-tax'],
      ['0', '0.00', 'number-format'],
      ['1000', '1', 'amount-scale'],
      ['1', '1000', 'amount-scale'],
      ['12.5', '125000', 'amount-scale'],
      ['250000', '25', 'amount-scale'],
      ['-3', '-300', 'amount-scale'],
      ['1', '1001'],
      ['12345678901234567890', '1234567890123456789000'],
    ],
  ],
  [
    'date',
    [
      ['2024-02-29', '2024-03-01', 'date-off-by-one'],
      ['2023-12-31', '2024-01-01', 'date-off-by-one'],
      ['1900-03-01', '1900-02-28', 'date-off-by-one'],
      ['0001-01-02', '0001-01-01', 'date-off-by-one'],
      ['2024-02-28', '2024-03-01'],
      ['2024-05-01', '2024-05-01T00:00:00'],
      ['2024-05-01', '2024-05-01T10:00:00', 'time-part-dropped'],
    ],
  ],
  [
    'timestamp',
    [
      ['2024-05-01T10:00:00', '2024-05-01', 'time-part-dropped'],
      ['2024-05-01T10:00:00Z', '2024-05-01T00:00:00Z', 'time-part-dropped'],
      ['2024-05-01T10:00:00', '2024-05-02'],
      ['2024-05-01T10:00:00', '2024-05-01 10:00:00', 'timestamp-representation'],
      ['2024-05-01T10:00:00Z', '2024-05-01 10:00:00+00:00', 'timestamp-representation'],
      ['2024-05-01T10:00:00Z', '2024-05-01T19:00:00+09:00', 'timestamp-representation'],
      ['2024-05-01T10:00:00Z', '1714557600', 'timestamp-representation'],
      ['2024-05-01T10:00:00Z', '2024-05-01T10:00:00'],
      ['2024-05-01T10:00:00.5', '2024-05-01 10:00:00'],
      ['2024-05-01T10:00:00', '2024-05-01T10:00:01'],
      ['x', 'y'],
    ],
  ],
];

const formsOf = (type: ColumnType, hasNfkc: boolean): readonly Form[] => {
  const source = { name: 'c' };
  const column: ComparedColumn = {
    ...{ at: 0, left: 'c', right: 'c', type, typeFrom: 'source', key: false },
    ...{ leftSource: source, rightSource: source },
  };
  return [
    ...textForms(column, hasNfkc),
    ...numberForms(hasNfkc).filter(() => type === 'amount'),
    ...timeForms(type === 'timestamp', hasNfkc).filter(() => type === 'timestamp' || type === 'date'),
    ...codeForms(column, hasNfkc),
  ];
};

const literal = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

/**
 * The SQL of every form and what it is here agree for every pair, and name what is wrong with it. What the server finds that the rule
 * here does not would be a false count; the other way round it only says less.
 */
export const expectFormsAgree = async (sql: (text: string) => Promise<string>, hasNfkc: boolean): Promise<void> => {
  const [found, wanted, wrong]: [unknown[], unknown[], unknown[]] = [[], [], []];
  for (const [type, some] of pairs) {
    const forms = formsOf(type, hasNfkc);
    const list = some.map(([left, right]) => `(${literal(left)}, ${literal(right)})`).join(', ');
    const asked = forms.map((form) => `toUInt8(${form.sql('vl', 'vr')})`).join(', ');
    const answer = await sql(
      `SELECT ${asked} FROM (SELECT arrayJoin([${list}]) AS pair, tupleElement(pair, 1) AS vl, tupleElement(pair, 2) AS vr) FORMAT TabSeparated`,
    );
    const rows = answer.trimEnd().split('\n');
    for (const [at, [left, right, ...causes]] of some.entries()) {
      const undo = (rows[at] ?? '').split('\t').flatMap((yes, which) => (yes === '1' ? (forms[which] ?? []) : []));
      found.push({ type, left, right, causes: [...new Set(undo.map(({ cause }) => cause.slice('sync.'.length)))] });
      wanted.push({ type, left, right, causes });
      const not = undo.filter(({ holds }) => !holds(left, right)).map(({ cause, detail }) => ({ cause, detail }));
      if (not.length > 0) wrong.push({ type, left, right, not });
    }
  }
  expect(found).toEqual(wanted);
  expect(wrong).toEqual([]);
};
