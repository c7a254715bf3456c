import { jsonOf } from '../../../report/json-text.ts';
import type { Entry } from '../../../runbook/select.ts';
import { latest } from '../../../runbook/select.ts';
import type { Context } from '../../command.ts';
import { dataOf, limitOf, lineOf, sayBroken, writeLines } from './lines.ts';
import { runbookHere } from './place.ts';
import type { WantedFlags } from './wanted.ts';
import { wantedOf } from './wanted.ts';

/** The latest records, the latest last. */
export const list = async (target: string | undefined, flags: WantedFlags, context: Context): Promise<number> => {
  const { io, language } = context;
  const most = limitOf(flags);
  const wanted = await wantedOf(flags, target);
  const selection = latest(await runbookHere(flags, context), wanted);
  const entries: Entry[] = [];
  for await (const entry of selection) {
    entries.push(entry);
    if (entries.length >= most) break;
  }
  entries.reverse();
  if (flags.json) {
    io.out.write(`${jsonOf(entries.map(dataOf), 2)}\n`);
    return 0;
  }
  if (entries.length === 0) {
    const words =
      Object.keys(wanted).length === 0
        ? { en: 'nothing recorded yet', ja: 'まだ記録がありません' }
        : { en: 'nothing found', ja: '見つかりませんでした' };
    io.out.write(`${words[language]}\n`);
  }
  writeLines(
    entries.map((entry) => lineOf(entry, language)),
    flags,
    context,
  );
  sayBroken(selection.broken, context);
  return 0;
};
