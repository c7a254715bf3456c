import { describe, expect, test } from '@jest/globals';
import { allSyncCauses } from '../../../checks/all-sync-causes.ts';
import { diagnosesOfComparison } from '../../../src/cli/sync/diagnoses.ts';
import type { ComparisonFact, Explained } from '../../../src/model/sync/comparison.ts';
import { explained, fact } from './facts.ts';

const told = (found: ComparisonFact) => {
  const [en, ja] = (['en', 'ja'] as const).map((language) =>
    diagnosesOfComparison(found, allSyncCauses, { label: 'sync', language, command: 'crm-doctor sync' }).map(
      ({ explanation, fix }) => [explanation, ...fix.steps].join('\n'),
    ),
  );
  return { en: en?.[0] ?? '', ja: ja?.[0] ?? '' };
};
const all = { n: 100, of: 100, low: 0.96, high: 1 };
const alone = (cause: string, population: 'missing' | 'extra', detail: Explained['detail']): Explained =>
  explained(cause, { population, columns: [], detail, share: all });

describe('what is told of a cause', () => {
  test.each([
    [{ page: 500, pages: 1, exact: true }, '1 × exactly 500', 'ちょうど 500 件'],
    [{ page: 500, pages: 1, exact: false }, '1 × about 500', '約 500 件'],
  ])('of lost pages the exact number where it is exact: %j', (detail, en, ja) => {
    const text = told(fact(alone('sync.page-lost', 'missing', { order: 'key', ...detail })));
    expect([text.en.includes(en), text.ja.includes(ja)]).toEqual([true, true]);
    expect([text.en.includes('exactly'), text.ja.includes('ちょうど')]).toEqual([detail.exact, detail.exact]);
  });

  test.each([
    [2, 'to 2 decimal places', '小数 2 桁に丸め'],
    [0, 'to whole numbers', '整数に丸め'],
    [-3, 'to units of 1,000', '1,000 の単位に丸め'],
  ])('rounding to %d places, and decimal places only where there are some', (places, en, ja) => {
    const text = told(fact(explained('sync.rounding', { detail: { places, how: 'half-up', side: 'right' } })));
    expect([text.en.includes(en), text.ja.includes(ja)]).toEqual([true, true]);
    expect([text.en.includes('decimal'), text.ja.includes('小数')]).toEqual([places > 0, places > 0]);
  });

  test.each([
    ['sync.mojibake-utf8-as-latin1', 'utf-8 > windows-1252', 'UTF-8', 'windows-1252', ''],
    ['sync.mojibake-utf8-as-latin1', 'utf-8 > latin1', 'UTF-8', 'Latin-1', ''],
    ['sync.mojibake-sjis-as-latin1', 'cp932 > windows-1252', 'Shift_JIS', 'windows-1252', ''],
    ['sync.mojibake-euc', 'euc-jp > cp932', 'EUC-JP', 'Shift_JIS', ''],
    ['sync.mojibake-double-utf8', 'utf-8 > windows-1252 > utf-8 > windows-1252', 'UTF-8', 'windows-1252', ' (twice)'],
  ])('%s of %s names the charset that it was', (cause, chain, written, read, twice) => {
    const { en, ja } = told(fact(explained(cause, { detail: { chain, side: 'right' } })));
    expect(en).toContain(`written as ${written} and read as ${read}${twice}:`);
    expect(ja).toContain(`${written} で書かれた文字列を ${read}`);
  });

  test.each([
    ['sync.key-format', { rules: ['trim'], id: 'trim' }],
    ['sync.key-15-vs-18', {}],
    ['sync.test-data', { by: 'test' }],
    ['sync.wrong-environment', { left: '00Q1', right: '00Q9' }],
  ])('%s of missing and extra records is one sentence', (cause, detail) => {
    const [both, one] = [
      told(fact(alone(cause, 'missing', detail), alone(cause, 'extra', detail))),
      told(fact(alone(cause, 'extra', detail))),
    ];
    for (const language of ['en', 'ja'] as const) {
      const sentences = (text: string) => text.split('\n')[0]?.match(/[.。](?: |$)|。/g)?.length;
      expect(sentences(both[language])).toBe(sentences(one[language]));
    }
    if (cause === 'sync.wrong-environment') return;
    expect(both.en).toContain('all 100 missing and all 100 extra records');
    expect(both.ja).toContain('不足レコード 全 100 件と余分なレコード 全 100 件');
    expect(one.en).toContain('all 100 extra records');
    expect(one.en).not.toContain('missing');
  });
});
