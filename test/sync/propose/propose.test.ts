import { describe, expect, test } from '@jest/globals';
import type { SyncProposal } from '../../../src/model/sync/proposal.ts';
import type { RowBatch } from '../../../src/model/sync/source.ts';
import { proposeSync } from '../../../src/sync/propose/propose.ts';
import { sourceOf } from '../support/in-memory.ts';
import { type Contact, contacts, seeded, withHonestEdits } from '../support/view.ts';

const { signal } = new AbortController();

const propose = (left: readonly Contact[], right: readonly Contact[]): Promise<SyncProposal> =>
  proposeSync(sourceOf('left', left), sourceOf('right', right), signal);

const shuffled = (rows: readonly Contact[], seed = 5): readonly Contact[] => {
  const random = seeded(seed);
  return rows
    .map((row) => ({ row, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ row }) => row);
};

/** The same records under other names, in another order of columns and rows. */
const renamed = (rows: readonly Contact[], names: Readonly<Record<string, string>>): readonly Contact[] =>
  shuffled(rows).map((row) =>
    Object.fromEntries(
      Object.entries(names)
        .toReversed()
        .map(([name, other]) => [other, row[name] ?? '']),
    ),
  );

const japanese: Readonly<Record<string, string>> = {
  id: '顧客番号',
  name: '氏名',
  kana: 'フリガナ',
  company: '会社名',
  email: 'メールアドレス',
  phone: '電話番号',
  postcode: '郵便番号',
  address: '住所',
  stage: 'ステータス',
  owner: '担当者',
  amount: '金額',
  birthday: '生年月日',
  created_at: '作成日時',
  updated_at: '更新日時',
  notes: '備考',
};

const pairsOf = ({ fields }: SyncProposal): Readonly<Record<string, string>> =>
  Object.fromEntries(fields.map(({ left, right }) => [left, right]));

const without = (names: Readonly<Record<string, string>>, ...left: readonly string[]) =>
  Object.fromEntries(Object.entries(names).filter(([name]) => !left.includes(name)));

const rows = contacts(600);

test('where it is stopped nothing is proposed, however the source ends then', async () => {
  const stopped = { kind: 'interrupted', what: 'left', says: 'stopped', after: 0 } as const;
  for (const last of [[], [{ kind: 'failed', failure: stopped }]] as const) {
    const stop = new AbortController();
    const left = sourceOf('left', rows);
    const ending = async function* (): AsyncGenerator<RowBatch> {
      yield* left.rows(stop.signal);
      stop.abort(new Error('stopped'));
      yield* last;
    };
    const sides = [{ ...left, rows: ending }, sourceOf('right', rows)] as const;
    await expect(proposeSync(...sides, stop.signal)).rejects.toThrow('stopped');
  }
});

