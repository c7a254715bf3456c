import { defineCause } from '../../src/model/cause.ts';
import { protocols } from '../../src/model/config.ts';
import { both } from '../auth/words.ts';
import { mailVersions, softwareName } from '../mail/versions.check.ts';
import { standingOf } from './standing.ts';

interface EndOfLife {
  readonly software: string;
  readonly cycle: string;
  readonly end: string;
  readonly source: string;
  readonly table: string;
}

export const endOfLife = defineCause<EndOfLife>({
  id: 'version.end-of-life',
  title: both('The mail server gets no more security fixes', 'メールサーバーのセキュリティ更新が終了しています'),
  about: both(
    'Each release series of a mail server is mended by its maker for some years only. After that, known holes stay open, and new CRMs and libraries stop working with it one by one: they demand newer TLS versions and logins. crm-doctor takes the version from what the server says of itself, and calls it ended only when neither the maker nor a distribution that ships it sends fixes any more.',
    'メールサーバーの各バージョンが開発元から更新されるのは数年間だけです。その後は既知の脆弱性が残り、新しい TLS やログイン方式を求める CRM やライブラリとも順次つながらなくなります。crm-doctor はサーバー自身が名乗るバージョンを使い、開発元も、それを収録するディストリビューションも更新を終えている場合だけ、終了と判断します。',
  ),
  owner: 'mail-admin',
  explain: (evidence, subject) =>
    protocols.flatMap((protocol) => {
      const check = mailVersions[protocol];
      const fact = evidence.fact(check);
      const standing = fact && standingOf(fact);
      if (!fact?.software || standing?.kind !== 'ended') return [];
      const { says } = fact.software;
      const detail = {
        software: softwareName(fact.software),
        cycle: standing.row.cycle,
        end: standing.end,
        source: standing.row.source,
        table: fact.table.date,
      };
      return [
        {
          detail,
          severity: 'warning',
          confidence: 0.9,
          affects: [check.target(subject)],
          evidence: [
            { check, says: both(`the server says: ${says}`, `サーバーの応答: ${says}`) },
            {
              check,
              says: both(
                `${standing.row.product} ${detail.cycle}: support ended on ${detail.end} (${detail.source}, as of ${detail.table})`,
                `${standing.row.product} ${detail.cycle}: ${detail.end} に終了（${detail.source}、${detail.table} 時点）`,
              ),
            },
          ],
          ruledOut: [
            {
              cause: 'version.outdated',
              check,
              says: both(
                'no distribution in the table that ships this series still mends it',
                'このバージョンを収録するディストリビューションの更新も終わっています',
              ),
            },
          ],
        },
      ];
    }),
  because: ({ software, end }) =>
    both(
      `The server says that it is ${software}. Its security fixes ended on ${end}. Mail works, but known holes stay open.`,
      `サーバーは ${software} と名乗っています。このバージョンのセキュリティ更新は ${end} に終了しました。メールは使えますが、既知の脆弱性が残ります。`,
    ),
  steps: ({ software }) => [
    both(
      `Confirm the version on the server itself (the greeting of ${software} may be set by hand).`,
      `サーバー上で実際のバージョンを確認します（${software} という応答は手動で設定された可能性もあります）。`,
    ),
    both(
      'Plan the update to a series that is still mended, or move the mailbox to a mail service.',
      '更新が続いているバージョンへの更新、またはメールサービスへの移行を計画します。',
    ),
    both(
      'Try the CRM against the new server before the change: it may refuse TLS 1.0 and 1.1, small keys, and logins without encryption.',
      '切り替える前に、新しいサーバーで CRM を試します。TLS 1.0 / 1.1、短い鍵、暗号化なしのログインは拒否されることがあります。',
    ),
  ],
});
