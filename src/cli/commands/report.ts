import { resolve } from 'node:path';
import type { Command } from 'commander';
import { reporters } from '../../report/reporters.generated.ts';
import { openRunbook, runbookDirectory } from '../../runbook/runbook.ts';
import type { CommandModule, Context } from '../command.ts';
import { UsageError } from '../command.ts';
import { deliver, renderOptions } from '../deliver.ts';
import type { CommonFlags } from '../flags.ts';
import { addCommonFlags, formatsOf } from '../flags.ts';
import { addOutputDir } from '../mailboxes/flags.ts';
import { guarded } from '../report-error.ts';
import { foundRun } from './runbook/find.ts';

const recorded = async (wanted: string, flags: CommonFlags, context: Context): Promise<number> => {
  const formats = formatsOf(flags, Object.keys(reporters));
  const found = await foundRun(openRunbook(runbookDirectory({ flag: flags.runbook, env: context.io.env })), wanted);
  const { language } = found.report.run;
  return deliver(found.report, formats, renderOptions(flags, { ...context, language }, found.path), context);
};

const saved = async (file: string, run: string | undefined, flags: CommonFlags, context: Context): Promise<number> => {
  if (run !== undefined) {
    throw new UsageError({
      en: 'a run and --from cannot be given together',
      ja: '検査の ID と --from は同時に指定できません',
    });
  }
  const { reportFrom } = await import('../bundle/saved.ts');
  return reportFrom(file, flags, context);
};

const together = async (
  files: readonly string[],
  other: string | undefined,
  flags: CommonFlags,
  context: Context,
): Promise<number> => {
  if (other !== undefined) {
    throw new UsageError({
      en: `--merge and ${other} cannot be given together`,
      ja: `--merge と ${other} は同時に指定できません`,
    });
  }
  const formats = formatsOf(flags, Object.keys(reporters));
  const { mergedFrom } = await import('../mailboxes/merge.ts');
  const report = await mergedFrom(
    files.map((file) => resolve(context.io.cwd, file)),
    flags.failOn,
  );
  const options = renderOptions(flags, context);
  const code = await deliver(report, formats, options, context);
  if (flags.outputDir !== undefined) {
    const { writeTenants } = await import('../mailboxes/tenants.ts');
    const directory = resolve(context.io.cwd, flags.outputDir);
    await writeTenants(report, directory, formats, { options, failOn: flags.failOn, context });
  }
  return code;
};

export const command: CommandModule = {
  name: 'report',
  usage: '[run]',
  order: 50,
  summary: {
    en: 'render a recorded run again, or diagnose saved evidence',
    ja: '記録した検査を表示し直す、または保存した証拠を診断し直す',
  },
  examples: [
    'crm-doctor report',
    'crm-doctor report 20261124T0205 --format markdown',
    'crm-doctor report --from crm-doctor-sales@example.co.jp-20261124T0210Z-20261124T020512Z-ab12cd.zip',
    'crm-doctor report --merge part-*.json --format html=report.html',
    'crm-doctor report --from report.html --format markdown',
  ],
  configure: (report: Command, context, done) => {
    report
      .argument(
        '[run]',
        { en: 'id, the beginning of an id, or last', ja: 'ID、ID の先頭部分、または last' }[context.language],
      )
      .option(
        '--from <file>',
        {
          en: 'diagnose a support bundle or saved evidence again (an HTML or JSON report is only shown)',
          ja: 'サポート用ファイルや保存した証拠をもう一度診断する（HTML・JSON のレポートは表示のみ）',
        }[context.language],
      );
    report.option(
      '--merge <file...>',
      {
        en: 'put JSON reports of several runs (--shard) together into one',
        ja: '複数の検査 (--shard) の JSON レポートを 1 つにまとめる',
      }[context.language],
    );
    addOutputDir(report, context.language);
    addCommonFlags(report, context.language);
    report.action(async (run: string | undefined) => {
      const flags = report.opts<CommonFlags & { readonly from?: string; readonly merge?: readonly string[] }>();
      done(
        await guarded({ command: 'report', target: run ?? '' }, flags, context, async () => {
          if (flags.merge) return together(flags.merge, run ?? (flags.from && '--from'), flags, context);
          return flags.from === undefined
            ? recorded(run ?? 'last', flags, context)
            : saved(flags.from, run, flags, context);
        }),
      );
    });
  },
};
