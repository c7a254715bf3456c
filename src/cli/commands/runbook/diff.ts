import { wrap } from '../../../i18n/wrap.ts';
import type { Report } from '../../../model/report.ts';
import { jsonOf } from '../../../report/json-text.ts';
import { differencesOf } from '../../../runbook/drift/differences.ts';
import { isGoodRun } from '../../../runbook/good.ts';
import type { Runbook } from '../../../runbook/runbook.ts';
import type { Context } from '../../command.ts';
import { UsageError } from '../../command.ts';
import { renderOptions } from '../../deliver.ts';
import type { CommonFlags } from '../../flags.ts';
import { differenceLines, runName } from './difference-words.ts';
import type { KeptRun } from './find.ts';
import { foundRun } from './find.ts';
import { shownOf } from './lines.ts';
import { runbookHere } from './place.ts';

/** What was accepted as the baseline before a run, else the last good run of the same command and target. */
const lastGoodBefore = async (runbook: Runbook, { run }: Report): Promise<string> => {
  let good: string | undefined;
  let accepted: string | undefined;
  for await (const record of runbook.read()) {
    if (record.kind === 'baseline-accepted' && record.command === run.command && record.target === run.target) {
      // Accepting a run says nothing of that run itself.
      accepted = record.run === run.id ? accepted : record.run;
    }
    if (record.kind !== 'run-finished') continue;
    if (record.run === run.id) break;
    if (record.command === run.command && record.target === run.target && isGoodRun(record)) good = record.run;
  }
  const before = accepted ?? good;
  if (before !== undefined) return before;
  throw new UsageError({
    en: `no good run of ${run.target} is recorded before ${run.id}; name two runs (\`crm-doctor runbook list\` shows them)`,
    ja: `${run.id} より前に、${run.target} が正常だった記録がありません。比べる記録を 2 つ指定してください（一覧: \`crm-doctor runbook list\`）`,
  });
};

/** The last run by the log: ids of one second do not tell which of two runs was the later. */
export const lastFinished = async (runbook: Runbook): Promise<string> => {
  for await (const record of runbook.read({ backward: true, holding: '"run-finished"' })) {
    if (record.kind === 'run-finished') return record.run;
  }
  return 'last';
};

/** One run is compared with the last good one before it; two as they were named, the earlier first. */
const sidesOf = async (
  runbook: Runbook,
  first: string | undefined,
  second: string | undefined,
): Promise<readonly [KeptRun, KeptRun]> => {
  if (first !== undefined && second !== undefined) {
    return [await foundRun(runbook, first), await foundRun(runbook, second)];
  }
  const after = await foundRun(runbook, first === undefined || first === 'last' ? await lastFinished(runbook) : first);
  return [await foundRun(runbook, await lastGoodBefore(runbook, after.report)), after];
};

const about = ({ report: { run, status, exitCode } }: KeptRun) => ({
  run: run.id,
  target: run.target,
  startedAt: run.startedAt,
  status,
  exitCode,
});

/** What is different between two recorded runs, in plain words. */
export const diff = async (
  first: string | undefined,
  second: string | undefined,
  flags: CommonFlags,
  context: Context,
): Promise<number> => {
  const { io, language } = context;
  const [before, after] = await sidesOf(await runbookHere(flags, context), first, second);
  const differences = differencesOf(before, after);
  if (flags.json) {
    io.out.write(`${jsonOf({ before: about(before), after: about(after), differences }, 2)}\n`);
    return 0;
  }
  const { columns, ascii } = renderOptions(flags, context);
  const write = (text: string, indent: string) => {
    wrap(shownOf(text, ascii), columns - indent.length - 2).forEach((line, index) => {
      io.out.write(`${indent}${index === 0 ? '' : '  '}${line}\n`);
    });
  };
  const target = after.report.run.target;
  write(`${target}: ${runName(before.report, language)} → ${runName(after.report, language)}`, '');
  if (differences.length === 0) {
    write({ en: 'Nothing is different.', ja: '違いはありません。' }[language], '');
  }
  for (const { heading, lines } of differenceLines(differences, language)) {
    io.out.write(`\n${heading}\n`);
    for (const line of lines) write(line, '  ');
  }
  return 0;
};