describe('two sides with the same records', () => {
  test('under Japanese names, in another order: key, columns, types and roles', async () => {
    const proposal = await propose(rows, renamed(withHonestEdits(rows), japanese));
    expect(proposal.key).toMatchObject({ left: ['id'], right: ['顧客番号'], rules: [] });
    expect(proposal.key?.confidence).toBeGreaterThan(0.95);
    expect(pairsOf(proposal)).toEqual(without(japanese, 'id'));
    expect(proposal.unmapped).toEqual({ left: [], right: [] });
    const by = Object.fromEntries(proposal.fields.map((field) => [field.left, field]));
    expect(by.phone).toMatchObject({ as: 'phone' });
    expect(by.email).toMatchObject({ as: 'email' });
    expect(by.stage).toMatchObject({ as: 'picklist' });
    expect(by.amount).toMatchObject({ as: 'amount' });
    expect(by.birthday).toMatchObject({ as: 'date' });
    expect(by.updated_at).toMatchObject({ as: 'timestamp', role: 'updated-at' });
    expect(by.created_at).toMatchObject({ as: 'timestamp', role: 'created-at' });
    expect(by.owner).toMatchObject({ as: 'reference', role: 'owner' });
    for (const { confidence } of proposal.fields) expect(confidence).toBeGreaterThan(0.8);
    expect(by.address?.evidence[1]?.en).toMatch(/^equal in 5\d\d of 600 joined rows/);
  });

  test('under names that say nothing: by the values alone', async () => {
    const names = Object.fromEntries(Object.keys(japanese).map((name, at) => [name, `f${at + 100}`]));
    const proposal = await propose(rows, renamed(rows, names));
    expect(proposal.key).toMatchObject({ left: ['id'], right: ['f100'] });
    expect(pairsOf(proposal)).toEqual(without(names, 'id'));
    for (const { confidence } of proposal.fields) expect(confidence).toBeGreaterThan(0.6);
  });

  test('in other notations', async () => {
    const other = rows.map((row) => ({
      ...row,
      phone: (row.phone ?? '').replaceAll('-', ''),
      company: (row.company ?? '').replace('株式会社', '(株)'),
      postcode: `〒${row.postcode}`,
    }));
    const proposal = await propose(rows, renamed(other, japanese));
    expect(pairsOf(proposal)).toEqual(without(japanese, 'id'));
    const phone = proposal.fields.find(({ left }) => left === 'phone');
    expect(phone?.evidence[1]?.en).toBe('equal in 600 of 600 joined rows (0 to the letter)');
    expect(phone?.confidence).toBeGreaterThan(0.9);
  });

  test('of which each has its own besides', async () => {
    const proposal = await propose(rows.slice(0, 450), renamed(rows.slice(150), japanese));
    expect(proposal.key).toMatchObject({ left: ['id'], right: ['顧客番号'] });
    expect(proposal.key?.evidence.slice(0, 2)).toEqual([
      expect.objectContaining({ en: '300 of 450 keys are on both sides (the other side has 450)' }),
      {
        en: 'unique in all 450 records on the left and in all 450 records on the right',
        ja: '左側は全 450 件、右側は全 450 件で一意です',
      },
    ]);
  });
});

