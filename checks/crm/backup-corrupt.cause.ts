import { defineCrmCause } from '../../src/model/cause.ts';
import type { Text } from '../../src/model/text.ts';
import { both } from '../auth/words.ts';
import { type CorruptBackup, corruptIn } from './backup-problems.ts';
import { brokenText, formatText, sentences, shellWord } from './backup-words.ts';
import { crmBackups } from './backups.check.ts';

interface Detail {
  readonly files: readonly CorruptBackup[];
}

const says = ({ file, formats, ...rest }: CorruptBackup): Text => {
  const [what, how] = [formatText(formats), brokenText(rest)];
  return both(
    `${file} (${what.en}) cannot be restored: ${how.en}.`,
    `${file}（${what.ja}）は復元できません: ${how.ja}。`,
  );
};

const commands: readonly (readonly [format: string, command: (file: string) => string])[] = [
  ['gzip', (file) => `gzip -t ${file}`],
  ['zip', (file) => `unzip -tq ${file}`],
  ['zstd', (file) => `zstd -t ${file}`],
  ['xz', (file) => `xz -t ${file}`],
  ['tar', (file) => `tar -tf ${file}`],
  ['sqlite', (file) => `sqlite3 -readonly ${file} 'PRAGMA integrity_check'`],
];

/** What shows the same on the host itself. A dump that stopped shows it in its last lines. */
const commandFor = ({ file, formats, how }: CorruptBackup): string => {
  const word = shellWord(file);
  if (how === 'no-end' && formats.includes('gzip')) return `gzip -dc ${word} | tail -n 5`;
  return commands.find(([format]) => format === formats[0])?.[1](word) ?? `tail -n 5 ${word}`;
};

export const backupCorrupt = defineCrmCause<Detail>({
  id: 'crm.backup-corrupt',
  title: both('A backup is damaged and cannot be restored', 'バックアップが壊れていて、復元できません'),
  about: both(
    'The backup is there, but its content is not whole: it was cut off (disk full, job or connection broken off), the dump in it stopped half way, or bytes of it were changed (a failing disk, a transfer in text mode). Packed files and dumps carry marks and checksums at their end that show it.',
    'バックアップはありますが、中身が不完全です。途中で切れた（ディスク不足、ジョブや通信の中断）、ダンプが途中で終わった、内容が変わった（ディスクの故障、テキストモードでの転送）などの場合です。圧縮ファイルやダンプの末尾にある印やチェックサムから判断できます。',
  ),
  owner: 'crm-admin',
  explain: (evidence, { label }) => {
    const fact = evidence.bad(crmBackups);
    const files = fact ? corruptIn(fact) : [];
    if (files.length === 0) return [];
    return [
      {
        detail: { files },
        severity: files.some(({ newest }) => newest) ? 'critical' : 'warning',
        confidence: 0.95,
        affects: [label],
        evidence: files.map((file) => ({ check: crmBackups, says: says(file) })),
        ruledOut: [
          {
            cause: 'crm.backup-unreadable',
            check: crmBackups,
            says: both('the file itself can be read', 'ファイル自体は読み取れます'),
          },
        ],
      },
    ];
  },
  because: ({ files }) => sentences(files.map(says)),
  steps: ({ files }) => [
    ...files
      .slice(0, 1)
      .map((file) =>
        both(`See it on the host itself: ${commandFor(file)}`, `ホスト上でも確認します: ${commandFor(file)}`),
      ),
    ...files
      .flatMap(({ before }) => before ?? [])
      .slice(0, 1)
      .map((before) =>
        both(
          `Look whether the one before it is whole, and keep it: ${before}`,
          `1 つ前のバックアップが使えるか確認し、残しておきます: ${before}`,
        ),
      ),
    both(
      'Look for the reason: room on the disk (df -h), errors of the disk (dmesg, smartctl -a), the log of the job, the way by which the file was copied (compare the sums on both sides).',
      '原因を調べます。ディスクの空き（df -h）、ディスクのエラー（dmesg、smartctl -a）、ジョブのログ、コピーの方法（両側でチェックサムを比較）を確認してください。',
    ),
    both(
      'Make a new backup, restore it once into an empty database on another host, and run crm-doctor check again.',
      '新しいバックアップを作成し、別のホストの空のデータベースに一度復元してみてから、crm-doctor check をもう一度実行します。',
    ),
  ],
});
