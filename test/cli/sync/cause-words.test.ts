import { describe, expect, test } from '@jest/globals';
import { allSyncCauses } from '../../../checks/all-sync-causes.ts';
import { unexplained } from '../../../checks/sync/unexplained.cause.ts';
import { diagnosesOfComparison } from '../../../src/cli/sync/diagnoses.ts';
import { redactedFact } from '../../../src/cli/sync/redact.ts';
import type { ComparisonFact, Explained } from '../../../src/model/sync/comparison.ts';
import { explained, fact, source } from './facts.ts';

const told = (found: ComparisonFact) => {
  const [en, ja] = (['en', 'ja'] as const).map((language) =>
    diagnosesOfComparison(found, allSyncCauses, { label: 'sync', language, command: 'crm-doctor sync' }).map(
      ({ explanation, fix }) => [explanation, ...fix.steps].join('\n'),
    ),
  );
  return { en: en?.[0] ?? '', ja: ja?.[0] ?? '' };
};
const few = { n: 9, of: 9, low: 0.7, high: 1 };
const all = { n: 100, of: 100, low: 0.96, high: 1 };
const alone = (cause: string, population: 'missing' | 'extra', detail: Explained['detail']): Explained =>
  explained(cause, { population, columns: [], detail, share: all });

describe('what is told of a cause', () => {
  test.each([
    [{ page: 500, pages: 1, exact: true }, 'one whole page: exactly 500', 'ちょうど 500 件連続'],
    [{ page: 500, pages: 3, exact: true }, 'whole pages: 3 × exactly 500', 'ちょうど 500 件ずつ連続'],
    [{ page: 500, pages: 1, exact: false }, 'one whole page: about 500', '約 500 件連続'],
  ])('of lost pages the exact number where it is exact: %j', (detail, en, ja) => {
    const text = told(fact(alone('sync.page-lost', 'missing', { order: 'key', ...detail })));
    expect([text.en.includes(en), text.ja.includes(ja)]).toEqual([true, true]);
    expect([text.en.includes('exactly'), text.ja.includes('ちょうど')]).toEqual([detail.exact, detail.exact]);
  });

  test.each([
    [2, 'the right side is the left one rounded half up to 2 decimal places', '右側は、左側を小数 2 桁に丸め'],
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
    [1000, 1000, 'in all 1,000 records in', 'レコード 全 1,000 件で'],
    [499, 500, 'in 499 of 500 records that were looked at in', '調べたレコード 500 件中 499 件で'],
  ])('of %d of %d records it is said whether that is all of them', (n, rows, en, ja) => {
    const detail = { side: 'right', value: 'x', distinct: 4, times: n, empty: n, filled: 3, rows };
    for (const cause of ['sync.column-constant', 'sync.column-not-mapped']) {
      const text = told(fact(explained(cause, { detail })));
      expect([text.en.includes(en), text.ja.includes(ja)]).toEqual([true, true]);
    }
  });

  test('of yes and no the values themselves are told, and of another record how many there are', () => {
    const detail = { side: 'right', leftForm: 'true', rightForm: '9' };
    const form = told(fact(explained('sync.boolean-form', { effect: 'notation', detail })));
    expect(form.en).toContain('What is "true" in x.csv is "9" in x.csv.');
    expect(form.ja).toContain('x.csv の「true」が、x.csv では「9」です。');
    expect(form.en).not.toContain('any digit');
    const other = told(fact(explained('sync.key-collision')));
    expect(other.en).toContain('In 88 of 1,000 pairs, such as key C1, every column differs');
    expect(other.ja).toContain('両側にあるキー 1,000 件中 88 件（キー C1 など）では、');
    const proofs = (['en', 'ja'] as const).map((language) => {
      const telling = { label: 'sync', language, command: 'crm-doctor sync' };
      return diagnosesOfComparison(fact(explained('sync.key-collision')), allSyncCauses, telling)[0]?.proof.says;
    });
    expect(proofs[0]).toMatch(
      /^all 1,000 pairs were looked at: in 88 of them all columns that tell records apart differ/,
    );
    expect(proofs[1]).toMatch(/^両側にあるキー 全 1,000 件を確かめました。88 件は、レコードを見分けられる列が/);
  });

  test('of a file whose bytes are all of another encoding, no part is said to be of another one than the rest', () => {
    const notes = [{ id: 'undecodable' as const, encoding: 'shift_jis', says: { en: 'x', ja: 'x' } }];
    const { left } = fact();
    const detail = { side: 'left', refused: true };
    const refused = alone('sync.file-encoding', 'missing', detail);
    const whole = { ...fact(refused), left: { ...left, notes, encoding: 'utf-8' } };
    const [all, part] = [told(whole).en, told(fact(refused)).en];
    expect([/State encoding: shift_jis/.test(all), /as the rest/.test(all), /a part of the file/.test(all)]).toEqual([
      true,
      false,
      false,
    ]);
    expect([/State encoding/.test(part), /as the rest/.test(part), /a part of the file/.test(part)]).toEqual([
      false,
      true,
      true,
    ]);
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
    expect(both.en).toMatch(/[Aa]ll 100 missing and all 100 extra records/);
    expect(both.ja).toContain('不足レコード 全 100 件と余分なレコード 全 100 件');
    expect(one.en).toMatch(/[Aa]ll 100 extra records/);
    expect(one.en).toMatch(/^[A-Z]/);
    expect(one.en).not.toContain('missing');
  });
});

