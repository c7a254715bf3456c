import { defineCrmCause } from '../../src/model/cause.ts';
import type { Text } from '../../src/model/text.ts';
import { both } from '../auth/words.ts';
import { type ExposedBackup, exposedIn } from './backup-problems.ts';
import { sentences, shellWord } from './backup-words.ts';
import { crmBackups } from './backups.check.ts';

interface Detail {
  readonly places: readonly ExposedBackup[];
}

const says = ({ file, count }: ExposedBackup): Text =>
  count === 1
    ? both(`Every account of this host can read ${file}.`, `このホストのすべてのアカウントが ${file} を読めます。`)
    : both(
        `Every account of this host can read ${file} and ${count - 1} more beside it.`,
        `このホストのすべてのアカウントが、${file} ほか ${count - 1} 件を読めます。`,
      );

const folderOf = (file: string): string => file.slice(0, Math.max(1, file.lastIndexOf('/')));

export const backupExposed = defineCrmCause<Detail>({
  id: 'crm.backup-exposed',
  title: both('Everybody on the host can read the backups', 'バックアップがホスト上の誰にでも読める状態です'),
  about: both(
    'A backup holds all customers, all messages and mostly the passwords of the mail accounts. Its permissions, and those of the folders above it, let every account of the host read it: also that of a web server with a hole, or of another service.',
    'バックアップには、すべての顧客情報とメール、多くの場合メールアカウントのパスワードも含まれます。ファイルと上位フォルダーの権限により、ホスト上のすべてのアカウント（脆弱性のある Web サーバーや他のサービスのアカウントも含む）が読める状態です。',
  ),
  owner: 'crm-admin',
  explain: (evidence, { label }) => {
    const fact = evidence.bad(crmBackups);
    const places = fact ? exposedIn(fact) : [];
    if (places.length === 0) return [];
    return [
      {
        detail: { places },
        severity: 'warning',
        confidence: 0.95,
        affects: [label],
        evidence: places.map((place) => ({ check: crmBackups, says: says(place) })),
      },
    ];
  },
  because: ({ places }) => sentences(places.map(says)),
  steps: ({ places }) => {
    const folder = shellWord(folderOf(places[0]?.file ?? '/'));
    return [
      both(
        `Close the folder, which is enough for all in it: chmod o-rwx ${folder}`,
        `フォルダーの権限を閉じます。中のファイルもすべて保護されます: chmod o-rwx ${folder}`,
      ),
      both(
        'Let the job write new ones closed: "umask 077" at its beginning.',
        'ジョブの先頭に「umask 077」を加え、新しいバックアップが閉じた権限で作成されるようにします。',
      ),
      both('Run crm-doctor check again.', 'crm-doctor check をもう一度実行します。'),
    ];
  },
});
