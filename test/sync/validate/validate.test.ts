import { describe, expect, test } from '@jest/globals';
import type { ColumnType, ComparedColumn, SourceColumn } from '../../../src/model/sync/column.ts';
import type { RowBatch } from '../../../src/model/sync/source.ts';
import type { FieldDemands } from '../../../src/model/sync/subject.ts';
import { HashMap } from '../../../src/sync/validate/hash-map.ts';
import { checkRules } from '../../../src/sync/validate/record-rules.ts';
import { validate } from '../../../src/sync/validate/validate.ts';

async function* batches(list: readonly RowBatch[]): AsyncIterable<RowBatch> {
  yield* list;
}

const column = (
  at: number,
  name: string,
  target: Partial<SourceColumn>,
  more: Partial<ComparedColumn> = {},
): ComparedColumn => ({
  at,
  left: name,
  right: `right_${name}`,
  type: 'text',
  typeFrom: 'none',
  key: at === 0,
  leftSource: { name },
  rightSource: { name: `right_${name}`, ...target },
  ...more,
});

const check = (
  values: readonly string[],
  one: {
    readonly target?: Partial<SourceColumn>;
    readonly more?: Partial<ComparedColumn>;
    readonly own?: FieldDemands;
  },
) =>
  validate(
    {
      side: 'left',
      // The value stands before the key: positions count, not the order.
      rows: () => batches([{ kind: 'rows', rows: values.map((value, at) => [value, `K${at}`]) }]),
      positions: [1, 0],
      demands: one.own ? { value: one.own } : {},
    },
    [column(0, 'id', {}), column(1, 'value', one.target ?? {}, one.more)],
    new AbortController().signal,
  );

const refused = async (values: readonly string[], one: Parameters<typeof check>[1]): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const value of values) if ((await check([value], one)).rejected === 1) found.push(value);
  return found;
};

const guessed = (type: ColumnType) => ({ more: { type, typeFrom: 'values' as const } });

