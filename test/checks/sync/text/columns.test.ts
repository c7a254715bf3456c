import { describe, expect, test } from '@jest/globals';
import { blankOverwrites } from '../../../../checks/sync/blank-overwrites.cause.ts';
import { columnConstant } from '../../../../checks/sync/column-constant.cause.ts';
import { columnNotMapped } from '../../../../checks/sync/column-not-mapped.cause.ts';
import { columnsSwapped } from '../../../../checks/sync/columns-swapped.cause.ts';
import { defaultInjected } from '../../../../checks/sync/default-injected.cause.ts';
import { keyCollision } from '../../../../checks/sync/key-collision.cause.ts';
import { nameOrder } from '../../../../checks/sync/name-order.cause.ts';
import { nullToken } from '../../../../checks/sync/null-token.cause.ts';
import { ownerUnmapped } from '../../../../checks/sync/owner-unmapped.cause.ts';
import { picklistLabelVsValue } from '../../../../checks/sync/picklist-label-vs-value.cause.ts';
import { picklistUnmapped } from '../../../../checks/sync/picklist-unmapped.cause.ts';
import { allFaults } from '../../../../fixtures/sync/faults/all.ts';
import { cellOf } from '../../../sync/support/matrix.ts';
import { type Contact, contacts, explainedBy, withFault, withHonestEdits } from '../../../sync/support/view.ts';

const causes = [
  blankOverwrites,
  columnConstant,
  columnNotMapped,
  columnsSwapped,
  defaultInjected,
  nameOrder,
  nullToken,
  ownerUnmapped,
  picklistLabelVsValue,
  picklistUnmapped,
];
const likes = ['Web', '紹介', '展示会', '電話'];
const rows = contacts(2000).map((row, at) => ({
  ...row,
  likes: Array.from({ length: at % 4 }, (_, more) => likes[((at >> 2) + more) % 4] ?? '').join(';'),
  rank: at % 3 === 0 ? '' : (['A', 'B', 'C', 'D'][at % 4] ?? ''),
  code: `X${at}`,
})) as readonly Contact[];
const labels: Readonly<Record<string, string>> = { 新規: 'new', 連絡済み: 'reached', 商談中: 'open', 受注: 'won' };
type Fault = (row: Contact) => Contact;

/** In a part of the rows. */
const partly: readonly (readonly [string, string, Fault])[] = [
  ['sync.null-token', 'NULL', (row) => (row.rank === '' ? { ...row, rank: 'NULL' } : row)],
  ['sync.default-injected', 'B', (row) => (row.rank === '' ? { ...row, rank: 'B' } : row)],
  ['sync.name-order', 'by blank', (row) => ({ ...row, name: (row.name ?? '').split(' ').toReversed().join(' ') })],
  ['sync.columns-swapped', 'kana and code', (row) => ({ ...row, kana: row.code ?? '', code: row.kana ?? '' })],
  ['sync.picklist-unmapped', 'the first of several', (row) => ({ ...row, likes: row.likes?.split(';')[0] ?? '' })],
  ['sync.picklist-unmapped', 'the last of several', (row) => ({ ...row, likes: row.likes?.split(';').at(-1) ?? '' })],
  ['sync.picklist-label-vs-value', 'labels', (row) => ({ ...row, stage: labels[row.stage ?? ''] ?? row.stage ?? '' })],
];

/** By what is in the row. */
const wholly: readonly (readonly [string, string, Fault])[] = [
  ['sync.picklist-unmapped', 'to a value', (row) => (row.stage === '商談中' ? { ...row, stage: '新規' } : row)],
  ['sync.picklist-unmapped', 'to nothing', (row) => (row.stage === '商談中' ? { ...row, stage: '' } : row)],
  ['sync.owner-unmapped', 'to one user', (row) => (row.owner === 'u-abe' ? { ...row, owner: 'u-mori' } : row)],
  [
    'sync.picklist-label-vs-value',
    'users by id',
    (row) => ({ ...row, owner: `0055g0${(row.owner ?? '').charCodeAt(2)}` }),
  ],
  ['sync.column-not-mapped', 'all', (row) => ({ ...row, kana: '' })],
  ['sync.column-constant', 'all', (row) => ({ ...row, kana: 'テスト' })],
  [
    'sync.blank-overwrites',
    'since a moment',
    (row) => ((row.updated_at ?? '') >= '2026-06' ? { ...row, kana: '' } : row),
  ],
];

