import { appendFile, stat, writeFile } from 'node:fs/promises';
import { onlyAscii } from '../i18n/language.ts';
import type { Report } from '../model/report.ts';
import type { RenderOptions, Reporter } from '../report/reporter.ts';
import { reporters } from '../report/reporters.generated.ts';
import { colourOn } from './colour.ts';
import type { Context } from './command.ts';
import type { CommonFlags, WantedFormat } from './flags.ts';
import { whyUnwritten } from './unwritten.ts';

/** Where a fact takes the line that it needs; the terminal or the screen reader breaks it. */
const unbroken = 100_000;

/** Columns of what is written to standard output. */
const columnsOf = ({ out, env }: Context['io']): number => {
  // A terminal that does not know its size says 0.
  if (out.isTTY) return out.columns > 0 ? Math.max(20, out.columns) : 80;
  const given = Math.floor(Number(env.COLUMNS));
  return given > 0 ? Math.min(Math.max(20, given), 1_000) : 100;
};

export const renderOptions = (flags: CommonFlags, context: Context, reportPath?: string): RenderOptions => {
  const { io, language } = context;
  const plain = flags.plain === true;
  return {
    columns: plain ? unbroken : columnsOf(io),
    colour: !plain && colourOn(flags.color, io.out, io.env),
    ascii: onlyAscii(flags.ascii, io.env, language),
    plain,
    verbose: flags.verbose === true,
    quiet: flags.quiet === true,
    language,
    ...(reportPath === undefined ? {} : { reportPath }),
  };
};

/** GitHub's limit of what one step may write into its summary. */
const mostSummary = 1024 * 1024;

/** Adds to the page of the job what belongs there; that it cannot be written changes nothing of the result. */
const summarise = async (
  reporter: Reporter,
  report: Report,
  options: RenderOptions,
  { io, language }: Context,
): Promise<void> => {
  const file = io.env.GITHUB_STEP_SUMMARY;
  if (!file || !reporter.jobSummary) return;
  try {
    const written = await stat(file).then(
      ({ size }) => size,
      () => 0,
    );
    const text = reporter.jobSummary(report, { ...options, colour: false }, mostSummary - written);
    if (text !== '') await appendFile(file, text);
  } catch (error) {
    const { en, ja } = whyUnwritten(error);
    io.err.write(
      `crm-doctor: ${{ en: `the job summary could not be written: ${en}`, ja: `ジョブの要約を書き込めませんでした: ${ja}` }[language]}\n`,
    );
  }
};

/** Renders a report in every wanted format and returns the exit code, which a format may set by a convention of its own. */
export const deliver = async (
  report: Report,
  formats: readonly WantedFormat[],
  options: RenderOptions,
  context: Context,
): Promise<number> => {
  const { io, language } = context;
  let code = report.exitCode;
  for (const { name, file } of formats) {
    const load = reporters[name];
    if (!load) continue;
    const reporter = await load();
    await summarise(reporter, report, options, context);
    if (file === undefined) {
      io.out.write(reporter.render(report, options));
      if (reporter.exitCode && !report.run.interrupted) code = reporter.exitCode(report);
      continue;
    }
    try {
      await writeFile(file, reporter.render(report, { ...options, colour: false }));
    } catch (error) {
      const { en, ja } = whyUnwritten(error);
      io.err.write(
        `crm-doctor: ${{ en: `the report could not be written: ${en}`, ja: `レポートを書き込めませんでした: ${ja}` }[language]}\n`,
      );
      code = code === 0 ? 2 : code;
    }
  }
  return code;
};
