import { defineCrmCause } from '../../src/model/cause.ts';
import type { Text } from '../../src/model/text.ts';
import { both } from '../auth/words.ts';
import { type UnreadableBackup, unreadableIn } from './backup-problems.ts';
import { sentences, shellWord } from './backup-words.ts';
import { crmBackups } from './backups.check.ts';

interface Detail {
  readonly places: readonly UnreadableBackup[];
}

const reasons: Readonly<Record<string, Text>> = {
  ELINK: both('it is a link that leads nowhere', 'リンク先がありません'),
  EIO: both('the disk reports an error', 'ディスクのエラーが発生します'),
  ESTALE: both('the network drive has lost it', 'ネットワークドライブとの対応が失われています'),
  ELOOP: both('its links lead in a circle', 'リンクが循環しています'),
};

const says = ({ path, code }: UnreadableBackup): Text => {
  const reason = reasons[code] ?? both(`the system says ${code}`, `システムのエラーは ${code} です`);
  return both(`${path} cannot be read: ${reason.en}.`, `${path} を読み取れません: ${reason.ja}。`);
};

export const backupUnreadable = defineCrmCause<Detail>({
  id: 'crm.backup-unreadable',
  title: both('A backup is there and cannot be read', 'バックアップがあるのに読み取れません'),
  about: both(
    'The name of a backup is there, but the system cannot read it: the disk has faults, a network drive is gone, or it is a link to something that was deleted. A backup that only root may read is not meant: that is as it should be.',
    'バックアップの名前はありますが、システムが読み取れません。ディスクの故障、ネットワークドライブの切断、リンク先の削除などの場合です。root だけが読めるバックアップはこれに当たりません（望ましい状態です）。',
  ),
  owner: 'crm-admin',
  explain: (evidence, { label }) => {
    const fact = evidence.bad(crmBackups);
    const places = fact ? unreadableIn(fact) : [];
    if (places.length === 0) return [];
    return [
      {
        detail: { places },
        severity: 'critical',
        confidence: 0.93,
        affects: [label],
        evidence: places.map((place) => ({ check: crmBackups, says: says(place) })),
      },
    ];
  },
  because: ({ places }) => sentences(places.map(says)),
  steps: ({ places }) => {
    const path = shellWord(places[0]?.path ?? '/');
    return [
      both(
        `Look where it lies: ls -l ${path}, findmnt --target ${path}`,
        `どこにあるかを確認します: ls -l ${path}、findmnt --target ${path}`,
      ),
      both(
        'Look for errors of the disk or the network drive: dmesg, smartctl -a. Mount the drive again if it is gone.',
        'ディスクやネットワークドライブのエラーを確認します（dmesg、smartctl -a）。切断されている場合はマウントし直してください。',
      ),
      both(
        'Make a backup on another disk now, before the faulty one is repaired.',
        '故障したディスクを修理する前に、いま別のディスクにバックアップを作成します。',
      ),
      both('Run crm-doctor check again.', 'crm-doctor check をもう一度実行します。'),
    ];
  },
});
