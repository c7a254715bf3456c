import { describe, expect, test } from '@jest/globals';
import { allSyncCauses } from '../../../../checks/all-sync-causes.ts';
import { idSuffix } from '../../../../src/reason/salesforce-id.ts';
import { type Contact, contacts, explainedBy, seeded, type ViewOptions } from '../../../sync/support/view.ts';

const rows = contacts(4000, 3);

const withLoss = (list: readonly Contact[], share = 0.005): readonly Contact[] => {
  const random = seeded(5);
  return list.filter(() => random() >= share);
};

/** All causes that there are, so that each is held against all of its look-alikes. */
const named = async (left: readonly Contact[], right: readonly Contact[], options: ViewOptions = {}) =>
  (await explainedBy(allSyncCauses, left, right, options)).map(({ cause }) => cause);

const some = (share: number, seed: number) => {
  const random = seeded(seed);
  return () => random() < share;
};

const minutesLater = (row: Contact, seconds: number, id: string): Contact => ({
  ...row,
  id,
  created_at: new Date(Date.parse(row.created_at ?? '') + 1000 * seconds).toISOString(),
});

describe('missing rows of one kind', () => {
  test('a stage: a filter; an owner: a permission', async () => {
    expect(
      await named(
        rows,
        withLoss(rows).filter(({ stage }) => stage !== '失注'),
      ),
    ).toEqual(['sync.filter-excludes']);
    expect(
      await named(
        rows,
        withLoss(rows).filter(({ owner }) => owner !== 'u-abe'),
      ),
    ).toEqual(['sync.permission-scope']);
  });

  test('a kind of customer decides nothing about who sees it: a filter', async () => {
    for (const name of ['Type', '種別', '取引区分']) {
      const typed = rows.map((row, at) => ({ ...row, [name]: at % 6 === 0 ? '休眠' : '既存' }));
      expect(
        await named(
          typed,
          typed.filter((_, at) => at % 6 !== 0),
        ),
      ).toEqual(['sync.filter-excludes']);
    }
  });

  test('two stages are two findings of one cause, and a condition on two columns is one', async () => {
    const right = rows.filter(({ stage }) => stage !== '失注' && stage !== '受注');
    expect(await named(rows, right)).toEqual(['sync.filter-excludes', 'sync.filter-excludes']);
    const plan = rows.map((row, at): Contact => ({ ...row, plan: at % 3 === 0 ? 'free' : 'paid' }));
    const both = plan.filter((row) => row.plan !== 'free' || row.stage !== '失注');
    const [first, ...more] = await explainedBy(allSyncCauses, plan, both);
    expect(first).toMatchObject({ cause: 'sync.filter-excludes', detail: { and: { column: 'plan', value: 'free' } } });
    expect(more).toEqual([]);
  });

  test.each([
    ['created_at', '2024-04-01T00:00:00Z', false],
    ['updated_at', '2024-06-30T15:00:00Z', false],
    ['visited', '2024-04-01T00:00:00Z', true],
  ])('what is older than a moment of %s is a filter, and the moment is told', async (column, since, empty) => {
    const visited = rows.map(
      (row, at): Contact => ({ ...row, visited: at % 11 === 0 ? '' : (row.created_at ?? '').slice(0, 10) }),
    );
    // One that is there tells the midnight of Tokyo from that of UTC.
    visited.push({
      ...rows[0],
      id: 'C999999',
      updated_at: '2024-06-30T20:00:00Z',
      created_at: '2024-04-01T02:00:00Z',
      visited: '2024-04-01',
    });
    const right = withLoss(visited).filter(
      (row) => (row[column] ?? '') >= since.slice(0, column === 'visited' ? 10 : 19),
    );
    const found = await explainedBy(allSyncCauses, visited, right, { types: { visited: 'date' } });
    expect(found.map(({ cause, detail }) => [cause, detail])).toEqual([
      ['sync.filter-excludes', { column, since: Date.parse(since), empty }],
    ]);
  });

  test.each([
    ['at-least', (n: number) => n >= 2_000_000, 2_000_000],
    ['below', (n: number) => n < 50_000, 50_000],
  ])('numbers %s a bound, which is told', async (which, lacks, bound) => {
    const random = seeded(21);
    const priced = rows.map((row) => ({ ...row, amount: String(Math.floor(10 ** (4 + 3 * random()) / 10) * 10) }));
    const right = withLoss(priced, 0.001).filter(({ amount }) => !lacks(Number(amount)));
    const found = await explainedBy(allSyncCauses, priced, right, { types: { amount: 'amount' } });
    expect(found.map(({ cause, detail }) => [cause, detail])).toEqual([
      ['sync.filter-excludes', { column: 'amount', which, bound }],
    ]);
  });

  test('the newest records have the highest numbers of a count, which is no filter', async () => {
    const counted = rows.map((row, at) => ({ ...row, serial: String(at * 3 + 7) }));
    const found = await named(counted, counted.slice(0, -300), { types: { serial: 'number' } });
    expect(found).not.toContain('sync.filter-excludes');
  });

  test('a tenth of the older ones that is there after all speaks against it', async () => {
    const stays = some(0.1, 4);
    const right = rows.filter(({ created_at = '' }) => created_at >= '2024-04-01' || stays());
    expect(await named(rows, right)).toEqual([]);
  });

  test('where nearly every key means two customers, nothing is told of those that are missing', async () => {
    // A copy of the system that was filled with other people, a while ago: its newest record is older.
    const hour = 3_600_000;
    const counted = (list: readonly Contact[], minutes = 31): readonly Contact[] =>
      list.map((row, at) => {
        const time = new Date(Date.UTC(2025, 0, 1) + 4 * hour * at + 60_000 * minutes).toISOString();
        return { ...row, id: `C${100_000 + at}`, created_at: time, updated_at: time };
      });
    const copy = counted(contacts(3000, 77), 97).map((row) => ({ ...row, email: `x${row.email}` }));
    expect([...new Set(await named(counted(rows), copy))]).toEqual(['sync.key-collision']);
    expect(await named(counted(rows), counted(rows).slice(0, 3000))).toContain('sync.scheduler-stopped');
  });

  test('most of a stage is no filter', async () => {
    const lost = some(0.6, 2);
    expect(
      await named(
        rows,
        rows.filter(({ stage }) => stage !== '失注' || !lost()),
      ),
    ).toEqual([]);
  });

  test('a record type that the other side does not have, and one that it keeps under other keys', async () => {
    const typed = rows.map((row, at) => ({ ...row, record_type: at % 6 === 0 ? 'person' : 'business' }));
    const without = (list: readonly Contact[]) => list.map(({ record_type: _, ...row }) => row);
    const business = typed.filter((row) => row.record_type === 'business');
    const persons = typed.filter((row) => row.record_type === 'person');
    expect(await named(typed, without(business))).toEqual(['sync.permission-scope']);
    const others = without(persons).map((row, at) => ({ ...row, id: `P${(at * 7919) % 900_001}` }));
    const both = ['sync.record-type-diverged', 'sync.record-type-diverged'];
    expect(await named(typed, [...without(business), ...others])).toEqual(both);
    // Where neither e-mail nor telephone is compared, the other values say that they are there.
    const bare = (list: readonly Contact[]) => list.map(({ email: _, phone: __, ...row }): Contact => row);
    expect(await named(bare(typed), bare([...without(business), ...others]))).toEqual(both);
    // Kept as two: an account under its key and a contact, or both under keys of their own.
    const contactsOf = (prefix: string) =>
      persons.map((row, at) => minutesLater(row, 2, `${prefix}${500_000 + 7 * at}`));
    expect(await named(typed, [...typed, ...contactsOf('P')])).toEqual(['sync.record-type-diverged']);
    expect(await named(typed, [...business, ...contactsOf('P'), ...contactsOf('Q')])).toEqual(both);
    // Keys of one form, or some of every type: requests that were sent again.
    expect(await named(typed, [...typed, ...contactsOf('C')])).toEqual(['sync.duplicate-on-retry']);
    const again = typed.filter((_, at) => at % 11 === 0).map((row, at) => minutesLater(row, 2, `P${500_000 + 7 * at}`));
    expect(await named(typed, [...typed, ...again])).toEqual(['sync.duplicate-on-retry']);
  });

  test('deleted ones, by a column that only the left side has', async () => {
    const gone = some(0.05, 4);
    const marked = rows.map((row) => ({ ...row, IsDeleted: gone() ? 'true' : 'false' }));
    const right = withLoss(marked)
      .filter((row) => row.IsDeleted === 'false')
      .map(({ IsDeleted: _, ...row }) => row);
    expect(await named(marked, right)).toEqual(['sync.soft-delete-hidden']);
    expect(
      await named(
        marked,
        withLoss(marked, 0.02).map(({ IsDeleted: _, ...row }) => row),
      ),
    ).toEqual([]);
  });
});

