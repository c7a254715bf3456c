import { defineCrmCause } from '../../src/model/cause.ts';
import { both } from '../auth/words.ts';
import { crmVersion } from '../crm/version.check.ts';

interface Detail {
  readonly product: string;
  readonly modules: readonly { readonly name: string; readonly version?: string; readonly pending: string }[];
  readonly more: number;
}

const listed = ({ modules, more }: Detail): string =>
  [
    ...modules.map(({ name, version, pending }) => `${name} ${version ?? '?'} → ${pending}`),
    ...(more > 0 ? [`+ ${more}`] : []),
  ].join(', ');

export const upgradePending = defineCrmCause<Detail>({
  id: 'version.upgrade-pending',
  title: both('Modules of the CRM wait for their upgrade', 'CRM のモジュールが更新待ちです'),
  about: both(
    'New files of these modules lie on the server, but the database still has the state of the old ones: an update was begun and not brought to its end. The program then expects fields and views that are not there, which shows as odd errors at single screens, jobs or mails.',
    'サーバー上のモジュールのファイルは新しくなっていますが、データベースは古いままです。更新作業が途中で終わっています。プログラムが存在しない項目や画面定義を前提に動くため、特定の画面、定期ジョブ、メールだけで不可解なエラーが起こります。',
  ),
  owner: 'crm-admin',
  explain: (evidence, subject) => {
    const fact = evidence.fact(crmVersion);
    if (!fact || fact.pending.length === 0) return [];
    const detail: Detail = {
      product: fact.name,
      modules: fact.pending.slice(0, 8),
      more: Math.max(0, fact.pending.length - 8),
    };
    return [
      {
        detail,
        severity: 'warning',
        confidence: 0.9,
        affects: [subject.label],
        evidence: [{ check: crmVersion, says: both(listed(detail), listed(detail)) }],
      },
    ];
  },
  because: (detail) =>
    both(
      `In ${detail.product} the files of these modules are newer than the database: ${listed(detail)}.`,
      `${detail.product} で、次のモジュールのファイルがデータベースより新しくなっています: ${listed(detail)}。`,
    ),
  steps: ({ product, modules }) => [
    both('Back up the database.', 'データベースのバックアップを取得します。'),
    product === 'Odoo'
      ? both(
          `Bring the update to its end: odoo-bin -d DATABASE -u ${modules.map(({ name }) => name).join(',')} --stop-after-init (or Apps > the module > Upgrade), and restart the workers.`,
          `更新を完了させます: odoo-bin -d データベース名 -u ${modules.map(({ name }) => name).join(',')} --stop-after-init（または［アプリ］→ 対象のモジュール →［アップグレード］）を実行し、ワーカーを再起動します。`,
        )
      : both(
          `Bring the update of these modules to its end as ${product} describes it, and restart its workers.`,
          `${product} の手順に従ってモジュールの更新を完了させ、ワーカーを再起動します。`,
        ),
    both(
      'Run the check again: crm-doctor check --only crm.version',
      'もう一度検査します: crm-doctor check --only crm.version',
    ),
  ],
});
