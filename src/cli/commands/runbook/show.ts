import { wrap } from '../../../i18n/wrap.ts';
import type { Report } from '../../../model/report.ts';
import { jsonOf } from '../../../report/json-text.ts';
import { prose } from '../../../report/markdown-text.ts';
import { reporters } from '../../../report/reporters.generated.ts';
import type { Runbook } from '../../../runbook/runbook.ts';
import type { Entry } from '../../../runbook/select.ts';
import { isTold } from '../../../runbook/select.ts';
import type { Context } from '../../command.ts';
import { UsageError } from '../../command.ts';
import { deliver, renderOptions } from '../../deliver.ts';
import type { CommonFlags } from '../../flags.ts';
import { formatsOf } from '../../flags.ts';
import { foundRun } from './find.ts';
import { dataOf, lineOf, shownOf, timeOf, wordsOf, writeLines } from './lines.ts';
import { runbookHere } from './place.ts';
import { entriesAbout, recordsCalled } from './records.ts';

const heading = { en: 'In the runbook', ja: '作業記録' } as const;

/** A record is told whole, up to what a screen can be asked to show. */
const longest = 20_000;

const showRecords = (entries: readonly Entry[], flags: CommonFlags, context: Context): number => {
  const { io, language } = context;
  if (flags.json) {
    const data = entries.map(dataOf);
    io.out.write(`${jsonOf(data.length === 1 ? data[0] : data, 2)}\n`);
    return 0;
  }
  const { columns, ascii } = renderOptions(flags, context);
  for (const { record, tags, unfinished } of entries) {
    const { user, host } = record.who;
    const words = wordsOf({ record, tags, unfinished }, language).slice(0, longest);
    const who = user === '' ? '' : `  ${user}@${host}`;
    io.out.write(`${shownOf(`${timeOf(record)}${who}`.slice(0, 200), ascii)}\n`);
    for (const line of words.split('\n').flatMap((one) => wrap(shownOf(one, ascii), columns - 2))) {
      io.out.write(`  ${line}\n`);
    }
  }
  return 0;
};

/** The runs that a run is known by are no news; what people and changes added is. */
const isNews = (entry: Entry): boolean => isTold(entry) && entry.record.kind !== 'run-finished';

const tagsOfRun = (entries: readonly Entry[]): readonly string[] =>
  entries.find(({ record }) => record.kind === 'run-finished')?.tags ?? [];

/** The report of a run, and what was written down about it, in every format that has a place for it. */
const showRun = async (
  report: Report,
  { path, entries }: { readonly path: string; readonly entries: readonly Entry[] },
  flags: CommonFlags,
  context: Context,
): Promise<number> => {
  const { io, language } = context;
  const formats = formatsOf(flags, Object.keys(reporters));
  const news = entries.filter(isNews);
  const tags = tagsOfRun(entries);
  const known = news.length + tags.length > 0 ? { runbook: { tags, records: news.map(dataOf) } } : {};
  await deliver({ ...report, ...known }, formats, renderOptions(flags, context, path), context);
  const onScreen = formats.find(({ file }) => file === undefined)?.name;
  if (flags.quiet || news.length + tags.length === 0) return 0;
  const lines = [
    ...(tags.length > 0 ? [tags.map((tag) => `#${tag}`).join(' ')] : []),
    ...news.map((entry) => lineOf(entry, language)),
  ];
  if (onScreen === 'text') {
    io.out.write(`\n${heading[language]}\n`);
    writeLines(lines, flags, context);
  } else if (onScreen === 'markdown') {
    io.out.write(`\n## ${heading[language]}\n\n${lines.map((line) => `- ${prose(line)}\n`).join('')}`);
  }
  return 0;
};

/** A run that was killed, or whose report could not be kept, is still known by its records. */
const withoutReport = async (runbook: Runbook, wanted: string): Promise<readonly Entry[]> => {
  const entries = await entriesAbout(runbook, wanted);
  return entries.some(({ record }) => 'run' in record && record.run === wanted) ? entries : [];
};

export const show = async (wanted: string, flags: CommonFlags, context: Context): Promise<number> => {
  const runbook = await runbookHere(flags, context);
  const { records, session } = await recordsCalled(runbook, wanted);
  const id = session ?? records[0]?.id;
  if (id !== undefined) return showRecords(await entriesAbout(runbook, id), flags, context);
  try {
    const { report, path, id: run } = await foundRun(runbook, wanted);
    return await showRun(report, { path, entries: await entriesAbout(runbook, run) }, flags, context);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const entries = await withoutReport(runbook, wanted);
    if (entries.length === 0) throw error;
    return showRecords(entries, flags, context);
  }
};