describe('missing rows that were refused', () => {
  test('without a value that the other side always has', async () => {
    const blank = some(0.05, 6);
    const left = rows.map((row) => (blank() ? { ...row, postcode: '' } : row));
    expect(
      await named(
        left,
        withLoss(left).filter(({ postcode }) => postcode !== ''),
      ),
    ).toEqual(['sync.required-field-rejected']);
    expect(await named(left, withLoss(left, 0.02))).toEqual([]);
  });

  test('too long', async () => {
    const long = some(0.05, 8);
    const left = rows.map((row) => (long() ? { ...row, address: `${row.address}${'東'.repeat(40)}` } : row));
    const right = withLoss(left).filter(({ address = '' }) => address.length <= 40);
    expect(await named(left, right)).toEqual(['sync.length-rejected']);
    expect(await named(left, withLoss(left, 0.02))).toEqual([]);
  });

  test('a value outside the list of the target, or of another form', async () => {
    const options = ['新規', '連絡済み', '商談中', '見積提出', '受注'];
    const rightColumns = { stage: { options } };
    const right = withLoss(rows).filter(({ stage = '' }) => options.includes(stage));
    expect(await named(rows, right, { rightColumns })).toEqual(['sync.validation-rejected']);
    const bad = some(0.05, 12);
    const left = rows.map((row) => (bad() ? { ...row, email: (row.email ?? '').replace('@', '＠at') } : row));
    expect(
      await named(
        left,
        withLoss(left).filter(({ email = '' }) => email.includes('@')),
      ),
    ).toEqual(['sync.validation-rejected']);
  });

  test.each([
    ['line-break', 'notes', '電話済み\n再訪問'],
    ['apostrophe', 'name', "O'Brien"],
    ['quote', 'notes', '通称 "東京"'],
    ['comma', 'company', 'Acme, Inc.'],
    ['markup', 'company', 'R&D 設計'],
    ['four-byte', 'name', '𠮷田 太郎'],
    ['outside-cp932', 'name', '瀨户 한'],
  ])('with a character at which the job breaks: %s', async (sign, column, value) => {
    const odd = some(0.03, 12);
    const left = rows.map((row) => (odd() ? { ...row, [column]: value } : row));
    const right = withLoss(left, 0.002).filter((row) => row[column] !== value);
    const found = await explainedBy(allSyncCauses, left, right);
    expect(found.map(({ cause, detail }) => [cause, detail.sign])).toEqual([['sync.validation-rejected', sign]]);
    expect(await named(left, withLoss(left, 0.02))).toEqual([]);
  });

  test('the character of a kind of records that lacks for another reason explains nothing', async () => {
    const [abroad, odd] = [some(0.2, 12), some(0.1, 13)];
    const left = rows.map((row) => (abroad() ? { ...row, name: odd() ? "Sean O'Brien" : 'Sean Byrne' } : row));
    const right = withLoss(left).filter(({ name = '' }) => !name.startsWith('Sean'));
    expect(await named(left, right)).not.toContain('sync.validation-rejected');
  });

  test('the e-mail of another record', async () => {
    const twice = some(0.05, 14);
    const left = rows.map((row, at) => (at > 0 && twice() ? { ...row, email: rows[at - 1]?.email ?? '' } : row));
    const seen = new Set<string>();
    const right = withLoss(left).filter(({ email = '' }) => !seen.has(email) && seen.add(email));
    expect(await named(left, right)).toEqual(['sync.duplicate-rule-blocked']);
    expect(await named(left, withLoss(left, 0.02))).toEqual([]);
  });
});

