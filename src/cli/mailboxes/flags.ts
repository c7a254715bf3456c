import type { Command } from 'commander';
import type { Language } from '../../model/text.ts';

const words = {
  tenant: {
    en: 'only the mailboxes of one tenant (a column of the list in mailboxes:)',
    ja: '1 つのテナントのメールボックスだけを調べる（mailboxes: の一覧の列）',
  },
  shard: {
    en: 'only one part of several, as 2/8; with an index from 0 (Kubernetes): index:1/8',
    ja: '分割したうちの 1 つだけを調べる（2/8 のように指定。0 から数える番号では index:1/8）',
  },
} as const;

/** The flags of the commands that look at many mailboxes. */
export const addMailboxesFlags = (command: Command, language: Language): Command =>
  command.option('--tenant <name>', words.tenant[language]).option('--shard <part>', words.shard[language]);
