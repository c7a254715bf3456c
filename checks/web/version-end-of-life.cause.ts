import { defineCrmCause } from '../../src/model/cause.ts';
import { both } from '../auth/words.ts';
import { crmVersion } from '../crm/version.check.ts';
import { standingOf } from '../version/standing.ts';

interface Detail {
  readonly software: string;
  readonly product: string;
  readonly cycle: string;
  readonly end: string;
  readonly source: string;
  readonly table: string;
  /** Series of the product that are still mended. */
  readonly mended: readonly string[];
}

export const crmEndOfLife = defineCrmCause<Detail>({
  id: 'version.end-of-life',
  title: both('The CRM gets no more security fixes', 'CRM のセキュリティ更新が終了しています'),
  about: both(
    'The maker of the CRM mends each series for some years only. After that, holes that become known stay open: a CRM holds the data of all customers and is reachable from the internet. Mail services and libraries go on too, so that sending and fetching fail one day. crm-doctor calls a version ended only when neither its maker nor a distribution that ships it sends fixes any more.',
    'CRM の各バージョンが開発元から更新されるのは数年間だけです。その後は、見つかった脆弱性がそのまま残ります。CRM は全顧客の情報を持ち、インターネットから届く場所にあります。メールサービスやライブラリの更新に追従できず、ある日送受信が止まることもあります。crm-doctor は、開発元も、それを収録するディストリビューションも更新を終えている場合だけ、終了と判断します。',
  ),
  owner: 'crm-admin',
  explain: (evidence, subject) => {
    const fact = evidence.fact(crmVersion);
    const standing = fact && standingOf(fact);
    if (!fact?.software || standing?.kind !== 'ended') return [];
    const { row, end } = standing;
    const day = fact.at.slice(0, 10);
    const detail: Detail = {
      software: [fact.name, fact.says].filter(Boolean).join(' '),
      product: fact.name,
      cycle: row.cycle,
      end,
      source: row.source,
      table: fact.table.date,
      mended: fact.rows
        .filter((one) => one.by === undefined && (one.endOfSupport ?? '9999') >= day)
        .map(({ cycle }) => cycle),
    };
    return [
      {
        detail,
        severity: 'warning',
        confidence: 0.93,
        affects: [subject.label],
        evidence: [
          {
            check: crmVersion,
            says: both(`the CRM says: ${fact.says ?? ''}`, `CRM の応答: ${fact.says ?? ''}`),
          },
          {
            check: crmVersion,
            says: both(
              `${fact.name} ${row.cycle}: support ended on ${end} (${row.source}, as of ${fact.table.date})`,
              `${fact.name} ${row.cycle}: ${end} に終了（${row.source}、${fact.table.date} 時点）`,
            ),
          },
        ],
        ruledOut: [
          {
            cause: 'version.outdated',
            check: crmVersion,
            says: both('the whole series is not mended any more', 'この系列全体の更新が終わっています'),
          },
        ],
      },
    ];
  },
  because: ({ software, end, mended }) => {
    const others =
      mended.length === 0
        ? both('', '')
        : both(` Still mended: ${mended.join(', ')}.`, `更新が続いているのは ${mended.join('、')} です。`);
    return both(
      `The CRM is ${software}; its security fixes ended on ${end}.${others.en}`,
      `CRM は ${software} で、セキュリティ更新は ${end} に終了しています。${others.ja}`,
    );
  },
  steps: ({ product, mended }) => [
    both(
      `Plan the update of ${product} to a series that is still mended${mended.length === 0 ? '' : ` (${mended.join(', ')})`}; try it on a copy of the data first.`,
      `${product} を、更新が続いているバージョン${mended.length === 0 ? '' : `（${mended.join('、')}）`}に更新する計画を立て、まずデータの写しで試します。`,
    ),
    both(
      'Until then: let the CRM be reached only from your network or a VPN, and see that backups are made and can be read back.',
      'それまでの間は、社内ネットワークや VPN からのみ接続できるようにし、バックアップが取得され、復元できることを確認します。',
    ),
    both(
      'After the update run the whole check: mail accounts, jobs and workflows are what breaks first.',
      '更新後に全体の検査を実行します。メールアカウント、定期ジョブ、ワークフローに影響が出やすいためです。',
    ),
  ],
});