describe('extra rows', () => {
  const gone = some(0.03, 16);
  const deleted = new Set(rows.filter(() => gone()));

  test('deleted in the CRM', async () => {
    expect(
      await named(
        rows.filter((row) => !deleted.has(row)),
        rows,
      ),
    ).toEqual(['sync.deletes-not-propagated']);
  });

  test('under keys that are not counted up: by what still names them, or by a mark of the other side', async () => {
    const random = seeded(23);
    const word = () =>
      Math.floor(random() * 2 ** 32)
        .toString(16)
        .padStart(8, '0');
    const ids = rows.map(() => `${word()}-aaaa-4bbb-8ccc-${word()}dddd`);
    const listed = rows.map((row, at) => ({
      ...row,
      id: ids[at] ?? '',
      referrer: random() < 0.4 ? (ids[Math.floor(random() * ids.length)] ?? '') : '',
    }));
    const isGone = (_: Contact, at: number): boolean => deleted.has(rows[at] ?? {});
    const kept = listed.filter((row, at) => !isGone(row, at));
    expect(await named(kept, listed)).toEqual(['sync.deletes-not-propagated']);
    const [found] = await explainedBy(allSyncCauses, kept, listed);
    expect(found?.detail).toMatchObject({ column: 'referrer', all: true });
    const bare = (list: readonly Contact[]) => list.map(({ referrer: _, ...row }): Contact => row);
    // Nothing names them, and nobody marks them: they may be anything.
    expect(await named(bare(kept), bare(listed))).toEqual([]);
    // Own records of the other side are named by none; what the left side was not read for stands side by side.
    const own = bare(listed).map((row, at) => (isGone(row, at) ? { ...row, id: `${word()}-eeee` } : row));
    expect(await named(kept, own)).toEqual([]);
    const unread = new Set(listed.toSorted((a, b) => (a.id < b.id ? -1 : 1)).slice(1200, 1400));
    expect(
      await named(
        listed.filter((row) => !unread.has(row)),
        listed,
      ),
    ).not.toContain('sync.deletes-not-propagated');
    const marked = bare(listed).map((row, at) => ({ ...row, is_deleted: isGone(row, at) ? '1' : '0' }));
    expect(await named(bare(kept), marked)).toEqual(['sync.soft-delete-hidden']);
  });

  const figures = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  const inBase62 = (count: number): string =>
    [5, 4, 3, 2, 1, 0].map((at) => figures.charAt(Math.floor(count / 62 ** at) % 62)).join('');
  const salesforceId = (at: number, pod = '0035g0000'): string => `${pod}${inBase62(9_000_000 + 7919 * at)}`;
  const long = (id: string): string => `${id}${idSuffix(id)}`;
  // Fifteen characters as well, but a day and a number of it.
  const numberOfDay = (at: number): string => `ORD2024${String(10_000_000 + 9973 * at)}`;

  test.each<[string, (at: number) => string, (at: number) => string, readonly string[]]>([
    ['of 15 characters', salesforceId, salesforceId, ['sync.deletes-not-propagated']],
    ['of 18', (at) => long(salesforceId(at)), (at) => long(salesforceId(at)), ['sync.deletes-not-propagated']],
    [
      'of two instances',
      (at) => salesforceId(at, at % 3 ? '0035g0000' : '0036F0000'),
      (at) => salesforceId(at, at % 3 ? '0035g0000' : '0036F0000'),
      ['sync.deletes-not-propagated'],
    ],
    ['but not those of another organisation', salesforceId, (at) => salesforceId(at, '003IR0000'), []],
    ['nor numbers of fifteen characters with gaps', numberOfDay, numberOfDay, []],
  ])('deleted in the CRM, by Salesforce ids %s', async (_, idOf, extraIdOf, expected) => {
    const left = rows.flatMap((row, at) => (deleted.has(row) ? [] : [{ ...row, id: idOf(at) }]));
    const right = rows.map((row, at) => ({ ...row, id: deleted.has(row) ? extraIdOf(at) : idOf(at) }));
    expect(await named(left, right)).toEqual(expected);
  });

  test('deleted in the CRM beside what the other side has of its own; of one kind only, they were not read', async () => {
    const own = contacts(60, 5).map((row, at): Contact => ({ ...row, id: `W${at}`, stage: '店頭', owner: 'u-shop' }));
    const kept = rows.filter((row) => !deleted.has(row));
    expect(await named(kept, [...rows, ...own])).toEqual(['sync.deletes-not-propagated']);
    const unread = rows.filter(({ stage }) => stage !== '失注');
    expect(await named(unread, [...rows, ...own])).not.toContain('sync.deletes-not-propagated');
  });

  test('a stretch that the left side lacks was not deleted', async () => {
    expect(
      await named(
        rows.filter((_, at) => at < 1003 || at > 1250),
        rows,
      ),
    ).toEqual([]);
  });

  test('merged in the CRM', async () => {
    const right = rows.map((row, at) => (deleted.has(row) ? { ...row, email: rows[at + 1]?.email ?? '' } : row));
    const survivors = rows.filter((row) => !deleted.has(row));
    const [first] = await explainedBy(allSyncCauses, survivors, right);
    expect(first?.cause).toBe('sync.merge-loser-kept');
    // Others were just deleted, and who somebody was merged into may be missing for a reason of its own.
    const half = right.map((row, at) => (at % 3 === 0 ? (rows[at] ?? row) : row));
    const lost = some(0.1, 21);
    const seen = half.filter((_, at) => !lost() || deleted.has(rows[at] ?? {}));
    expect(await named(survivors, seen)).toEqual(['sync.merge-loser-kept', 'sync.deletes-not-propagated']);
  });

  test('made twice by a retry, under another key or under the same', async () => {
    const again = some(0.03, 18);
    const seconds = seeded(19);
    const right = rows.flatMap((row, at) =>
      again() ? [row, minutesLater(row, 30 + Math.floor(60 * seconds()), `B${at}`)] : [row],
    );
    expect(await named(rows, right)).toEqual(['sync.duplicate-on-retry']);
    const under = right.map((row, at) => (row.id?.startsWith('B') ? { ...row, id: right[at - 1]?.id ?? '' } : row));
    expect(await named(rows, under)).toEqual(['sync.duplicate-on-retry']);
  });

  test('made twice by a retry, and half of them edited since; a copy of which more differs is no copy', async () => {
    const again = some(0.03, 18);
    const right = rows.flatMap((row, at) => {
      if (!again()) return [row];
      const copy = minutesLater(row, 30 + (at % 60), `B${at}`);
      return [row, at % 2 === 0 ? { ...copy, stage: '編集後' } : copy];
    });
    const [first] = await explainedBy(allSyncCauses, rows, right);
    expect(first).toMatchObject({ cause: 'sync.duplicate-on-retry', share: { n: right.length - rows.length } });
    const unlike = right.map((row) =>
      row.id?.startsWith('B') ? { ...row, stage: '別', company: '別の会社', notes: '別のメモ' } : row,
    );
    expect(await named(rows, unlike)).not.toContain('sync.duplicate-on-retry');
  });

  test('one person again, months later', async () => {
    const wide = (value: string): string =>
      value.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
    const again = some(0.03, 20);
    const right = rows.flatMap((row, at) =>
      again()
        ? [
            row,
            {
              ...minutesLater(row, 86_400 * 90, `B${at}`),
              name: (row.name ?? '').replace(' ', '　'),
              email: wide((row.email ?? '').toUpperCase()),
              phone: '',
              postcode: '',
              address: '',
              stage: '新規',
            },
          ]
        : [row],
    );
    expect(await named(rows, right)).toEqual(['sync.duplicate-person']);
  });

  test('made by the other side itself', async () => {
    const own = contacts(4200, 33).slice(4000);
    const right = [
      ...rows.map((row) => ({ ...row, lead_source: 'crm-sync' })),
      ...own.map((row) => ({ ...row, lead_source: 'web form' })),
    ];
    expect(await named(rows, right)).toEqual(['sync.extra-own-records']);
    expect(await named(rows, [...rows, ...own])).toEqual([]);
    // Those of one source are the same records under keys that are written differently.
    const sourced = rows.map((row, at): Contact => ({ ...row, lead_source: at % 5 === 0 ? 'web' : 'fair' }));
    const prefixed = sourced.map((row) => (row.lead_source === 'web' ? { ...row, id: `WEB-${row.id}` } : row));
    const found = await named(sourced, prefixed);
    expect(found).toContain('sync.key-format');
    expect(found).not.toContain('sync.extra-own-records');
  });

  test('tests, and a company that is only called so', async () => {
    const own = contacts(4060, 35).slice(4000);
    const tests = own.map((row, at) => ({ ...row, name: `テスト 太郎${at}`, email: `t${at}@example.com` }));
    expect(await named(rows, [...rows, ...tests])).toEqual(['sync.test-data']);
    expect(await named([...rows, ...tests], rows)).toEqual(['sync.test-data']);
    const makers = own.map((row) => ({ ...row, company: '株式会社テストロニクス' }));
    expect(await named(rows, [...rows, ...makers])).toEqual([]);
  });

  test('another environment, and the same one under another prefix', async () => {
    const other = contacts(4000, 77).map((row, at) => ({
      ...row,
      id: `S${500_000 + at}`,
      email: `x${at}@sandbox.invalid`,
    }));
    const keyed = (list: readonly Contact[], prefix: string) =>
      list.map((row) => ({ ...row, id: `${prefix}${row.id}` }));
    expect(new Set(await named(keyed(rows, '001A'), keyed(other, '001B')))).toEqual(
      new Set(['sync.wrong-environment']),
    );
    expect(await named(keyed(rows, '001A'), keyed(rows, '001B'))).not.toContain('sync.wrong-environment');
  });
});

test.each([0.005, 0.02, 0.3])('a random loss of %d names nothing', async (share) => {
  expect(await named(rows, withLoss(rows, share))).toEqual([]);
});