describe('the key', () => {
  test('of two that would do is the id, and the other one is named', async () => {
    const proposal = await propose(rows, shuffled(rows));
    expect(proposal.key).toMatchObject({ left: ['id'], right: ['id'] });
    expect(proposal.otherKeys).toMatchObject([{ left: ['email'], right: ['email'] }, { left: ['phone'] }]);
  });

  test('is not the id where each system counts by itself', async () => {
    const numbered = (from: readonly Contact[], start: number) =>
      from.map((row, at) => ({ ...row, id: String(start + at) }));
    const proposal = await propose(numbered(rows, 1), numbered(shuffled(rows), 1));
    expect(proposal.key).toMatchObject({ left: ['email'], right: ['email'] });
    expect(proposal.ignored).toMatchObject([{ left: 'id', right: 'id' }]);
    expect(proposal.ignored[0]?.why.en).toMatch(/^each system's own: equal in \d of/);
    const alone = (from: readonly Contact[]) =>
      from.map(({ id = '', stage = '', amount = '' }) => ({ id, stage, amount }));
    const none = await propose(alone(numbered(rows, 1)), alone(numbered(shuffled(rows), 1)));
    expect(none.key).toBeUndefined();
    expect(none.failedKeys[0]).toMatchObject({ left: ['id'], right: ['id'] });
    expect(none.failedKeys[0]?.why[0]?.en).toMatch(/^the keys meet, but the records that they join have nothing else/);
  });

  test('tells of keys that only its rules bring together', async () => {
    const right = rows.map((row, at) => (at % 2 === 0 ? { ...row, id: (row.id ?? '').toLowerCase() } : row));
    const { key } = await propose(rows, right);
    expect(key).toMatchObject({ rules: ['lower'], unlike: { n: rows.length / 2, of: rows.length } });
    expect(key?.unlike?.right).toBe(key?.unlike?.left.toLowerCase());
    expect((await propose(rows, rows)).key?.unlike).toBeUndefined();
  });

  test('leaves no code out of the comparison that a spreadsheet harmed', async () => {
    const left = rows.map((row, at) => ({ ...row, jan_code: String(4_900_000_000_000 + 7_919_317 * at) }));
    const harmed = (change: (code: string) => string) =>
      left.map((row) => ({ ...row, jan_code: change(row.jan_code) }));
    const own = async (right: readonly Contact[]) => (await propose(left, right)).ignored.map((one) => one.left);
    expect(await own(harmed((code) => Number(code).toExponential(5).toUpperCase()))).toEqual([]);
    expect(await own(harmed((code) => `JAN-${code}`))).toEqual([]);
    expect(await own(harmed((code) => String(9_123_456_789_012 - Number(code))))).toEqual(['jan_code']);
    expect(await own(harmed((code) => `00${code.slice(0, 6)}-${code.slice(6)}`))).toEqual([]);
  });

  test('is the column in which one system keeps the id of the other', async () => {
    const left = rows.map((row, at) => ({ ...row, id: String(at + 1) }));
    const right = shuffled(left).map(({ email: _, id, ...row }, at) => ({
      id: String(at + 1),
      crm_id: id ?? '',
      ...row,
    }));
    const proposal = await propose(left, right);
    expect(proposal.key).toMatchObject({ left: ['id'], right: ['crm_id'], rules: [] });
    expect(proposal.unmapped).toEqual({ left: ['email'], right: ['id'] });
  });

  test.each([
    ['zeros and blanks', (id: string) => ` 000${id.slice(1)} `, ['zeros'], (id: string) => id.slice(1)],
    ['letters', (id: string) => id.toLowerCase(), ['lower'], (id: string) => id],
    ['dashes', (id: string) => `${id.slice(0, 3)}-${id.slice(3)}`, ['letters-digits'], (id: string) => id],
    ['a prefix', (id: string) => `CUST-${id.slice(1)}`, ['digits'], (id: string) => id.slice(1)],
    [
      'full width',
      (id: string) => id.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)),
      ['width'],
      (id: string) => id,
    ],
  ])('under rules: %s', async (_, form, rules, plain) => {
    const left = rows.map((row) => ({ ...row, id: plain(row.id ?? '') }));
    const right = shuffled(rows.map(({ email, phone, ...row }) => ({ ...row, id: form(row.id ?? '') })));
    const proposal = await propose(left, right);
    expect(proposal.key).toMatchObject({ left: ['id'], right: ['id'], rules });
    expect(proposal.key?.evidence.map(({ en }) => en).join()).toContain(
      `without the rules ${rules.join(', ')} only 0 of 600 would meet, with them 600`,
    );
  });

  test('is of several columns where no single one will do', async () => {
    const lines = (from: readonly Contact[]) =>
      from.flatMap(({ company = '', amount = '', stage = '' }, at) =>
        [1, 2, 3].map((line) => ({
          order_no: `S${Math.floor(at) + 1000}`,
          line: String(line),
          company,
          amount,
          stage,
        })),
      );
    const proposal = await propose(
      lines(rows),
      renamed(lines(rows), { order_no: '注文番号', line: 'line', company: '会社名', amount: '金額', stage: '状態' }),
    );
    expect(proposal.key).toMatchObject({ left: ['order_no', 'line'], right: ['注文番号', 'line'] });
    expect(pairsOf(proposal)).toEqual({ company: '会社名', amount: '金額', stage: '状態' });
  });

  const numbers = (() => {
    const random = seeded(8);
    return (most: number): string => String(Math.floor(random() * most));
  })();

  test('is made of no number that was counted or measured, though it tells most rows apart', async () => {
    const shops = rows.map((_, at) => ({
      store: `S${at % 10}`,
      date: `2024-03-${10 + Math.floor(at / 40)}`,
      register: String(1 + (Math.floor(at / 10) % 4)),
      sales: numbers(900_000),
      visits: numbers(100_000),
    }));
    const ofThree = await propose(shops, shuffled(shops));
    expect(ofThree.key?.left.toSorted()).toEqual(['date', 'register', 'store']);
    const days = shops.map((row, at) => ({
      date: new Date(Date.UTC(2020, 0, 1 + at)).toISOString().slice(0, 10),
      sales: row.sales,
      visits: numbers(2_000),
      guests: numbers(2_000),
    }));
    expect((await propose(days, shuffled(days))).key).toBeUndefined();
    const twice = shops.map(({ visits, store }, at) => ({
      visits: at === 7 ? (shops[3]?.visits ?? '') : visits,
      store,
    }));
    expect((await propose(twice, shuffled(twice))).failedKeys[0]?.why[0]?.en).toMatch(/^not unique on the left: \d/);
  });

  test('is the number of the line beside that of the order, in whatever language', async () => {
    const lines = rows.map((_, at) => ({
      order_no: `A${5000 + Math.floor(at / 5)}`,
      line_no: String(1 + (at % 5)),
      item: `item ${numbers(300)}`,
      quantity: numbers(9),
    }));
    const japaneseLines = renamed(lines, { order_no: '注文番号', line_no: '行', item: '商品', quantity: '数量' });
    expect((await propose(lines, japaneseLines)).key).toMatchObject({
      left: ['order_no', 'line_no'],
      right: ['注文番号', '行'],
    });
  });

  test('is not made of a phone number and a birthday', async () => {
    const shared = rows.map(({ phone = '', birthday = '', stage = '', amount = '' }, at) => ({
      phone: at % 10 === 0 ? (rows[at / 10]?.phone ?? '') : phone,
      birthday,
      stage,
      amount,
    }));
    const { key, failedKeys } = await propose(shared, shuffled(shared));
    expect(key).toBeUndefined();
    expect(failedKeys[0]).toMatchObject({ left: ['phone'] });
  });

  test('is none where every one is repeated, and why is said', async () => {
    const twice = rows.slice(0, 400).flatMap(({ email = '', stage = '', notes = '' }) => [
      { email, stage, notes },
      { email, stage: `${stage}2`, notes },
    ]);
    const proposal = await propose(twice, shuffled(twice));
    expect(proposal.key).toBeUndefined();
    expect(proposal.failedKeys[0]).toMatchObject({ left: ['email'], right: ['email'] });
    expect(proposal.failedKeys[0]?.why[0]).toEqual({
      en: 'not unique on the left: 800 of 800 rows share their key with another (100.0 %)',
      ja: '左側で一意ではありません。800 行中 800 行が他の行と同じ値です (100.0 %)',
    });
    expect(pairsOf(proposal)).toMatchObject({ email: 'email', stage: 'stage' });
  });

  test('is none where the sides have no record in common', async () => {
    const proposal = await propose(rows.slice(0, 500), contacts(1500, 9).slice(700));
    expect(proposal.key).toBeUndefined();
    expect(proposal.failedKeys.some(({ why }) => why.some(({ en }) => /keys are on both sides/.test(en)))).toBe(true);
  });

  test('is none of two environments, whose ids begin with another text, and that is said first', async () => {
    const of = (list: readonly Contact[], pod: string) =>
      list.map((row, at) => ({ ...row, id: `a0B${pod}0000${100_000 + at}` }));
    const proposal = await propose(of(rows, '5g'), of(contacts(400, 9), '9h'));
    expect(proposal.key).toBeUndefined();
    expect(proposal.failedKeys[0]).toMatchObject({ left: ['id'], right: ['id'] });
    expect(proposal.failedKeys[0]?.why[0]?.en).toMatch(/begin with a0B5g0000.* and with a0B9h0000.*two environments/);
    const mixed = await propose(
      of(rows, '5g'),
      of(contacts(400, 9), '5g').map((row) => ({ ...row, id: `${row.id}x` })),
    );
    expect(JSON.stringify(mixed.failedKeys)).not.toContain('two environments');
  });

  test('is none where a side has no rows', async () => {
    const proposal = await propose(rows, []);
    expect(proposal).toMatchObject({ otherKeys: [], fields: [], rows: { right: { looked: 0, whole: true } } });
    expect(proposal.key).toBeUndefined();
  });
});

