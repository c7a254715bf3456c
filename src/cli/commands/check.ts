import type { Command } from 'commander';
import { checkTarget } from '../check/target.ts';
import { checkTask } from '../check/task.ts';
import type { CommandModule } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import { addCommonFlags } from '../flags.ts';
import { addMailboxesFlags } from '../mailboxes/flags.ts';
import type { MailboxesFlags } from '../mailboxes/target.ts';
import { guarded } from '../report-error.ts';
import { perform } from '../session.ts';

interface CheckFlags extends MailboxesFlags {
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
    addMailboxesFlags(check, context.language);
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
          const { task, open, opened } = await checkTask(target, flags, speaking);
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
