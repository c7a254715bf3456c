import { defineCrmCause } from '../../src/model/cause.ts';
import { both } from '../auth/words.ts';
import { crmVersion } from '../crm/version.check.ts';
import { standingOf } from '../version/standing.ts';

interface Detail {
  readonly software: string;
  readonly latest: string;
  readonly source: string;
  readonly table: string;
}

export const crmOutdated = defineCrmCause<Detail>({
  id: 'version.outdated',
  title: both('A newer patch release of the CRM exists', 'CRM に新しい修正版があります'),
  about: both(
    'The series of the CRM is still mended, and its maker has published a newer patch release of it. Patch releases mend faults and security holes and change little else. Where a distribution ships the series, its packages get the fixes without a new number, and nothing is said.',
    'CRM のバージョン系列は更新が続いており、開発元が新しい修正版を公開しています。修正版は不具合や脆弱性の修正が中心です。ディストリビューションのパッケージでは番号を変えずに修正されるため、その場合は指摘しません。',
  ),
  unless: ['version.end-of-life'],
  owner: 'crm-admin',
  explain: (evidence, subject) => {
    const fact = evidence.fact(crmVersion);
    const standing = fact && standingOf(fact);
    if (!fact?.software || standing?.kind !== 'outdated') return [];
    const { latest, row } = standing;
    return [
      {
        detail: {
          software: [fact.name, fact.says].filter(Boolean).join(' '),
          latest,
          source: row.source,
          table: fact.table.date,
        },
        severity: 'warning',
        confidence: 0.88,
        affects: [subject.label],
        evidence: [
          { check: crmVersion, says: both(`the CRM says: ${fact.says ?? ''}`, `CRM の応答: ${fact.says ?? ''}`) },
          {
            check: crmVersion,
            says: both(
              `the newest ${fact.name} ${row.cycle} is ${latest} or later (${row.source}, as of ${fact.table.date})`,
              `${fact.name} ${row.cycle} の最新は ${latest} 以降（${row.source}、${fact.table.date} 時点）`,
            ),
          },
        ],
        ruledOut: [
          {
            cause: 'version.end-of-life',
            check: crmVersion,
            says: both(`no end of the series ${row.cycle} is known`, `${row.cycle} 系の更新は続いています`),
          },
        ],
      },
    ];
  },
  because: ({ software, latest }) =>
    both(
      `The CRM is ${software}; ${latest} of the same series has been published.`,
      `CRM は ${software} ですが、同じ系列の ${latest} が公開されています。`,
    ),
  steps: ({ latest, source }) => [
    both(
      `Read the notes of ${latest} for security faults that it mends (${source}).`,
      `${latest} のリリースノートで、修正された脆弱性を確認します（${source}）。`,
    ),
    both(
      'Back up the database and the files, then update in the next maintenance window.',
      'データベースとファイルのバックアップを取得し、次の保守作業で更新します。',
    ),
    both('Run the whole check afterwards.', '更新後に全体の検査を実行します。'),
  ],
});
