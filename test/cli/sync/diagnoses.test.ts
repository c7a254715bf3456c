import { describe, expect, test } from '@jest/globals';
import { columnRenamed } from '../../../checks/sync/column-renamed.cause.ts';
import { unexplained } from '../../../checks/sync/unexplained.cause.ts';
import { diagnosesOfComparison } from '../../../src/cli/sync/diagnoses.ts';
import { redactedFact } from '../../../src/cli/sync/redact.ts';
import { compareRow } from '../../../src/cli/sync/result-rows.ts';
import { defineSyncCause } from '../../../src/model/sync/cause.ts';
import type { Explained } from '../../../src/model/sync/comparison.ts';
import { explained, fact, source } from './facts.ts';

const cause = (id: string) =>
  defineSyncCause({
    id,
    title: { en: `title ${id}`, ja: `題 ${id}` },
    about: { en: 'about', ja: '説明' },
    owner: 'crm-admin',
    hypotheses: [],
    because: ({ columns, share }) => ({ en: `${columns}: ${share.en}`, ja: `${columns}: ${share.ja}` }),
    steps: () => [{ en: 'step', ja: '手順' }],
  });
const causes = [cause('sync.a'), cause('sync.b')];
const told = { label: 'sync', language: 'en', command: 'crm-doctor sync' } as const;