describe('what is told of the rest', () => {
  const strangers = { kind: 'transform', before: 1000, after: 10, rowsNowEqual: 900 } as const;
  const certainty = /chance|pattern|certain|偶然を|規則性|確実/;
  const open = (unexplained: Partial<ComparisonFact['unexplained']>, more: Partial<ComparisonFact> = {}) => ({
    ...fact(),
    counts: { ...fact().counts, missing: 5000, changed: 300 },
    changed: { ...fact().changed, unexplained: unexplained.pairs ?? 0 },
    unexplained: { pairs: 0, missing: 0, extra: 0, ...unexplained },
    ...more,
  });
  const stump = {
    column: 'owner',
    value: 'u-abe',
    share: { n: 96, of: 120, low: 0.7, high: 0.9 },
    present: { n: 12, of: 1000, low: 0, high: 0.1 },
  };

  test('what is left, what was looked at and where most of it lies, and no certainty', () => {
    const rest = [{ population: 'pairs', looked: 120, examples: [], stump }] as const;
    const { en, ja } = told(open({ pairs: 120, rest }));
    expect(en).toMatch(/^Left over: 120 changed\. The known causes were tried on the values that differ/);
    expect(en).toContain('96 of 120 changed ones have owner = u-abe (of the records on both sides: 1.2 %).');
    expect(en).toContain('Look first at the records with owner = u-abe');
    expect(ja).toMatch(/^残った差異: 内容が異なる 120 件。/);
    expect(ja).toContain('120 件中 96 件が owner = u-abe です（両側にあるレコードでは 1.2 %）');
    expect(`${en}${ja}`).not.toMatch(certainty);
  });

  test('kinds that lie in one segment are told in one sentence', () => {
    const rest = (['pairs', 'missing'] as const).map((population) => ({
      population,
      looked: 120,
      examples: [],
      stump,
    }));
    const { en, ja } = told(open({ pairs: 120, missing: 120, rest }));
    expect(en).toContain('96 of 120 changed ones and 96 of 120 missing ones have owner = u-abe (of');
    expect(ja).toContain('120 件中 96 件と不足レコード 120 件中 96 件が owner = u-abe です');
  });

  const counts = (left: number, right: number, matched: number, missing: number, extra: number) => ({
    counts: { ...fact().counts, left, right, matched, missing, extra, changed: 0 },
    fields: fact().fields.map((field, at) => ({
      ...field,
      ...(at === 0 ? { left: 'mail', type: 'email' as const } : {}),
    })),
  });
  test.each([
    ['an empty side', counts(60, 0, 0, 60, 0), { missing: 60 }, /Run the export of the empty side again/],
    ['other keys', counts(60, 60, 0, 60, 60), { missing: 60, extra: 60 }, /Look for the column .*--key mail=name\)/],
    ['other keys of few', counts(5, 5, 0, 5, 5), { missing: 5, extra: 5 }, /Look for the column .*--key mail=name\)/],
    ['few differences', {}, { missing: 3 }, /Decide record by record/],
  ])('the next step fits %s, and is the only one', (_, more, left, step) => {
    const { en, ja } = told(open(left, more));
    expect(en.split('\n').slice(1).join('\n')).toMatch(new RegExp(`^${step.source}[^\n]*$`));
    expect(ja.split('\n')).toHaveLength(2);
  });

  test('of the newest, whether they wait or a search does not show them yet: only as far as the data tells', () => {
    const from = Date.UTC(2026, 10, 24, 23, 52);
    const newest = { n: 29, from, until: from + 7 * 60_000, changed: 11, utc: true };
    const { en, ja } = told(open({ missing: 38 }, { newest }));
    expect(en).toContain('11 older records that were changed in those minutes are up to date in x.csv');
    expect(ja).toContain('次回の同期待ちではありません');
    const lag = (lasting: number, bytes?: number) =>
      told({
        ...fact(alone('sync.interval-lag', 'missing', { from, until: from + lasting * 60_000, utc: true })),
        right: { ...source, ...(bytes === undefined ? {} : { bytes }) },
      }).en;
    expect(lag(10, 500)).toContain('its search index was behind (sync.index-lag)');
    for (const text of [lag(30, 500), lag(10)]) expect(text).not.toContain('index');
  });

  test('where the keys join strangers, nothing is claimed of the other records', () => {
    const found = told(open({ missing: 40 }, { explained: [explained('sync.key-collision', { proof: strangers })] }));
    const few = told(open({ missing: 40 }, { explained: [explained('sync.key-collision')] }));
    expect(found.en).toContain('Check first which environment');
    expect(few.en).not.toContain('environment');
    const rest = (rowsNowEqual: number) =>
      unexplained.because({
        ...{ explained: [explained('sync.unexplained')], main: explained('sync.unexplained'), columns: '' },
        fact: open(
          { missing: 40 },
          { explained: [explained('sync.key-collision', { proof: { ...strangers, rowsNowEqual } })] },
        ),
        ...{ field: () => undefined, share: { en: '', ja: '' }, shareOf: () => ({ en: '', ja: '' }) },
      });
    expect(rest(900).ja).toContain('両側にあるキーの大半が別々のレコードを指しているため');
    expect(rest(400).ja).not.toContain('大半');
  });

  test('missing records are followed into the log of the job, as far as it was given', () => {
    const errors = [
      { says: 'REQUIRED_FIELD_MISSING: hanako@example.jp', times: 42 },
      { says: 'timeout', times: 1 },
    ];
    const wanted = 'If the log of the job was not given';
    const step = 'The log of the job names these errors: "REQUIRED_FIELD_MISSING: hanako@example.jp" (42 times)';
    const ofLog = (log: ComparisonFact['log'], missing = 40) => open({ missing }, log ? { log } : {});
    expect(told(ofLog(undefined)).en).toContain(wanted);
    expect(told(ofLog({ runs: 0, errors: [] })).en).toContain(wanted);
    expect(told(ofLog({ runs: 3, errors: [] })).en).not.toContain('og of the job');
    const { en, ja } = told(ofLog({ runs: 3, errors }));
    expect(en).toContain(`${step}, "timeout" (1 time).`);
    expect(ja).toContain('（42 回）、「timeout」（1 回）。例のレコードがこのエラーで拒否されていないか');
    expect(en).not.toContain(wanted);
    expect(told(ofLog({ runs: 3, errors }, 19)).en).not.toContain('og of the job');
    expect(told(redactedFact(ofLog({ runs: 3, errors }))).en).toContain('AAAAAAAA_AAAAA_AAAAAAA: aaaaaa@aaaaaaa.aa');
  });

  test('what is stale or in conflict is told as a part of it', () => {
    const { en, ja } = told(open({ pairs: 40 }, { changed: { ...fact().changed, unexplained: 30, conflict: 10 } }));
    expect(en).toContain('40 changed (10 of them stale or in conflict).');
    expect(ja).toContain('内容が異なる 40 件（うち 10 件は古い値または競合）。');
  });

  test.each([
    [100, 'Decide record by record', 'レコードごとに判断'],
    [101, 'follow a few of the examples through the sync job', '同期ジョブとそのログで追って'],
  ])('%d of 1,000 records are decided one by one or followed through the job', (pairs, en, ja) => {
    const text = told(open({ pairs }));
    expect([text.en.includes(en), text.ja.includes(ja)]).toEqual([true, true]);
  });

  test('that nothing sets it apart is said where enough was looked at', () => {
    const restOf = (looked: number) => open({ missing: 30, rest: [{ population: 'missing', looked, examples: [] }] });
    const apart = /No value of a column is clearly more common/;
    expect([20, 19].map((looked) => apart.test(told(restOf(looked)).en))).toEqual([true, false]);
    expect(told(open({ missing: 30 })).en).not.toMatch(apart);
  });

  test('records of parents that are missing say which column to follow', () => {
    const groups = { column: 'AccountId', value: '001A', groups: 45, n: 243, of: 243 };
    const one = { population: 'missing', looked: 243, examples: [], groups } as const;
    const fact = open({ missing: 243, rest: [one] });
    expect(told(fact).en).toContain('In AccountId, all 243 missing ones have one of 45 values, such as 001A, of which');
    expect(told(fact).ja).toContain('AccountId が 001A など 45 種類の値');
    expect(told(fact).en).not.toContain('No value of a column');
    expect(JSON.stringify(redactedFact(fact))).not.toContain('001A');
  });

  test.each([
    ['#N/A', 'are "#N/A" in', 'the error of a formula', '「#N/A」です。これは、値が見つからない数式'],
    ['', 'are empty in', 'a cell that was filled down', '空欄です。同じ値を書き込むもの'],
  ])('one value of most of them is told, and what it may be: %j', (value, en, why, ja) => {
    const same = { column: 'code', side: 'right', value, n: 90, of: 100 } as const;
    const text = told(open({ pairs: 100, rest: [{ population: 'pairs', looked: 100, examples: [], same }] }));
    expect(text.en).toContain(`In code, 90 of 100 differences ${en}`);
    expect(text.en).toContain(why);
    expect(text.ja).toContain(ja);
  });

  test('of a sample the number is an estimate, and a cluster has not tried everything', () => {
    const { en, ja } = told(
      open({ missing: 4200, estimated: ['missing'] }, { work: { ...fact().work, engine: 'clickhouse' } }),
    );
    expect(en).toContain('Left over: about 4,200 missing. Only the causes that the cluster can look for');
    expect(ja).toContain('残った差異: 不足 約 4,200 件。クラスター側で調べられる原因だけ');
  });

  test('where the databases could not count places, causes by place are not said to have been tried', () => {
    const { en, ja } = told(open({ missing: 42 }, { work: { ...fact().work, noPlaces: true } }));
    expect(en).toContain('the values and times of the records that are on one side only (not on their places');
    expect(ja).toContain('並び順から分かる原因は調べていません');
    expect(told(open({ missing: 42 })).en).toContain('the values, places and times of the records');
  });

  test('every kind is in the evidence, with examples, and counted where it was', () => {
    const [first] = diagnosesOfComparison(
      open({
        pairs: 40,
        missing: 4200,
        estimated: ['missing'],
        rest: [
          { population: 'pairs', looked: 40, examples: [{ key: 'C1', column: 'phone', left: '03', right: '' }] },
          { population: 'missing', looked: 100, examples: [{ key: 'C7' }, { key: 'C9' }] },
        ],
      }),
      allSyncCauses,
      { label: 'sync', language: 'en', command: 'crm-doctor sync' },
    );
    expect(first).toMatchObject({ confidence: 0, affects: ['changed records', 'missing records'] });
    expect(first?.evidence.map(({ says }) => says)).toEqual([
      '40 of 300 changed records, such as [C1] phone "03" / (empty)',
      'about 4,200 of 5,000 missing records, such as [C7], [C9]',
    ]);
    expect(first?.explanation.match(/Left over/g)).toHaveLength(1);
  });

  test.each<readonly [string, Partial<Explained>, readonly string[], readonly string[]]>([
    ['sync.default-injected', { columns: [2], detail: { side: 'right', value: '関東' } }, ['関東'], []],
    ['sync.default-injected', { columns: [0], detail: { side: 'right', value: '山田太郎' } }, [], ['山田']],
    ['sync.null-token', { columns: [1], detail: { side: 'right', value: 'NULL' } }, ['NULL'], []],
    [
      'sync.owner-unmapped',
      { columns: [3], detail: { side: 'right', values: ['林 健一', 'u-mori'], fallback: 'u-api' } },
      ['u-mori', 'u-api'],
      ['林'],
    ],
    [
      'sync.picklist-label-vs-value',
      { columns: [3], detail: { map: { 佐藤花子: '005A1' }, people: true } },
      ['005A1'],
      ['佐藤'],
    ],
    [
      'sync.timezone-mixed-writers',
      { columns: [2], detail: { name: 'created_by', side: 'right', minutes: { '林 健一': 540 } } },
      ['created_by', '+9'],
      ['林'],
    ],
    [
      'sync.workflow-rewrites',
      { population: 'changed', columns: [], detail: { side: 'right', at: 0, text: '山田太郎', how: 'set', values: 3 } },
      [],
      ['山田'],
    ],
    [
      'sync.filter-excludes',
      { population: 'missing', columns: [], detail: { column: 'memo', value: '佐藤課長へ' } },
      ['memo'],
      ['佐藤'],
    ],
    [
      'sync.filter-excludes',
      { population: 'missing', columns: [], detail: { column: 'region', value: '関東' }, share: few },
      ['region'],
      ['関東'],
    ],
    [
      'sync.charset-unmappable',
      { columns: [0], detail: { side: 'right', charset: 'cp932', mark: '?', characters: '﨑髙' } },
      ['髙﨑'],
      ['﨑髙'],
    ],
  ])('redacted, the details of %s name no person and no value of few: %j', (cause, more, named, hidden) => {
    const [name] = fact().fields;
    if (!name) throw new Error('The comparison has no column');
    const fields = [
      { ...name, type: 'name' as const },
      ...fact().fields.slice(1),
      { ...name, left: 'region', right: 'region' },
      { ...name, left: 'owner', right: 'owner', role: 'owner' as const },
    ];
    const found = redactedFact({ ...fact(explained(cause, more)), fields });
    const { en, ja } = told(found);
    for (const text of named) expect([en, ja].map((one) => one.includes(text))).toEqual([true, true]);
    for (const text of hidden) expect(`${en}${ja}${JSON.stringify(found.explained)}`).not.toContain(text);
  });

  test('redacted, a segment of many records is named, what is about a person is not, and every number and column is', () => {
    const examples = [{ key: 'C1', column: 'phone', left: '03', right: '06' }];
    const hiddenOf = (more: Partial<typeof stump>) => {
      const rest = [{ population: 'pairs', looked: 120, examples, stump: { ...stump, ...more } }] as const;
      return redactedFact(open({ pairs: 120, rest }));
    };
    const named = hiddenOf({});
    expect(told(named).en).toContain('Look first at the records with owner = u-abe:');
    expect(JSON.stringify(named.unexplained)).not.toMatch(/"C1"|"03"|"06"/);
    expect(named.unexplained.rest?.[0]?.examples[0]?.column).toBe('phone');
    for (const personal of [
      { value: '阿部 太郎' },
      { value: 'abe@example.co.jp' },
      { column: 'stage', value: '03-1234-5678' },
      { column: '氏名', value: 'u-abe' },
      { share: { ...stump.share, n: 19 } },
    ]) {
      const hidden = hiddenOf(personal);
      expect(JSON.stringify(hidden.unexplained)).not.toMatch(/u-abe|阿部|abe@|1234/);
      const { en, ja } = told(hidden);
      expect(en).toMatch(/Look first at the records with .* = .* \(hidden by --redact; the same command without it/);
      expect(ja).toContain('（--redact により伏せています。--redact を外すと値を表示します）');
    }
  });
});