describe('records that the target would refuse', () => {
  test('are counted with key, value, rule and who asks', async () => {
    const said = await check(['甲', '', '  ', '0'], { target: { required: true } });
    expect(said).toEqual({
      side: 'left',
      rows: 4,
      rejected: 2,
      problems: [
        {
          column: 'value',
          rule: 'required',
          n: 2,
          asks: 'a value',
          from: 'target',
          examples: [
            { key: 'K1', left: '' },
            { key: 'K2', left: '  ' },
          ],
        },
      ],
    });
  });

  test('are held against the target and not against their own side, and a computed column is written by nobody', async () => {
    expect((await check([''], { more: { leftSource: { name: 'value', required: true } } })).rejected).toBe(0);
    expect((await check([''], { target: { required: true, calculated: true } })).rejected).toBe(0);
  });

  test('a record with two faults is refused once', async () => {
    const said = await check(['abcdef'], { target: { maxLength: 3, type: 'number' } });
    expect(said.rejected).toBe(1);
    expect(said.problems.map(({ rule }) => rule)).toEqual(['length', 'number']);
  });

  test('length counts characters: one outside the BMP is one', async () => {
    const target = { maxLength: 3 };
    expect(await refused(['株式会', '𠮷野家', '😀😀😀', '株式会社', '𠮷野家😀'], { target })).toEqual([
      '株式会社',
      '𠮷野家😀',
    ]);
    expect((await check(['1234'], { target, own: { maxLength: 2 } })).problems).toMatchObject([
      { asks: 'at most 2 characters', from: 'configuration' },
    ]);
  });

  test('an option is one of the list as it stands; several may be separated', async () => {
    const options = ['A 社', 'B 社'];
    expect(await refused(['A 社', 'A社', 'B 社;A 社', ''], { target: { options } })).toEqual(['A社', 'B 社;A 社']);
    expect(
      await refused(['A 社', 'B 社;A 社', '["A 社","B 社"]', 'A 社;C 社'], {
        target: { options, type: 'multi-picklist' },
      }),
    ).toEqual(['A 社;C 社']);
    expect((await check(['C'], { own: { options } })).problems).toMatchObject([{ from: 'configuration' }]);
  });

  test('a number has ASCII digits and no grouping', async () => {
    const values = ['1200', '-0.5', '1e6', '9007199254740993', '1,200', '¥1200', '１２', '12円', '1.2.3', ''];
    for (const [declared, bad] of [
      ['smallint', ['32768', '-32769']],
      ['int(10) unsigned', ['-1', '4294967296']],
      ['numeric(5,2)', ['1000', '999.995', '-1000']],
      ['numeric(6,3)', []],
      ['decimal(3)', ['999.5', '1000']],
      ['numeric', []],
      ['Int8', []],
    ] as const) {
      const numbers = ['0', '32767', '-0.4', '1e9', '999', ...bad];
      expect(await refused(numbers, { target: { type: 'number', declared } })).toEqual(
        /^(?:numeric|decimal)\(/.test(declared) ? ['32767', ...bad] : bad,
      );
    }
    expect(
      (await check(['1e9', '70000'], { target: { type: 'number', declared: 'smallint' } })).problems,
    ).toMatchObject([{ rule: 'range', asks: 'a number from -32768 to 32767', from: 'target', n: 1 }]);
    for (const [declared, bad] of [
      ['numeric(5,2)', []],
      ['double', ['NaN', '-Infinity']],
    ] as const)
      expect(await refused(['NaN', '-Infinity'], { target: { type: 'number', declared } })).toEqual(bad);
    const flag = { name: 'value', type: 'boolean' } as const;
    expect(await refused(['true', 'false'], { target: { type: 'number' }, more: { leftSource: flag } })).toEqual([]);
    expect(await refused(['true'], { target: { type: 'number' } })).toEqual(['true']);
    expect(await refused(values, { target: { type: 'number' } })).toEqual(['1,200', '¥1200', '１２', '12円', '1.2.3']);
  });

  test('a date is a day of the calendar', async () => {
    const good = ['2026-11-26', '2024/2/29', '20261126', '2026-11-26 09:30', '2026-11-26T09:30:00.123+09:00'];
    const bad = [
      '2026-02-29',
      '2026-13-01',
      '0000-00-00',
      '令和8年11月26日',
      '46352',
      '2026-11-26 25:00',
      '26/11/2026',
    ];
    expect(await refused([...good, ...bad], { target: { type: 'date' } })).toEqual(bad);
    expect(await refused([...good, ...bad], { target: { type: 'timestamp' } })).toEqual(bad);
  });

  test('a boolean', async () => {
    const values = ['true', 'FALSE', '0', 'はい', '2', '真'];
    expect(await refused(values, { target: { type: 'boolean' } })).toEqual(['はい', '2', '真']);
  });

  test('numbers and dates of a text column are asked for by nobody', async () => {
    expect((await check(['abc'], guessed('number'))).rejected).toBe(0);
    expect((await check(['abc'], { more: { type: 'number', typeFrom: 'configuration' } })).problems).toMatchObject([
      { rule: 'number', from: 'configuration' },
    ]);
  });

  test('an e-mail address that is delivered, also with the dots of mobile carriers', async () => {
    const good = [
      'a@example.co.jp',
      'taro..yamada@docomo.ne.jp',
      'taro.@ezweb.ne.jp',
      "o'neil+x@example.com",
      'a@例え.jp',
    ];
    const bad = ['a@b', 'a＠example.jp', 'a@example..jp', 'a b@example.jp', 'a@x.jp, b@x.jp', 'Taro <a@x.jp>', '@x.jp'];
    bad.push(`${'a'.repeat(65)}@example.jp`, 'a@-x.example.jp', 'a@x.-jp', 'a@example.jp.');
    expect(await refused([...good, ...bad], guessed('email'))).toEqual(bad);
  });

  test('a phone number with its leading 0 or its country', async () => {
    const good = [
      '03-1234-5678',
      '０９０－１２３４－５６７８',
      '+81 3-1234-5678',
      '03(1234)5678',
      '0120-123-456',
      '03-1234-5678 内線12',
      '(415) 555-2671',
    ];
    const bad = ['312345678', '8.13E+11', '03-1234-567', '不明', 'なし', '03-1234-5678 / 090-1234-5678', '内線12'];
    good.push('0312345678', '08012345678', '012345678901', '01-2345-67890');
    bad.push('0123-4-5678', '01234-1234-56789', '012345678');
    expect(await refused([...good, ...bad], guessed('phone'))).toEqual(bad);
  });

  test('a postal code that lost its 0 among Japanese ones, and the same digits where they are of another country', async () => {
    const japanese = await check(
      ['100-0001', '1000002', '〒１００－０００３', '600001', 'SW1A 1AA', '不明'],
      guessed('postcode'),
    );
    expect(japanese).toMatchObject({ rejected: 2, problems: [{ rule: 'postcode', n: 2 }] });
    expect(japanese.problems[0]?.examples.map(({ left }) => left)).toEqual(['不明', '600001']);
    const indian = await check(['110001', '400001', '560001', '100-0001'], guessed('postcode'));
    expect(indian).toMatchObject({ rejected: 0, problems: [] });
  });

  test('examples are few and harmless, counts are exact', async () => {
    const said = await check(
      Array.from({ length: 3000 }, () => `\u001b[31m${'x'.repeat(900)}`),
      { target: { maxLength: 3 } },
    );
    expect(said.problems[0]).toMatchObject({ n: 3000 });
    expect(said.problems[0]?.examples).toHaveLength(5);
    expect(JSON.stringify(said).length).toBeLessThan(2000);
    expect(said.problems[0]?.examples[0]?.left).not.toContain('\u001b');
  });

  test('only the key and the columns of which something is asked are read', async () => {
    const asked: (readonly number[])[] = [];
    const rows = (wanted: readonly number[]) => {
      asked.push(wanted);
      return batches([]);
    };
    const columns = [
      column(0, 'id', {}),
      column(1, 'note', {}),
      column(2, 'name', { required: true }),
      column(3, 'postcode', {}, { type: 'postcode', typeFrom: 'values' }),
    ];
    await validate({ side: 'left', rows, positions: [6, 5, 4, 3] }, columns, new AbortController().signal);
    expect(asked.map((one) => one.toSorted())).toEqual([[3, 4, 6]]);
  });

  test('what was read before a failure is counted, and the failure is told', async () => {
    const failure = { kind: 'changed', what: 'a.csv' } as const;
    const rejectedRow = { kind: 'rejected', at: { why: 'too-few-fields' } } as const;
    const said = await validate(
      {
        side: 'right',
        rows: () => batches([{ kind: 'rows', rows: [['1']] }, rejectedRow, { kind: 'failed', failure }]),
        positions: [0],
      },
      [column(0, 'id', {}, { leftSource: { name: 'id', type: 'boolean', options: ['2'] } })],
      new AbortController().signal,
    );
    expect(said).toMatchObject({ rows: 1, rejected: 1, failure, problems: [{ column: 'right_id', rule: 'option' }] });
    await expect(
      validate({ side: 'left', rows: () => batches([rejectedRow]), positions: [] }, [], AbortSignal.abort()),
    ).rejects.toThrow();
  });

  test('what a table asks of whole records is held against them, and what is not understood is named', async () => {
    const columns = [
      column(0, 'id', {}),
      column(1, 'from', { type: 'date' }),
      column(2, 'to', { type: 'date' }),
      column(3, 'code', {}),
    ].map((one) => ({ ...one, rightSource: { ...one.rightSource, name: one.left } }));
    const check = (name: string, condition: string) =>
      ({ kind: 'check', name, condition, dialect: 'postgresql' }) as const;
    const { rules, notChecked } = checkRules(
      [
        check('in_order', 'CHECK (("from" <= "to"))'),
        check('code_form', "CHECK (((code)::text ~ '^[A-Z]{2}$'::text))"),
        check('odd', 'CHECK (is_good(code))'),
        check('both', "CHECK (((code = 'x'::text) OR (secret > 1)))"),
        check('of_others', 'CHECK ((secret > 0))'),
      ],
      columns,
      'left',
    );
    const rows = [
      ['K1', '2026-01-02', '2026-01-01', 'ab'],
      ['K2', '2026-01-01', '2026-01-01', 'AB'],
      ['K3', '', '2026-01-01', ''],
    ];
    const said = await validate(
      {
        side: 'left',
        rows: () => batches([{ kind: 'rows', rows }]),
        positions: [0, 1, 2, 3],
        records: rules,
        notChecked,
      },
      columns,
      new AbortController().signal,
    );
    expect(said).toMatchObject({
      rejected: 1,
      problems: [
        {
          column: 'from, to',
          rule: 'check',
          constraint: 'in_order',
          asks: 'CHECK in_order: (("from" <= "to"))',
          n: 1,
          examples: [{ key: 'K1', left: '2026-01-02 / 2026-01-01' }],
        },
        { column: 'code', rule: 'check', n: 1 },
      ],
      notChecked: [
        { constraint: 'odd', why: 'not-understood' },
        { constraint: 'both', why: 'other-column' },
      ],
    });
  });
});

test('hashes are found again among as many as there are, also such as differ in their high bits only', () => {
  const [map, known] = [new HashMap(), new Map<number, number>()];
  for (let at = 0; at < 5_000; at += 1) {
    const key = (at % 70) * 2 ** 32 + ((at * 2_654_435_761) % 9_973);
    map.set(key, at);
    known.set(key, at);
  }
  expect(map.size).toBe(known.size);
  expect([...known].filter(([key, value]) => map.get(key) !== value)).toEqual([]);
  expect([map.get(2 ** 52 + 1), map.get(0)]).toEqual([undefined, known.get(0)]);
});
