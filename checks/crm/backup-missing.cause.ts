import { defineCrmCause } from '../../src/model/cause.ts';
import { both } from '../auth/words.ts';
import { type MissingBackup, missingIn } from './backup-problems.ts';
import { sentences, shellWord } from './backup-words.ts';
import { crmBackups } from './backups.check.ts';

interface Detail {
  readonly places: readonly MissingBackup[];
}

const says = ({ path, why, passedOver }: MissingBackup) => {
  if (why === 'absent') return both(`There is nothing at ${path}.`, `${path} がありません。`);
  const others =
    passedOver === 0
      ? both('', '')
      : both(
          `; what lies there (${passedOver}) is no backup`,
          `（バックアップ以外のファイルが ${passedOver} 件あります）`,
        );
  return both(`No backup lies at ${path}${others.en}.`, `${path} にバックアップがありません${others.ja}。`);
};

export const backupMissing = defineCrmCause<Detail>({
  id: 'crm.backup-missing',
  title: both('There is no backup of the CRM', 'CRM のバックアップがありません'),
  about: both(
    'Where the backups of the CRM are expected, there is none: the job that makes them was never set up, writes somewhere else, lost its disk (a network drive that is not mounted looks like an empty folder), or something cleaned up too much. When the database is lost now, it cannot be brought back.',
    'CRM のバックアップがあるはずの場所に、何もありません。バックアップのジョブが未設定、別の場所に書き込んでいる、ディスクが外れている（マウントされていないネットワークドライブは空のフォルダーに見えます）、古いファイルの削除で消しすぎた、などの場合です。いまデータベースが失われると、復元できません。',
  ),
  owner: 'crm-admin',
  explain: (evidence, { label }) => {
    const fact = evidence.bad(crmBackups);
    const places = fact ? missingIn(fact) : [];
    if (places.length === 0) return [];
    return [
      {
        detail: { places },
        severity: 'critical',
        confidence: 0.95,
        affects: [label],
        evidence: places.map((place) => ({ check: crmBackups, says: says(place) })),
      },
    ];
  },
  because: ({ places }) => sentences(places.map(says)),
  steps: ({ places }) => {
    const paths = places.map(({ path }) => path);
    return [
      both(
        `Look whether the path is right (crm.backups: ${paths.join(', ')}), and whether its disk is mounted: findmnt --target ${shellWord(paths[0] ?? '/')}`,
        `パス（crm.backups: ${paths.join('、')}）が正しいか、ディスクがマウントされているかを確認します: findmnt --target ${shellWord(paths[0] ?? '/')}`,
      ),
      both(
        'Look whether the job that makes backups is there and what it said last: crontab -l of its user, systemctl list-timers, the mail that cron sends.',
        'バックアップのジョブがあるか、前回の結果はどうだったかを確認します（実行ユーザーの crontab -l、systemctl list-timers、cron が送るメール）。',
      ),
      both(
        'Make a backup by hand now, before anything else is changed, and copy it to another host.',
        '他の変更をする前に、いま手動でバックアップを作成し、別のホストにもコピーします。',
      ),
      both(
        'Let the job report when it fails, and run crm-doctor check again after its next run.',
        'ジョブが失敗したら通知されるようにし、次回の実行後に crm-doctor check をもう一度実行します。',
      ),
    ];
  },
});
