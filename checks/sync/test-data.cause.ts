import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { ComparisonView, SeenRow } from '../../src/model/sync/view.ts';
import { loneRecords } from './lone-records.ts';

/** Domains that nobody can own (RFC 2606, RFC 6761, and the ones that JPRS keeps for examples). */
const reserved = /(?:\.(?:test|invalid|example|localhost)|[@.](?:example\.(?:com|net|org|jp|co\.jp)))$/i;
/** テストロニクス is a company. */
const testNames = /(?:テスト|ﾃｽﾄ|ダミー|ﾀﾞﾐｰ)(?![ァ-ヶｦ-ﾟー])|(?:^|[^a-z])(?:test|dummy)(?![a-z])/i;

const isTest = (view: ComparisonView, { values }: SeenRow): boolean =>
  view.columns.some(({ at, type }) => {
    const value = (values[at] ?? '').trim();
    if (value.length > 320) return false;
    if (type === 'email') return reserved.test(value);
    return (type === 'name' || type === 'company') && testNames.test(value);
  });

const populations = ['missing', 'extra'] as const;

export const testData = defineSyncCause({
  id: 'sync.test-data',
  title: { en: 'Test records are on one side only', ja: 'テスト用のレコードが片側だけにあります' },
  about: {
    en: 'Someone tried out a form, an import or a release, and the records stayed: names with "test", addresses of domains that nobody can own, or the .invalid that a sandbox puts behind addresses.',
    ja: 'フォームやインポート、リリースの動作確認で作られたレコードが残っています。「テスト」を含む名前、実在しないドメインのアドレス、Sandbox がアドレスの末尾に付ける .invalid などが目印です。',
  },
  owner: 'crm-admin',
  atOnce: ['missing', 'extra'],
  severity: 'warning',
  hypotheses: populations.map((population) =>
    rowsHypothesis<{ by: 'test' }>({
      effect: 'wrong',
      population,
      propose: (view) =>
        view[population].filter((row) => isTest(view, row)).length >= 20 ? [{ params: { by: 'test' } }] : [],
      holds: (row, _, view) => isTest(view, row),
    }),
  ),
  because: (told) => ({
    en: `${loneRecords(told).en} have a test name or an address that cannot exist (.test, .invalid, example.com); among the records on both sides there is (nearly) none.`,
    ja: `${loneRecords(told).ja}は、テスト用の名前か、実在しないアドレス（.test、.invalid、example.com など）です。両側にあるレコードにはほぼありません。`,
  }),
  steps: () => [
    {
      en: 'Look through the list and delete what was a test, on the side that has it.',
      ja: '一覧を確認し、テスト用のレコードを登録されている側で削除します。',
    },
    {
      en: 'Test in a sandbox from now on, or mark test records in a column and exclude them on both sides.',
      ja: '今後は Sandbox で動作確認するか、テスト用の印を付けて両側で除外します。',
    },
  ],
});