describe('columns that look alike', () => {
  test('are found in very wide tables too: all of one name, and those that are called otherwise', async () => {
    const names = Array.from({ length: 1_200 }, (_, at) => `field_${at}`);
    const values = seeded(12);
    const wide = rows.slice(0, 60).map(({ id = '', email = '' }) => ({
      id,
      ...Object.fromEntries(names.map((name) => [name, String(Math.floor(values() * 90_000))])),
      email,
    }));
    const right = shuffled(wide).map(({ email = '', ...row }) => ({ ...row, メール: email }));
    const proposal = await propose(wide, right);
    expect(proposal.key).toMatchObject({ left: ['id'], right: ['id'] });
    expect(pairsOf(proposal)).toEqual({ ...Object.fromEntries(names.map((name) => [name, name])), email: 'メール' });
    expect(proposal.unmapped).toEqual({ left: [], right: [] });
  });

  const random = seeded(4);
  const digits = (): string => String(1000 + Math.floor(random() * 9000));
  const people = rows.slice(0, 600).map((row, at) => {
    const shipping = at % 4 === 0 ? `東京都中央区銀座${digits()}` : (row.address ?? '');
    return {
      id: row.id ?? '',
      phone: `03-${digits()}-${digits()}`,
      mobile: `090-${digits()}-${digits()}`,
      fax: `03-${digits()}-${digits()}`,
      billing_address: row.address ?? '',
      shipping_address: shipping,
      email: row.email ?? '',
    };
  });

  test('are told apart by their names', async () => {
    const names = {
      id: 'id',
      mobile: '携帯電話',
      phone: '電話番号',
      fax: 'FAX',
      shipping_address: '配送先住所',
      billing_address: '請求先住所',
      email: 'メール',
    };
    expect(pairsOf(await propose(people, renamed(people, names)))).toEqual(without(names, 'id'));
  });

  test('and by their values where names say nothing', async () => {
    const names = {
      id: 'id',
      mobile: '電話2',
      phone: '電話1',
      fax: '電話3',
      shipping_address: 'address_a',
      billing_address: 'address_b',
      email: 'メール',
    };
    expect(pairsOf(await propose(people, renamed(people, names)))).toEqual(without(names, 'id'));
  });

  test('are doubted where three quarters of the values are the same', async () => {
    const proposal = await propose(people, renamed(people, { id: 'id', billing_address: 'address', email: 'email' }));
    const billing = proposal.fields.find(({ right }) => right === 'address');
    expect(billing?.left).toBe('billing_address');
    const clear = proposal.fields.find(({ left }) => left === 'email');
    expect(billing?.confidence).toBeLessThan(clear?.confidence ?? 0);
  });

  const firms = rows.slice(0, 300).map(({ id = '', name = '', company = '', email = '' }, at) => ({
    id,
    name: company,
    contact: name,
    email,
    phone: `03-${digits()}-${digits()}`,
    fax: at % 3 === 0 ? '' : `06-${digits()}-${digits()}`,
  }));
  const named = rows.slice(0, 300).map((row, at) => ({
    ...row,
    first_name: `first ${at % 90}`,
    last_name: `last ${at % 110}`,
  }));

  test.each([
    [
      'a name that promises another thing than it has',
      firms,
      firms.map(({ name, contact, ...row }) => ({ ...row, 取引先名: name, 担当者名: contact })),
      { name: '取引先名', contact: '担当者名' },
    ],
    [
      'the same name for another thing',
      firms,
      firms.map(({ name, contact, ...row }) => ({ ...row, company: name, name: contact })),
      { name: 'company', contact: 'name' },
    ],
    [
      'one column that has the values of another, which is not there',
      firms,
      firms.map(({ fax, ...row }) => ({ ...row, phone: fax })),
      { name: 'name', phone: 'phone' },
    ],
    [
      'two names that were swapped, which is to be seen',
      named,
      named.map((row) => ({ ...row, first_name: row.last_name, last_name: row.first_name })),
      { first_name: 'first_name', last_name: 'last_name' },
    ],
    [
      'the same in another language',
      named,
      named.map(({ first_name, last_name, ...row }) => ({ ...row, 名: last_name, 姓: first_name })),
      { first_name: '名', last_name: '姓' },
    ],
  ])('%s', async (_, left, right, pairs) => {
    expect(pairsOf(await propose(left, shuffled(right)))).toMatchObject(pairs);
  });

  test('a name that is there twice with other values goes by the name, though less surely', async () => {
    const swapped = people.map((row) => ({ ...row, phone: row.fax, fax: row.phone }));
    const proposal = await propose(people, shuffled(swapped));
    expect(pairsOf(proposal)).toMatchObject({ phone: 'phone', fax: 'fax' });
    for (const { left, confidence } of proposal.fields)
      if (left === 'phone' || left === 'fax') expect(confidence).toBeLessThan(0.7);
  });
});

