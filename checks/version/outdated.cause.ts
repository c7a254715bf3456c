import { defineCause } from '../../src/model/cause.ts';
import { protocols } from '../../src/model/config.ts';
import { both } from '../auth/words.ts';
import { mailVersions, softwareName } from '../mail/versions.check.ts';
import { standingOf } from './standing.ts';

interface Outdated {
  readonly software: string;
  readonly latest: string;
  readonly source: string;
  readonly table: string;
}

export const outdated = defineCause<Outdated>({
  id: 'version.outdated',
  title: both('A newer patch release of the mail server exists', 'メールサーバーに新しい修正版があります'),
  about: both(
    'The series that the server runs is still mended, and its maker has published a newer patch release of it. Patch releases mend faults and security holes and change little else. crm-doctor says so only where the server tells its full version and no distribution ships this series: packages get fixes without a new version number.',
    'サーバーのバージョン系列はまだ更新が続いており、開発元が新しい修正版を公開しています。修正版は不具合や脆弱性の修正が中心で、ほかの変更はわずかです。パッケージではバージョン番号を変えずに修正されるため、サーバーが詳細なバージョンを示し、かつその系列を収録するディストリビューションがない場合だけ指摘します。',
  ),
  unless: ['version.end-of-life'],
  owner: 'mail-admin',
  explain: (evidence, subject) =>
    protocols.flatMap((protocol) => {
      const check = mailVersions[protocol];
      const fact = evidence.fact(check);
      const standing = fact && standingOf(fact);
      if (!fact?.software || standing?.kind !== 'outdated') return [];
      const software = softwareName(fact.software);
      const { latest, row } = standing;
      return [
        {
          detail: { software, latest, source: row.source, table: fact.table.date },
          severity: 'warning',
          confidence: 0.85,
          affects: [check.target(subject)],
          evidence: [
            { check, says: both(`the server says: ${fact.software.says}`, `サーバーの応答: ${fact.software.says}`) },
            {
              check,
              says: both(
                `the newest ${row.product} ${row.cycle} is ${latest} (${row.source}, as of ${fact.table.date})`,
                `${row.product} ${row.cycle} の最新は ${latest}（${row.source}、${fact.table.date} 時点）`,
              ),
            },
          ],
          ruledOut: [
            {
              cause: 'version.end-of-life',
              check,
              says: both(`the series ${row.cycle} is still mended`, `${row.cycle} 系の更新は続いています`),
            },
          ],
        },
      ];
    }),
  because: ({ software, latest }) =>
    both(
      `The server says that it is ${software}; ${latest} of the same series has been published since. Mail works.`,
      `サーバーは ${software} と名乗っていますが、同じ系列の ${latest} が公開されています。メールは使えます。`,
    ),
  steps: ({ latest }) => [
    both(
      `Read the announcement of ${latest} for security faults that it mends.`,
      `${latest} の告知で、修正された脆弱性を確認します。`,
    ),
    both(
      `Update the server to ${latest} or later in the next maintenance window.`,
      `次の保守作業で、サーバーを ${latest} 以降に更新します。`,
    ),
  ],
});
