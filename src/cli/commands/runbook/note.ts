import type { Context } from '../../command.ts';
import { UsageError } from '../../command.ts';
import type { CommonFlags } from '../../flags.ts';
import { foundRun } from './find.ts';
import { runbookHere } from './place.ts';

export interface NoteFlags extends CommonFlags {
  readonly run?: string;
  readonly tag?: readonly string[];
}

/** Writes a note down, with the run that it is about and tags to find it by. */
export const note = async (words: readonly string[], flags: NoteFlags, context: Context): Promise<number> => {
  const { io, language } = context;
  const runbook = await runbookHere(flags, context);
  const tags = flags.tag ?? [];
  if (tags.some((tag) => tag.trim() === '')) {
    throw new UsageError({ en: '--tag takes a word', ja: '--tag には 1 文字以上の語を指定してください' });
  }
  const run = flags.run === undefined ? undefined : (await foundRun(runbook, flags.run)).id;
  const saved = await runbook.append({
    kind: 'note',
    ...(run === undefined ? {} : { run }),
    text: words.join(' '),
    ...(tags.length === 0 ? {} : { tags }),
  });
  if (saved.kind === 'saved') return 0;
  io.err.write(`crm-doctor: ${saved.text[language]}\n`);
  return 3;
};
