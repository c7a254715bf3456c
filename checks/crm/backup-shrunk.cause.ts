import { defineCrmCause } from '../../src/model/cause.ts';
import { sizeText } from '../../src/model/figure.ts';
import { both } from '../auth/words.ts';
import { type ShrunkBackup, shrunkIn } from './backup-problems.ts';
import { sentences, shellWord } from './backup-words.ts';
import { crmBackups } from './backups.check.ts';

interface Detail {
  readonly files: readonly ShrunkBackup[];
}

const says = ({ file, bytes, usual, least, compared }: ShrunkBackup) => {
  const size = sizeText(bytes);
  if (bytes === 0) return both(`${file} is empty (0 bytes).`, `${file} は空です（0 バイト）。`);
  if (least !== undefined) {
    return both(
      `${file} has ${size}, and at least ${sizeText(least)} are expected.`,
      `${file} は ${size} で、最低限の ${sizeText(least)} に足りません。`,
    );
  }
  const before = sizeText(usual ?? 0);
  return both(
    `${file} has only ${size}; the ${compared} before it have ${before}.`,
    `${file} は ${size} しかありません。それ以前の ${compared} 件は ${before} 程度でした。`,
  );
};

const isGrave = ({ bytes, least }: ShrunkBackup): boolean => bytes === 0 || least !== undefined;

export const backupShrunk = defineCrmCause<Detail>({
  id: 'crm.backup-shrunk',
  title: both('The newest backup is far too small', '最新のバックアップが小さすぎます'),
  about: both(
    'A backup was made, but it holds much less than the ones before it, or nothing. Mostly the dump failed and the job went on: a login that the database refuses, a table that may not be read, a full disk, or a path that changed, so that only an empty folder was packed. Data that somebody deleted on purpose makes a backup smaller, too.',
    'バックアップは作成されていますが、以前よりはるかに小さいか、空です。多くは、ダンプに失敗したままジョブが続行した場合です（データベースへのログイン拒否、読み取れないテーブル、ディスク不足、パスの変更により空のフォルダーだけを圧縮した、など）。意図的にデータを削除した場合も小さくなります。',
  ),
  owner: 'crm-admin',
  explain: (evidence, { label }) => {
    const fact = evidence.bad(crmBackups);
    const files = fact ? shrunkIn(fact) : [];
    if (files.length === 0) return [];
    const isAny = files.some(isGrave);
    return [
      {
        detail: { files },
        severity: isAny ? 'critical' : 'warning',
        confidence: isAny ? 0.95 : 0.85,
        affects: [label],
        evidence: files.map((file) => ({ check: crmBackups, says: says(file) })),
        ...(files.some(({ whole }) => whole)
          ? {
              ruledOut: [
                {
                  cause: 'crm.backup-corrupt',
                  check: crmBackups,
                  says: both('it can be read to its end', '最後まで読み取れます'),
                },
              ],
            }
          : {}),
      },
    ];
  },
  because: ({ files }) => sentences(files.map(says)),
  steps: ({ files }) => [
    both(
      'Keep the last large backup: copy it to where the job does not delete it.',
      '以前の大きいバックアップを残します。ジョブに削除されない場所にコピーしてください。',
    ),
    both(
      `See what is in the small one (${shellWord(files[0]?.file ?? '')}) and which tables or folders are missing, compared with the one before.`,
      `小さいほう（${shellWord(files[0]?.file ?? '')}）の中身を以前のものと比べ、足りないテーブルやフォルダーを確認します。`,
    ),
    both(
      'Read what the job said: a failed pg_dump or mysqldump before a pipe goes unnoticed without "set -o pipefail".',
      'ジョブの出力を確認します。パイプの前の pg_dump や mysqldump の失敗は、「set -o pipefail」がないと見逃されます。',
    ),
    both(
      'Mend that, make a backup by hand and run crm-doctor check again. If the data was deleted on purpose, nothing has to be done; after a few backups the new size is the usual one.',
      '原因を直し、手動でバックアップを作成して crm-doctor check をもう一度実行します。意図的なデータ削除なら対応は不要です。数回のバックアップ後には、新しい大きさが通常と見なされます。',
    ),
  ],
});