describe('columns whose values are not those of the source', () => {
  for (const [id, how, fault] of partly) {
    for (const share of [0.06, 0.6]) {
      test(`${id} (${how}) in ${share * 100} % of the rows`, async () => {
        const found = await explainedBy(causes, rows, withFault(withHonestEdits(rows), share, fault));
        expect(found.map(({ cause }) => cause)).toEqual([id]);
      });
    }
  }

  for (const [id, how, fault] of wholly) {
    test(`${id} (${how})`, async () => {
      const found = await explainedBy(causes, withHonestEdits(rows), rows.map(fault));
      expect(found.map(({ cause }) => cause)).toEqual([id]);
    });
  }

  const trades = ['個人', '小売', '製造', '官公庁'];
  const traded = (blanks: boolean): readonly Contact[] =>
    rows.map((row, at) => ({ ...row, trade: blanks && at % 5 === 0 ? '' : (trades[at % 4] ?? '') }));
  const flagged = rows.map((row, at) => ({ ...row, trade: ['要', '不要'][at % 2] ?? '' }));
  const into = (left: readonly Contact[], from: string, to: string) =>
    [left, left.map((row) => (row.trade === from ? { ...row, trade: to } : row))] as const;
  const swap = ([left, right]: readonly [readonly Contact[], readonly Contact[]]) => [right, left] as const;

  // A value that stands nowhere else was written where there was none, or is the one that found nothing.
  test.each([
    ['a default that nobody chooses', 'sync.default-injected', 'right', into(traded(true), '', '一般')],
    ['one that says so', 'sync.default-injected', 'right', into(traded(true), '', 'その他')],
    ['one that says so, in the CRM', 'sync.default-injected', 'left', swap(into(traded(true), '', 'その他'))],
    ['a value lost, beside blanks', 'sync.picklist-unmapped', 'right', into(traded(true), '官公庁', '')],
    ['a value lost', 'sync.picklist-unmapped', 'right', into(traded(false), '官公庁', '')],
    [
      'a value lost in the CRM, beside blanks',
      'sync.picklist-unmapped',
      'left',
      swap(into(traded(true), '官公庁', '')),
    ],
    ['a value of two', 'sync.picklist-unmapped', 'right', into(flagged, '要', '')],
    ['a value that became "other"', 'sync.picklist-unmapped', 'right', into(traded(true), '官公庁', 'その他')],
    ['that in the CRM', 'sync.picklist-unmapped', 'left', swap(into(traded(true), '官公庁', 'その他'))],
  ] as const)('a default and a value without counterpart are told apart: %s', async (_, id, side, [left, right]) => {
    const found = await explainedBy(causes, left, withHonestEdits(right));
    expect(found.map(({ cause, detail }) => [cause, detail.side])).toEqual([[id, side]]);
  });

  test('choices that people have taken out by hand were not cut', async () => {
    const taken = withFault(rows, 0.3, (row, at) => ({ ...row, likes: row.likes?.split(';')[at % 2] ?? '' }));
    expect(await explainedBy([picklistUnmapped], rows, taken)).toEqual([]);
  });

  test('blanks of newer records under the keys of older ones were not written over them', async () => {
    const fault = allFaults.find(({ cause }) => cause === 'sync.key-collision');
    const most = (fault?.settings.length ?? 0) - 1;
    const cell = fault && (await cellOf(fault, most, 33, [keyCollision, blankOverwrites]));
    expect(cell).toMatchObject({ first: true, falsely: [] });
  });

  test('a choice that people made anew in newer records is at times none, and at times one where there was none', async () => {
    const ranks = ['A', 'B', ''];
    const now: readonly Contact[] = rows.map((row, at) => ({ ...row, rank: ranks[(at * 7 + (at >> 4)) % 3] ?? '' }));
    const then = now.map((row, at) =>
      (row.updated_at ?? '') >= '2026-06' ? { ...row, rank: ranks[(at >> 2) % 3] ?? '' } : row,
    );
    expect(await explainedBy([blankOverwrites], now, then)).toEqual([]);
    expect(await explainedBy([blankOverwrites], then, now)).toEqual([]);
  });

  test('honest edits, and blanks at any time, name nothing', async () => {
    expect(await explainedBy(causes, rows, withHonestEdits(rows, 0.1))).toEqual([]);
    const blank = withFault(rows, 0.3, (row) => ({ ...row, kana: '' }));
    expect(await explainedBy(causes, rows, blank)).toEqual([]);
  });

  test('one remark that people put behind notes is no name of another value, and no default', async () => {
    const notes = ['', '要フォロー', '次回訪問は来月', '紹介で来店'];
    const left = rows.map((row, at) => ({ ...row, notes: notes[at % 4] ?? '' }));
    const right = withFault(left, 0.06, (row) => ({ ...row, notes: `${row.notes}（折返し済み）` }));
    const named = (await explainedBy(causes, left, right)).map(({ cause }) => cause);
    expect(named).not.toContain('sync.picklist-label-vs-value');
    expect(named).not.toContain('sync.default-injected');
  });

  test('texts that something unknown has changed are no names, though some of them are alike', async () => {
    const left = rows.map((row, at) => ({ ...row, notes: at % 5 === 0 ? `メモ ${at % 4}` : `電話 ${at} 件目` }));
    const right = withFault(left, 0.2, (row) => ({ ...row, notes: [...(row.notes ?? '')].toReversed().join('') }));
    const named = (await explainedBy(causes, left, right)).map(({ cause }) => cause);
    expect(named).not.toContain('sync.picklist-label-vs-value');
  });

  test('a constant that is written over every value and leaves out empty ones is a constant', async () => {
    const fixed = rows.map((row) => (row.rank === '' ? row : { ...row, rank: '本社' }));
    expect((await explainedBy(causes, rows, fixed)).map(({ cause }) => cause)).toEqual(['sync.column-constant']);
  });

  test.each([
    ['cut', (value: string) => value.slice(0, 5)],
    ['unreadable', (value: string) => value.replace('問', '\uFFFD')],
  ])('remarks that were %s have no other names', async (_, damage) => {
    const left = rows.map((row, at) => ({ ...row, notes: ['要フォロー至急、再訪問', '次回訪問は来月'][at % 2] ?? '' }));
    const right = withFault(left, 0.3, (row) => ({ ...row, notes: damage(row.notes ?? '') }));
    expect(await explainedBy([picklistLabelVsValue], left, right)).toEqual([]);
  });

  test('of an owner who left, the moment is told; records that the other side handed over since are only older', async () => {
    const since = rows.map((row) =>
      row.owner === 'u-abe' && (row.updated_at ?? '') >= '2026-03' ? { ...row, owner: 'u-none' } : row,
    );
    const [one] = await explainedBy(causes, rows, since);
    expect(one).toMatchObject({
      cause: 'sync.owner-unmapped',
      detail: { side: 'right', values: ['u-abe'], fallback: 'u-none', apart: { kind: 'since', column: 'updated_at' } },
    });
    const handed = rows.map((row) =>
      row.owner === 'u-abe' && (row.updated_at ?? '') >= '2026-03'
        ? { ...row, owner: 'u-mori', updated_at: '2026-11-24T00:00:00Z' }
        : row,
    );
    expect((await explainedBy(causes, handed, rows)).map(({ cause }) => cause)).not.toContain('sync.owner-unmapped');
  });

  test('records that are handed from one user to another are no names of users', async () => {
    const handed = rows.map((row) => (row.owner === 'u-abe' ? { ...row, owner: 'u-kato' } : row));
    expect((await explainedBy(causes, rows, handed)).map(({ cause }) => cause)).toEqual(['sync.owner-unmapped']);
  });
});
