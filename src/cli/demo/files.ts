import { sep } from 'node:path';
import type { StartedSync, StartedWorkflow, SyncScenario, WorkflowScenario } from '../../../fixtures/scenario.ts';
import type { Report } from '../../model/report.ts';
import { type Text, verbatim } from '../../model/text.ts';
import type { Context } from '../command.ts';
import { deliver, renderOptions } from '../deliver.ts';
import type { CommonFlags } from '../flags.ts';
import { formatsOf } from '../flags.ts';
import { redactDeep } from '../redact-report.ts';
import type { Task } from '../task.ts';
import { again, teller } from './tell.ts';

type Over = Pick<Task, 'keep' | 'present'>;

/** One way to look at the files of a scenario, and the words that somebody would type in their directory. */
interface Look {
  readonly typed: string;
  readonly run: (flags: CommonFlags, context: Context, over: Over) => Promise<number>;
}

const comparing = ({ left, right, lastSync, logs }: StartedSync): Look => ({
  typed: `crm-doctor sync ${left} ${right} --last-sync ${lastSync} ${logs.map((log) => `--log ${log}`).join(' ')}`,
  run: async (flags, context, over) => {
    const { compareRecords } = await import('../sync/run.ts');
    return compareRecords([left, right], { ...flags, lastSync, log: logs }, context, over);
  },
});

const linting = ({ samples }: StartedWorkflow): Look => ({
  typed: `crm-doctor workflow --simulate ${samples}`,
  run: async (flags, context, over) => {
    const { lintWorkflows } = await import('../workflow/run.ts');
    return lintWorkflows([], flags, context, over);
  },
});

const outlook: Readonly<Record<'sync' | 'workflow', Text>> = {
  sync: {
    en: 'Nothing was changed and nothing left this machine: the two files were made up for this demo. For your own: crm-doctor sync CRM.csv OTHER.csv',
    ja: '何も変更せず、外部とも通信していません。比べた 2 つのファイルはデモのために作ったものです。ご自身のデータを比べるには: crm-doctor sync CRM.csv 相手.csv',
  },
  workflow: {
    en: 'No workflow ran and no mail was sent: the definitions were read and played with sample records. For your own: crm-doctor workflow FOLDER --schema crm-schema.yaml --simulate samples.yaml',
    ja: 'ワークフローは実行せず、メールも送っていません。定義を読み、見本のレコードで動きを確かめました。ご自身の定義を調べるには: crm-doctor workflow フォルダー --schema crm-schema.yaml --simulate samples.yaml',
  },
};

/** Looks at the faulty files, and at them again after somebody has mended what the report names. */
export const playFiles = async (
  scenario: SyncScenario | WorkflowScenario,
  told: boolean,
  flags: CommonFlags,
  context: Context,
): Promise<number> => {
  const { paragraph, heading } = teller(flags, context);
  const started = await scenario.start(context.language);
  const look = 'left' in started ? comparing(started) : linting(started);
  let status: Report['status'] | undefined;
  // The private directory means nothing to a reader, and is gone when the demo ends.
  const short = (text: string): string =>
    text.replaceAll(`${started.directory}${sep}`, '').replaceAll(started.directory, '.');
  const over: Over = {
    keep: false,
    present: async (report) => {
      status = report.status;
      const shown = redactDeep(report, short);
      return {
        report: shown,
        code: await deliver(shown, formatsOf(flags, formats), renderOptions(flags, context), context),
      };
    },
  };
  const { reporters } = await import('../../report/reporters.generated.ts');
  const formats = Object.keys(reporters);
  const { config: _none, ...rest } = flags;
  const here: Context = { ...context, io: { ...context.io, cwd: started.directory } };
  try {
    if (told) heading(verbatim(look.typed));
    const code = await look.run(rest, here, over);
    if (!told) return code;
    context.io.out.write('\n');
    await started.repair();
    heading(again.repair);
    await look.run(rest, here, over);
    context.io.out.write('\n');
    paragraph(outlook[scenario.area]);
    return status === 'pass' ? 0 : 1;
  } finally {
    await started.stop();
  }
};
