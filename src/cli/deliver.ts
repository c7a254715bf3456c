import { writeFile } from 'node:fs/promises';
import { charset } from '../i18n/language.ts';
import type { Report } from '../model/report.ts';
import type { RenderOptions } from '../report/reporter.ts';
import { reporters } from '../report/reporters.generated.ts';
import type { Context } from './command.ts';
import type { CommonFlags, WantedFormat } from './flags.ts';

/** Whether a stream gets colour: the flag, NO_COLOR, FORCE_COLOR, a dumb terminal, a pipe, in this order. */
export const colourOn = (flags: Pick<CommonFlags, 'color'>, { io }: Context): boolean => {
  if (flags.color === false) return false;
  if (io.env.NO_COLOR) return false;
  if (io.env.FORCE_COLOR !== undefined && io.env.FORCE_COLOR !== '0') return true;
  return io.out.isTTY && io.env.TERM !== 'dumb';
};

export const renderOptions = (flags: CommonFlags, context: Context, reportPath?: string): RenderOptions => ({
  columns: context.io.out.isTTY ? Math.max(20, context.io.out.columns) : Number(context.io.env.COLUMNS) || 100,
  colour: colourOn(flags, context),
  ascii: flags.ascii === true || !charset(context.io.env).utf8,
  verbose: flags.verbose === true,
  quiet: flags.quiet === true,
  language: context.language,
  ...(reportPath === undefined ? {} : { reportPath }),
});

/** Renders a report in every wanted format and returns the exit code, which a format may set by a convention of its own. */
export const deliver = async (
  report: Report,
  formats: readonly WantedFormat[],
  options: RenderOptions,
  { io, language }: Context,
): Promise<number> => {
  let code = report.exitCode;
  for (const { name, file } of formats) {
    const load = reporters[name];
    if (!load) continue;
    const reporter = await load();
    if (file === undefined) {
      io.out.write(reporter.render(report, options));
      if (reporter.exitCode && !report.run.interrupted) code = reporter.exitCode(report);
      continue;
    }
    try {
      await writeFile(file, reporter.render(report, { ...options, colour: false }));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      io.err.write(
        `crm-doctor: ${{ en: `the report could not be written: ${reason}`, ja: `レポートを書き込めませんでした: ${reason}` }[language]}\n`,
      );
      code = code === 0 ? 2 : code;
    }
  }
  return code;
};