describe('what a comparison has brought to light', () => {
  test('one cause in two columns is one diagnosis with its share, evidence and the second scan', () => {
    const found = diagnosesOfComparison(
      fact(
        explained('sync.a'),
        explained('sync.a', {
          columns: [1],
          share: { n: 5, of: 5, low: 0.57, high: 1 },
          proof: { kind: 'transform', before: 5, after: 0, rowsNowEqual: 0 },
        }),
      ),
      causes,
      told,
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      cause: 'sync.a',
      severity: 'critical',
      explanation: 'name, phone / tel: 95 of 105 (83.4-94.7 %)',
      affects: ['name', 'phone / tel'],
      proof: {
        status: 'proven',
        says: 'scanned again with the fault undone: 105 differences become 10, 88 more records are equal',
      },
    });
    expect(found[0]?.evidence.map(({ says }) => says)).toEqual([
      'name: 90 of 100 (82.5-94.5 %) differing values, such as [C1] "a" / "A"',
      'phone / tel: all 5 differing values, such as [C1] "a" / "A"',
    ]);
  });

  test('columns under other names are one story, in which each is called by its names', () => {
    const renamed = (left: string, right: string) =>
      explained('sync.column-renamed', {
        population: 'facts',
        columns: [],
        detail: { left, right, about: `${left} / ${right}` },
        proof: { kind: 'read' },
      });
    const [found, ...more] = diagnosesOfComparison(
      fact(renamed('tel', '電話'), renamed('zip', '郵便番号')),
      [columnRenamed],
      told,
    );
    expect(more).toEqual([]);
    expect(found?.affects).toEqual(['tel / 電話', 'zip / 郵便番号']);
    expect(found?.explanation).toMatch(/^2 columns of .* under another name.*: tel \/ 電話, zip \/ 郵便番号\.$/);
    expect(found?.evidence.map(({ says }) => says?.split(':')[0])).toEqual(['tel / 電話', 'zip / 郵便番号']);
    expect(found?.fix?.steps[0]).toContain('without --key');
  });

  test('what is not the same in two columns is not told as if it were', () => {
    const shifted = defineSyncCause({
      ...cause('sync.a'),
      because: ({ main: { detail }, columns }) => ({ en: `${columns}: ${detail.by} h.`, ja: '' }),
      steps: ({ main: { detail }, columns }) => [
        ...(detail.zone === undefined ? [] : [{ en: `look at ${detail.zone}`, ja: '' }]),
        { en: `write ${columns}`, ja: '' },
      ],
    });
    const [found] = diagnosesOfComparison(
      fact(
        explained('sync.a', { detail: { by: 9 } }),
        explained('sync.a', { columns: [1], detail: { by: 14, zone: 'New York' } }),
      ),
      [shifted],
      told,
    );
    expect(found?.explanation).toBe('name: 9 h. phone / tel: 14 h.');
    expect(found?.fix.steps).toEqual(['look at New York', 'write name, phone / tel']);
  });

  test('a column that was looked through and has none of it is not affected', () => {
    const [found] = diagnosesOfComparison(
      fact(explained('sync.a', { columns: [0, 1], perColumn: [0, 90] })),
      causes,
      told,
    );
    expect(found).toMatchObject({ affects: ['phone / tel'], explanation: 'phone / tel: 90 of 100 (82.5-94.5 %)' });
  });

  test('of many kinds of one cause the first three are told', () => {
    const kinds = Array.from({ length: 5 }, (_, at) => explained('sync.a', { detail: { at } }));
    const [found] = diagnosesOfComparison(fact(...kinds), causes, told);
    expect(found?.explanation.match(/name:/g)).toHaveLength(3);
    expect(found?.explanation).toMatch(/ 2 more of this kind are in the evidence\.$/);
  });

  test('rows of a sample are not told as if all had been looked at', () => {
    const one = explained('sync.a', {
      population: 'missing',
      columns: [],
      share: { n: 100, of: 100, low: 0.96, high: 1 },
      sampledFrom: 5000,
      proof: { kind: 'condition', rows: 100, present: { n: 0, of: 100, low: 0, high: 0.04 } },
    });
    const some = { ...one, share: { n: 84, of: 100, low: 0.756, high: 0.899 } };
    const saidOf = (found: Explained, language: 'en' | 'ja') =>
      diagnosesOfComparison(fact(found), causes, { ...told, language })
        .slice(0, 1)
        .flatMap(({ explanation, evidence, proof }) => [explanation, evidence[0]?.says, proof.says]);
    expect(saidOf(one, 'en')).toEqual([
      ': (nearly) all 5,000 (all 100 of a sample)',
      'all 100 missing records looked at (5,000 in all), such as [C1] "a" / "A"',
      'held against the records that are present: the condition holds for 100 of 100 of these (a sample of 5,000) and for 0 of 100 present ones (a sample of 1,000)',
    ]);
    expect(saidOf(some, 'en')[0]).toBe(': about 4,200 of 5,000 (75.6-89.9 %, from a sample of 100)');
    expect(saidOf(some, 'ja').slice(0, 2)).toEqual([
      ': 5,000 件中 約 4,200 件（100 件の抽出による推定、75.6-89.9 %）',
      '抽出した不足レコード 100 件（総数 5,000 件）中 84 件（75.6-89.9 %）、例: [C1]「a」/「A」',
    ]);
  });

  test.each([
    ['en', false, ', from [C7] to [C9]. Before and after them'],
    ['en', true, ', from [C7] to [C9]. Nothing comes after them: either'],
    ['ja', false, 'キー順で [C7] から [C9] まで連続しています。前後のレコードは両側にある'],
    ['ja', true, '[C7] から [C9] まで連続しています。その後ろにはレコードがない'],
  ] as const)('where missing records stand is told in %s, at the end %s', (language, toTheEnd, words) => {
    const ends = [{ key: 'C7' }, { key: 'C9' }];
    const stretch = { order: 'key', n: 60, toTheEnd, ends } as const;
    const one = { ...fact(), unexplained: { pairs: 0, missing: 60, extra: 0 }, stretch };
    const found = diagnosesOfComparison(one, [unexplained], { ...told, language });
    expect(found.at(-1)?.explanation).toContain(words);
    expect(JSON.stringify(redactedFact(one))).not.toMatch(/C[79]"/);
  });

  test.each([
    ['en', 'All 40 extra ones have owner = u-abe (of the records on both sides: 0 %). Look whether x.csv is filtered'],
    ['ja', '全 40 件が owner = u-abe です（両側にあるレコードでは 0 %）。x.csv がこの条件で絞り込まれて'],
  ] as const)('what sets extra records apart is told in %s', (language, words) => {
    const [share, present] = [
      { n: 40, of: 40, low: 0.9, high: 1 },
      { n: 0, of: 900, low: 0, high: 0.004 },
    ];
    const stump = { column: 'owner', value: 'u-abe', share, present };
    const rest = [{ population: 'extra', looked: 40, examples: [], stump }] as const;
    const one = { ...fact(), unexplained: { pairs: 0, missing: 0, extra: 40, rest } };
    expect(diagnosesOfComparison(one, [unexplained], { ...told, language }).at(-1)?.explanation).toContain(words);
  });

  test('where nothing is present, nothing is said to have been held against it', () => {
    const proofOf = (of: number): string => {
      const present = { n: 0, of, low: 0, high: of === 0 ? 1 : 0.1 };
      const one = explained('sync.a', {
        population: 'missing',
        columns: [],
        proof: { kind: 'condition', rows: 90, present },
      });
      return diagnosesOfComparison(fact(one), causes, told)[0]?.proof.says ?? '';
    };
    expect(proofOf(1000)).toBe(
      'held against the records that are present: the condition holds for 90 of these and for 0 of 1,000 present ones',
    );
    expect(proofOf(0)).toBe(
      'the condition holds for 90 of these; no record is on both sides that it could be held against',
    );
  });

  test('what the columns tell by themselves affects what is not compared, and is read, not counted', () => {
    const one = explained('sync.a', {
      population: 'facts',
      columns: [],
      detail: { about: 'mobile / keitai' },
      proof: { kind: 'read' },
    });
    const [found] = diagnosesOfComparison(fact(one), causes, told);
    expect(found).toMatchObject({ affects: ['mobile / keitai'], proof: { status: 'proven' } });
    expect(found?.evidence[0]?.says).toContain('90 of 100 (82.5-94.5 %) records');
  });

  test('lost values come before notations, whatever their number', () => {
    const notation = explained('sync.b', { effect: 'notation', share: { n: 99, of: 100, low: 0.9, high: 1 } });
    const found = diagnosesOfComparison(fact(notation, explained('sync.a')), causes, told);
    expect(found.map((one) => [one.cause, one.severity])).toEqual([
      ['sync.a', 'critical'],
      ['sync.b', 'warning'],
    ]);
  });

  test('what was not counted to its end is not proven', () => {
    const [found] = diagnosesOfComparison(
      fact(explained('sync.a', { proof: { kind: 'not-counted', why: 'x' } })),
      causes,
      { ...told, language: 'ja' },
    );
    expect(found?.proof).toEqual({ status: 'not-tried', says: '全件の比べ直しが完了していません: x' });
    expect(found?.confidence).toBeLessThan(0.9);
  });

  test.each([
    ['/a/b/left/x.csv', '/a/b/right/x.csv', 'left/x.csv', 'right/x.csv'],
    ['/a/b/crm.csv', 'contacts of crm:odoo', 'crm.csv', 'contacts of crm:odoo'],
    ['C:\\data\\crm.csv', 'C:\\data\\shop.csv', 'crm.csv', 'shop.csv'],
    ['/a/x.csv', '/a/x.csv', '/a/x.csv', '/a/x.csv'],
    ['table x of postgres://h/db', 'https://h/x', 'table x of postgres://h/db', 'https://h/x'],
  ])('sentences name %s and %s as short as they can be told apart', (left, right, ours, theirs) => {
    const named = defineSyncCause({
      ...cause('sync.a'),
      because: ({ fact: sides }) => ({ en: `${sides.left.name} | ${sides.right.name}`, ja: '' }),
    });
    const sides = { ...fact(explained('sync.a')), left: { ...source, name: left }, right: { ...source, name: right } };
    expect(diagnosesOfComparison(sides, [named], told)[0]?.explanation).toBe(`${ours} | ${theirs}`);
  });

  test.each([
    [0, '100 changed, 1,000 records', '内容が異なるもの 100 件、両側'],
    [90, '100 changed (90 in notation only), 1,000 records', '内容が異なるもの 100 件（うち表記のみ 90 件）、両側'],
  ])('of the changed records it is said how many differ in notation only: %i', (underRule, en, ja) => {
    const one = { ...fact(), changed: { ...fact().changed, underRule } };
    const { says } = compareRow(one, []);
    expect(says.en).toContain(en);
    expect(says.ja).toContain(ja);
  });

  test.each([
    [undefined, 'pass', 'all 1,000 records on both sides are equal'],
    ['info', 'pass', 'all 1,000 records on both sides are equal'],
    ['warning', 'warn', 'all 1,000 records on both sides are equal in the columns that are compared'],
    ['critical', 'fail', 'all 1,000 records on both sides are equal in the columns that are compared'],
  ] as const)('where all is equal and a cause is named as %s, the check is %s', (severity, status, says) => {
    const equal = { ...fact(), counts: { ...fact().counts, equal: 1000, changed: 0 } };
    const [one] = diagnosesOfComparison(fact(explained('sync.a')), causes, told);
    const row = compareRow(equal, one && severity ? [{ ...one, severity }] : []);
    expect(row).toMatchObject({ status, says: { en: says } });
  });

  test('nothing explained, nothing said', () => {
    expect(diagnosesOfComparison(fact(), causes, told)).toEqual([]);
  });
});
