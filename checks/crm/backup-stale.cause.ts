import { defineCrmCause } from '../../src/model/cause.ts';
import { both } from '../auth/words.ts';
import { type StaleBackup, staleIn } from './backup-problems.ts';
import { ageText, momentText, sentences, shellWord } from './backup-words.ts';
import { crmBackups } from './backups.check.ts';

interface Detail {
  readonly places: readonly StaleBackup[];
}

const says = ({ path, newest, modified, ageMs, maxAgeMs, onlySeries }: StaleBackup) => {
  const [age, most, when] = [ageText(ageMs), ageText(maxAgeMs), momentText(modified)];
  if (onlySeries !== undefined) {
    return both(
      `Of the backups at ${path}, ${onlySeries} came regularly and stopped ${age.en} ago (${newest}, ${when}), while the others go on.`,
      `${path} のバックアップのうち、${onlySeries} は定期的に作成されていましたが、${age.ja}前（${newest}、${when}）から止まっています。他のバックアップは続いています。`,
    );
  }
  return both(
    `The newest backup at ${path} is ${age.en} old (${newest}, ${when}); at most ${most.en} are expected.`,
    `${path} の最新のバックアップは ${age.ja}前（${newest}、${when}）のもので、許容範囲の ${most.ja}を超えています。`,
  );
};

export const backupStale = defineCrmCause<Detail>({
  id: 'crm.backup-stale',
  title: both('The backups of the CRM have stopped', 'CRM のバックアップが止まっています'),
  about: both(
    'Backups were made here, but the newest one is older than it may be: the job no longer runs, fails before it writes, or its disk is full. Everything that people entered since then would be lost with the database. Such a stop is noticed on the day when a backup is needed, if nobody looks.',
    '以前はバックアップが作成されていましたが、最新のものが許容範囲より古くなっています。ジョブが動いていない、書き込む前に失敗している、ディスクがいっぱい、などの場合です。いまデータベースが失われると、それ以降に入力されたデータは戻りません。確認しない限り、復元が必要になった日に初めて気付くことになります。',
  ),
  owner: 'crm-admin',
  explain: (evidence, { label }) => {
    const fact = evidence.bad(crmBackups);
    const places = fact ? staleIn(fact) : [];
    if (places.length === 0) return [];
    const isAll = places.some(({ onlySeries }) => onlySeries === undefined);
    return [
      {
        detail: { places },
        severity: isAll ? 'critical' : 'warning',
        confidence: isAll ? 0.95 : 0.85,
        affects: [label],
        evidence: places.map((place) => ({ check: crmBackups, says: says(place) })),
        ruledOut: [
          {
            cause: 'crm.backup-missing',
            check: crmBackups,
            says: both('older backups are there', '古いバックアップは残っています'),
          },
        ],
      },
    ];
  },
  because: ({ places }) => sentences(places.map(says)),
  steps: ({ places }) => [
    both(
      'Look whether the job that makes backups still runs and what it said last: crontab -l of its user, systemctl list-timers, the mail that cron sends, its log.',
      'バックアップのジョブが動いているか、前回の結果はどうだったかを確認します（実行ユーザーの crontab -l、systemctl list-timers、cron が送るメール、ジョブのログ）。',
    ),
    both(
      `Look whether there is room on the disk: df -h ${shellWord(places[0]?.newest ?? '/')}`,
      `ディスクの空き容量を確認します: df -h ${shellWord(places[0]?.newest ?? '/')}`,
    ),
    both(
      'Start the job by hand as its own user; the error that it shows is the thing to mend. A changed database password is a common one.',
      'ジョブを本来の実行ユーザーで手動実行します。表示されたエラーが直すべき点です。データベースのパスワード変更が原因のことがよくあります。',
    ),
    both(
      'Run crm-doctor check again. If backups are made less often on purpose, write it down as crm.backups.maxAge (for example 8d).',
      'crm-doctor check をもう一度実行します。意図的に間隔を空けている場合は、crm.backups の maxAge に指定します（例: 8d）。',
    ),
  ],
});
