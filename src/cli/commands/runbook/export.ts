import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Entry } from '../../../runbook/select.ts';
import { latest } from '../../../runbook/select.ts';
import { tell } from '../../apply-output.ts';
import type { Context } from '../../command.ts';
import { UsageError } from '../../command.ts';
import { whyUnwritten } from '../../unwritten.ts';
import { sayBroken } from './lines.ts';
import { daySection, emptyPage, pageHead } from './page.ts';
import { runbookHere } from './place.ts';
import type { WantedFlags } from './wanted.ts';
import { wantedOf } from './wanted.ts';

export interface ExportFlags extends WantedFlags {
  readonly output?: string;
}

/** The log as a Markdown page by day, the latest day first: only one day is held at a time. */
export const exportPage = async (target: string | undefined, flags: ExportFlags, context: Context): Promise<number> => {
  const { io, language } = context;
  const selection = latest(await runbookHere(flags, context), await wantedOf(flags, target));
  const parts: string[] = [];
  // A file is written as a whole, a terminal gets each day as it is ready.
  const write = flags.output === undefined ? io.out.write : (part: string) => parts.push(part);
  write(pageHead(language));
  let day: Entry[] = [];
  let days = 0;
  const close = (): void => {
    const [first] = day;
    if (!first) return;
    write(daySection(first.record.at.slice(0, 10), day.toReversed(), language));
    days += 1;
    day = [];
  };
  for await (const entry of selection) {
    if (day[0] && day[0].record.at.slice(0, 10) !== entry.record.at.slice(0, 10)) close();
    day.push(entry);
  }
  close();
  if (days === 0) write(emptyPage(language));
  if (flags.output !== undefined) {
    const file = resolve(io.cwd, flags.output);
    await writeFile(file, parts.join('')).catch((error: unknown) => {
      const { en, ja } = whyUnwritten(error);
      throw new UsageError({
        en: `the page could not be written: ${en}`,
        ja: `ファイルに書き込めませんでした: ${ja}`,
      });
    });
    if (!flags.quiet) tell({ en: `written: ${file}`, ja: `書き込みました: ${file}` }, context);
  }
  sayBroken(selection.broken, context);
  return 0;
};