describe('times', () => {
  const shifted = (ms: (at: number) => number) =>
    rows.map((row, at) => ({
      ...row,
      updated_at: new Date(Date.parse(row.updated_at ?? '') + ms(at)).toISOString(),
    }));

  test('that are nearly the same get a tolerance', async () => {
    const proposal = await propose(rows, shuffled(shifted((at) => (at % 3) * 500)));
    expect(proposal.fields.find(({ role }) => role === 'updated-at')).toMatchObject({ tolerance: '1s' });
  });

  test('that do not say their zone are told, side by side', async () => {
    expect((await propose(rows, shuffled(rows))).zoneless).toBeUndefined();
    const local = rows.map((row) => ({
      ...row,
      updated_at: (row.updated_at ?? '').replace('T', ' ').replace(/(?:\.\d+)?Z$/, ''),
    }));
    expect((await propose(rows, shuffled(local))).zoneless).toEqual({ left: [], right: ['updated_at'] });
  });

  test('that are hours apart are compared, and the zone is spoken of', async () => {
    const proposal = await propose(rows, shuffled(shifted(() => 9 * 3_600_000)));
    const field = proposal.fields.find(({ role }) => role === 'updated-at');
    expect(field?.evidence.at(-1)?.en).toMatch(/^\+9:00 hours apart in 600 of 600/);
  });

  test.each([
    [-20_000, /^-20 s apart/],
    [95_000, /^\+95 s apart/],
    // A copy may take a while.
    [20_000, /^within 1m/],
  ])('that are apart by one clock are compared: %d ms', async (ms, says) => {
    const proposal = await propose(rows, shuffled(shifted((at) => ms + (at % 3) * 100)));
    const field = proposal.fields.find(({ role }) => role === 'updated-at');
    expect(field?.evidence.at(-1)?.en).toMatch(says);
  });

  test('that each system notes by itself are left out', async () => {
    const proposal = await propose(rows, shuffled(shifted((at) => ((at * 7919) % 5_000_000) * 1000 + 7000)));
    expect(proposal.fields.some(({ left }) => left === 'updated_at')).toBe(false);
    expect(proposal.ignored.map(({ left, right }) => [left, right])).toEqual([['updated_at', 'updated_at']]);
  });
});

