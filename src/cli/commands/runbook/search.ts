import { jsonOf } from '../../../report/json-text.ts';
import type { RunbookRecord } from '../../../runbook/record.ts';
import type { Context } from '../../command.ts';
import type { CommonFlags } from '../../flags.ts';
import { limitOf, lineOf, sayBroken, writeLines } from './lines.ts';
import { runbookHere } from './place.ts';

/** Full-width letters and half-width kana are found by their usual form, and capitals by small letters. */
const plain = (text: string): string => (/^[\n -~]*$/.test(text) ? text : text.normalize('NFKC')).toLowerCase();

const wordsIn = (value: unknown): string => {
  if (typeof value === 'string') return `${value}\n`;
  if (typeof value !== 'object' || value === null) return '';
  let words = '';
  for (const inner of Object.values(value)) words += wordsIn(inner);
  return words;
};

/** Everything that a record says: causes, mailboxes, hosts and values of changes, notes, tags, run ids, times. */
const saysAll = (record: RunbookRecord, words: readonly string[]): boolean => {
  const text = plain(wordsIn(record));
  return words.every((word) => text.includes(word));
};

/** The records that hold every word, the latest first. The log is streamed; only what is shown is kept. */
export const search = async (
  wanted: readonly string[],
  flags: CommonFlags & { readonly limit?: string },
  context: Context,
): Promise<number> => {
  const { io, language } = context;
  const most = limitOf(flags);
  const words = wanted.flatMap((one) => plain(one).split(/\s+/)).filter(Boolean);
  const reading = (await runbookHere(flags, context)).read();
  const latest: RunbookRecord[] = [];
  let found = 0;
  for await (const record of reading) {
    // The beginning of a run says nothing that its end does not say.
    if (record.kind === 'run-started' || !saysAll(record, words) || lineOf(record, language) === undefined) continue;
    found += 1;
    latest.push(record);
    if (latest.length > most) latest.shift();
  }
  latest.reverse();
  if (flags.json) {
    io.out.write(`${jsonOf(latest, 2)}\n`);
    return 0;
  }
  if (found === 0) io.out.write(`${{ en: 'nothing found', ja: '見つかりませんでした' }[language]}\n`);
  writeLines(
    latest.map((record) => lineOf(record, language) ?? ''),
    flags,
    context,
  );
  if (found > latest.length) {
    const more = {
      en: `the latest ${latest.length} of ${found} records; --limit N shows more`,
      ja: `${found} 件のうち最近の ${latest.length} 件です。--limit N で件数を変えられます`,
    };
    io.err.write(`crm-doctor: ${more[language]}\n`);
  }
  sayBroken(reading.broken, context);
  return 0;
};
