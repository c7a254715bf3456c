import { jsonOf } from '../../../report/json-text.ts';
import { fold } from '../../../runbook/fold.ts';
import type { Entry } from '../../../runbook/select.ts';
import { latest } from '../../../runbook/select.ts';
import type { Context } from '../../command.ts';
import { dataOf, limitOf, lineOf, sayBroken, writeLines } from './lines.ts';
import { runbookHere } from './place.ts';
import type { WantedFlags } from './wanted.ts';
import { wantedOf } from './wanted.ts';

/** The records that hold every word, the latest first. The log is streamed; only what is shown is kept. */
export const search = async (given: readonly string[], flags: WantedFlags, context: Context): Promise<number> => {
  const { io, language } = context;
  const most = limitOf(flags);
  const words = given.flatMap((one) => fold(one).split(/\s+/)).filter(Boolean);
  const selection = latest(await runbookHere(flags, context), { ...(await wantedOf(flags, undefined)), words });
  const entries: Entry[] = [];
  let found = 0;
  for await (const entry of selection) {
    found += 1;
    if (found <= most) entries.push(entry);
  }
  if (flags.json) {
    io.out.write(`${jsonOf(entries.map(dataOf), 2)}\n`);
    return 0;
  }
  if (found === 0) io.out.write(`${{ en: 'nothing found', ja: '見つかりませんでした' }[language]}\n`);
  writeLines(
    entries.map((entry) => lineOf(entry, language)),
    flags,
    context,
  );
  if (found > entries.length) {
    const more = {
      en: `the latest ${entries.length} of ${found} records; --limit N shows more`,
      ja: `${found} 件のうち最近の ${entries.length} 件です。--limit N で件数を変えられます`,
    };
    io.err.write(`crm-doctor: ${more[language]}\n`);
  }
  sayBroken(selection.broken, context);
  return 0;
};
