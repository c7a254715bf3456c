import { defineCrmCause } from '../../src/model/cause.ts';
import { both } from '../auth/words.ts';
import { apiEndsIn, crmVersion } from '../crm/version.check.ts';

interface Detail {
  readonly product: string;
  readonly used: string;
  readonly newest?: string;
  readonly until: string;
  readonly days: number;
}

export const apiEnds = defineCrmCause<Detail>({
  id: 'version.api-ends',
  title: both('The version of the API that is used comes to its end', '使用している API のバージョンが終了します'),
  about: both(
    'Vendors of CRMs replace the interface for other programs (the API) by new versions and switch the old ones off on an announced day. From then on every integration that still asks the old one fails at once, while people notice nothing in the screens. The others that you use (forms, shop, accounting) hang on the same versions.',
    'CRM のベンダーは、ほかのプログラム用の窓口（API）を新しいバージョンに置き換え、古いものを予告した日に停止します。その日から、古いバージョンを使う連携はすべて同時に失敗しますが、画面からは気付けません。ほかの連携（フォーム、EC サイト、会計など）も同じバージョンに依存しています。',
  ),
  owner: 'crm-admin',
  explain: (evidence, subject) => {
    const fact = evidence.fact(crmVersion);
    const days = fact && apiEndsIn(fact);
    if (!fact?.api?.until || days === undefined) return [];
    const { used, newest, until, source } = fact.api;
    return [
      {
        detail: { product: fact.name, used, ...(newest === undefined ? {} : { newest }), until, days },
        severity: 'warning',
        confidence: 0.92,
        affects: [subject.label],
        evidence: [
          {
            check: crmVersion,
            says: both(
              `${fact.name} API ${used}: ends on ${until}${source === undefined ? '' : ` (${source}, as of ${fact.table.date})`}`,
              `${fact.name} の API ${used}: ${until} に終了${source === undefined ? '' : `（${source}、${fact.table.date} 時点）`}`,
            ),
          },
        ],
        ruledOut: [
          {
            cause: 'crm.api-disabled',
            check: crmVersion,
            says: both('it still answers', '現時点では応答しています'),
          },
        ],
      },
    ];
  },
  because: ({ product, used, until, days, newest }) => {
    const to = newest === undefined ? both('', '') : both(` The newest is ${newest}.`, `最新は ${newest} です。`);
    return days < 0
      ? both(
          `The API ${used} of ${product} was to end on ${until} and may be switched off any day.${to.en}`,
          `${product} の API ${used} は ${until} に終了の予定でした。いつ停止されてもおかしくありません。${to.ja}`,
        )
      : both(
          `The API ${used} of ${product} ends on ${until}, in ${days} days.${to.en}`,
          `${product} の API ${used} は ${until} に終了します（あと ${days} 日）。${to.ja}`,
        );
  },
  steps: ({ product, used, newest, until }) => [
    both(
      `List the integrations of ${product} that use ${used} (the CRM's page on API usage names them), and who looks after each.`,
      `${used} を使っている ${product} の連携と、それぞれの担当者を洗い出します（CRM の API 利用状況のページで確認できます）。`,
    ),
    both(
      `Let each be moved to ${newest ?? 'the newest version'} before ${until}, and tried in a test environment.`,
      `${until} より前に、それぞれを ${newest ?? '最新のバージョン'} に移行し、テスト環境で確認します。`,
    ),
    both(
      'Update crm-doctor itself: it uses the newest version that it knows.',
      'crm-doctor 自体も更新します（知っている範囲で最新のバージョンを使います）。',
    ),
  ],
});
