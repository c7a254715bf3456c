import type { Command } from 'commander';
import { allChecks } from '../../../checks/all-checks.ts';
import { checkTarget } from '../check/target.ts';
import type { CommandModule } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import { addCommonFlags } from '../flags.ts';
import type { MailRun } from '../mail-run.ts';
import { runMail } from '../mail-run.ts';
import { guarded } from '../report-error.ts';
import { perform } from '../session.ts';

export const command: CommandModule = {
  name: 'check',
  usage: '',
  order: 30,
  summary: {
    en: 'everything that the configuration describes, in one run',
    ja: '設定ファイルにある対象を、一度にすべて検査する',
  },
  examples: ['crm-doctor check', "crm-doctor check --only 'crm.*'", 'crm-doctor check --format html=report.html'],
  configure: (check: Command, context, done) => {
    check.option(
      '--offline',
      { en: 'only what needs no network', ja: 'ネットワークを使わない検査だけを行う' }[context.language],
    );
    addCommonFlags(check, context.language);
    check.action(async () => {
      const flags = check.opts<CommonFlags & { readonly offline?: boolean }>();
      done(
        await guarded({ command: 'check', target: '' }, flags, context, async () => {
          const target = await checkTarget(flags, context);
          const speaking = {
            ...context,
            language: flags.lang === undefined ? (target.language ?? context.language) : context.language,
          };
          const { workflow } = target;
          const { withWorkflows, workflowNames } = workflow
            ? await import('../check/workflows.ts')
            : { withWorkflows: undefined, workflowNames: () => [] };
          const { code } = await perform(
            {
              command: 'check',
              target: [...target.subjects.map(({ label }) => label), ...(workflow ? ['workflow'] : [])].join(', '),
              subjects: target.subjects,
              sources: target.sources,
              offline: flags.offline === true,
              names: [...allChecks.map(({ id }) => id), ...workflowNames()],
              work: withWorkflows ? withWorkflows(flags, speaking) : (run: MailRun) => runMail(run),
              ...(target.runbook === undefined ? {} : { runbook: target.runbook }),
              keep: true,
            },
            flags,
            speaking,
          );
          return code;
        }),
      );
    });
  },
};
