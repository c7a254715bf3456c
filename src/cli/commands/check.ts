import type { Command } from 'commander';
import { allChecks } from '../../../checks/all-checks.ts';
import { globMatcher } from '../../plan/glob.ts';
import { openHistory } from '../../runbook/history.ts';
import { runbookDirectory } from '../../runbook/runbook.ts';
import { checkTarget } from '../check/target.ts';
import type { CommandModule } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import { addCommonFlags } from '../flags.ts';
import type { MailRun } from '../mail-run.ts';
import { runMail } from '../mail-run.ts';
import { openWorld } from '../open-world.ts';
import { guarded } from '../report-error.ts';
import type { Task } from '../session.ts';
import { perform } from '../session.ts';

interface CheckFlags {
  readonly offline?: boolean;
  readonly send?: boolean;
  readonly dryRun?: boolean;
  readonly applyToCrm?: boolean;
  readonly yes?: boolean;
}

export const command: CommandModule = {
  name: 'check',
  usage: '',
  order: 30,
  summary: {
    en: 'everything that the configuration describes, in one run',
    ja: '設定ファイルにある対象を、一度にすべて検査する',
  },
  examples: [
    'crm-doctor check',
    'crm-doctor check --apply-to-crm',
    "crm-doctor check --only 'crm.*'",
    'crm-doctor check --format html=report.html',
  ],
  configure: (check: Command, context, done) => {
    check.option(
      '--offline',
      { en: 'only what needs no network', ja: 'ネットワークを使わない検査だけを行う' }[context.language],
    );
    check.option(
      '--send',
      {
        en: 'also send one test message to each configured mailbox itself and find it again',
        ja: '設定ファイルの各メールボックスに自分宛てのテストメールを 1 通送り、届いたことまで確かめる',
      }[context.language],
    );
    check.option(
      '--dry-run',
      { en: 'only say what would be contacted', ja: '接続先を表示するだけで、何もしない' }[context.language],
    );
    check
      .option(
        '--apply-to-crm',
        {
          en: "write the proven change into the CRM's mail account, after showing it and asking",
          ja: '確かめた変更を、差分を表示して確認したうえで CRM のメールアカウントに書き込む',
        }[context.language],
      )
      .option(
        '-y, --yes',
        { en: 'with --apply-to-crm: do not ask', ja: '--apply-to-crm のとき、確認の質問をしない' }[context.language],
      );
    addCommonFlags(check, context.language);
    check.action(async () => {
      const flags = check.opts<CommonFlags & CheckFlags>();
      done(
        await guarded({ command: 'check', target: '' }, flags, context, async () => {
          const target = await checkTarget(flags, context);
          const speaking = {
            ...context,
            language: flags.lang === undefined ? (target.language ?? context.language) : context.language,
          };
          if (flags.dryRun) {
            const { checkDryRun } = await import('../check/dry-run.ts');
            const { syncDryRun } = await import('../sync/dry-run.ts');
            const parts = [checkDryRun(target.subjects, speaking.language), syncDryRun(target.sync, speaking.language)];
            context.io.out.write(parts.filter((part) => part !== '').join('\n'));
            return 0;
          }
          const { workflow } = target;
          const { withWorkflows, workflowNames } = workflow
            ? await import('../check/workflows.ts')
            : { withWorkflows: undefined, workflowNames: () => [] };
          const look = withWorkflows ? withWorkflows(flags, speaking) : (run: MailRun) => runMail(run);
          const { syncCheckIds } =
            target.sync.length > 0 ? await import('../sync/rows.ts') : { syncCheckIds: [] as readonly string[] };
          const wanted = globMatcher(flags.only ?? ['*']);
          const compared = target.sync.length > 0 && syncCheckIds.some(wanted);
          const { subjects, sources } = target;
          const directory = runbookDirectory({ flag: flags.runbook, config: target.runbook, env: context.io.env });
          const open = () =>
            openWorld(sources, { subjects, mailboxes: subjects.length, history: openHistory(directory) });
          const opened = compared ? await open() : undefined;
          const outside = subjects.length > 0 || workflow;
          const { withComparisons } = opened ? await import('../check/comparisons.ts') : { withComparisons: undefined };
          const task: Task = {
            command: 'check',
            target: [
              ...[...target.subjects, ...target.sync].map(({ label }) => label),
              ...(workflow ? ['workflow'] : []),
            ].join(', '),
            subjects,
            sources,
            offline: flags.offline === true,
            names: [...allChecks.map(({ id }) => id), ...workflowNames(), ...syncCheckIds],
            work: opened && withComparisons ? withComparisons(target.sync, opened, outside ? look : undefined) : look,
            ...(opened ? { opened, timeoutMs: Number.POSITIVE_INFINITY } : {}),
            ...(target.runbook === undefined ? {} : { runbook: target.runbook }),
            keep: true,
          };
          if (flags.applyToCrm) {
            const { checkAndApplyToCrm } = await import('../crm/apply.ts');
            return checkAndApplyToCrm(task, open, flags, speaking);
          }
          try {
            const { code } = await perform(task, flags, speaking);
            return code;
          } finally {
            await opened?.crm.close();
          }
        }),
      );
    });
  },
};