describe('what cannot be read', () => {
  test('is told, and the rest is looked at', async () => {
    const source = sourceOf('right', rows);
    const failing = {
      ...source,
      rows: async function* (): AsyncGenerator<RowBatch> {
        yield* source.rows(signal);
        yield { kind: 'failed', failure: { kind: 'changed', what: 'b.csv' } };
      },
    };
    const proposal = await proposeSync(sourceOf('left', rows), failing, signal);
    expect(proposal.failures).toEqual([{ side: 'right', failure: { kind: 'changed', what: 'b.csv' } }]);
    expect(proposal.key).toMatchObject({ left: ['id'] });
  });

  test('a stop is heard', async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(proposeSync(sourceOf('left', rows), sourceOf('right', rows), stop.signal)).rejects.toThrow();
  });
});

describe('few rows', () => {
  const few = (count: number) => rows.slice(0, count).map(({ notes: _, ...row }) => row);

  test('of a handful the key is proposed, and doubted', async () => {
    const proposal = await propose(few(5), renamed(few(5), without(japanese, 'notes')));
    expect(proposal.key).toMatchObject({ left: ['id'], right: ['顧客番号'] });
    expect(proposal.key?.confidence).toBeLessThan(0.9);
    expect(pairsOf(proposal)).toEqual(without(japanese, 'id', 'notes'));
  });

  test('that two tables count by themselves are no records in common', async () => {
    const random = seeded(8);
    for (let turn = 0; turn < 40; turn += 1) {
      const side = (count: number) =>
        Array.from({ length: count }, (_, at) => ({
          id: String(at + 1),
          status: ['new', 'won', 'lost', 'open', 'hold'][Math.floor(random() * 5)] ?? '',
          active: random() < 0.5 ? 'true' : 'false',
          rank: String(Math.floor(random() * 4)),
          city: ['東京', '大阪', '名古屋'][Math.floor(random() * 3)] ?? '',
        }));
      const proposal = await propose(side(4 + turn), side(4 + turn));
      expect([turn, proposal.key]).toEqual([turn, undefined]);
    }
  });
});
