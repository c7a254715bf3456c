import type { Command } from 'commander';
import type { Language } from '../../model/text.ts';

const words = {
  tenant: {
    en: 'only the mailboxes of one tenant (a column of the list in mailboxes:)',
    ja: '1 つのテナントのメールボックスだけを調べる（mailboxes: の一覧の列）',
  },
  outputDir: {
    en: 'write a report for each tenant into this folder, in the wanted formats (default: html and json)',
    ja: 'テナントごとのレポートをこのフォルダーに書く（形式は --format のもの。省略時は html と json）',
  },
  shard: {
    en: 'only one part of several, as 2/8; with an index from 0 (Kubernetes): index:1/8',
    ja: '分割したうちの 1 つだけを調べる（2/8 のように指定。0 から数える番号では index:1/8）',
  },
} as const;

/** Where the reports of tenants go. */
export const addOutputDir = (command: Command, language: Language): Command =>
  command.option('--output-dir <dir>', words.outputDir[language]);

/** The flags of the commands that look at many mailboxes. */
export const addMailboxesFlags = (command: Command, language: Language): Command =>
  addOutputDir(
    command.option('--tenant <name>', words.tenant[language]).option('--shard <part>', words.shard[language]),
    language,
  );
