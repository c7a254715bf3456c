import type { Command } from 'commander';
import type { CommandModule } from '../command.ts';
import { UsageError } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import { addCommonFlags } from '../flags.ts';
import { mailCall } from '../mail-call.ts';
import type { MailFlags, MailTarget } from '../mail-target.ts';
import { mailTarget } from '../mail-target.ts';
import { addMailboxFlags } from '../mailbox-flags.ts';
import { addMailboxesFlags } from '../mailboxes/flags.ts';
import { guarded } from '../report-error.ts';
import { perform } from '../session.ts';
import type { Task } from '../task.ts';
import type { Place } from '../vantage/place.ts';
import { placeOf } from '../vantage/place.ts';

const words = {
  versionsFile: {
    en: "table of server versions (JSON) in place of the package's own",
    ja: '同梱の表の代わりに使うサーバーのバージョン表 (JSON)',
  },
  send: {
    en: 'also send one test message to the mailbox itself and find it again',
    ja: '自分宛てにテストメールを 1 通送り、届いたことまで確かめる',
  },
  vantage: {
    en: "run the same checks from the CRM's own host (ssh://USER@HOST[:PORT]) too, and say what differs",
    ja: '同じ検査を CRM のホストでも行い、違いを示す（ssh://ユーザー@ホスト[:ポート]）',
  },
  login: {
    en: 'first sign in to the provider (OAuth), in a browser; oauth.tokenFile keeps the refresh token',
    ja: '検査の前にブラウザーでサインインする (OAuth)。更新トークンは oauth.tokenFile に保存',
  },
  dryRun: { en: 'only say what would be contacted and sent', ja: '接続先と送る内容を表示するだけで、何もしない' },
  apply: {
    en: 'write the proven change into the configuration file, after showing it and asking',
    ja: '確かめた変更を、差分を表示して確認したうえで設定ファイルに書き込む',
  },
  yes: { en: 'with --apply: do not ask', ja: '--apply のとき、確認の質問をしない' },
  offline: { en: 'only what needs no network', ja: 'ネットワークを使わない検査だけを行う' },
};

/** The machine that is meant, and what cannot be had together with it. */
const vantageOf = ({ vantage, apply, offline }: MailFlags): Place | undefined => {
  if (vantage === undefined) return undefined;
  const other = apply ? '--apply' : offline ? '--offline' : undefined;
  if (other !== undefined) {
    throw new UsageError({
      en: `--vantage and ${other} cannot be given together`,
      ja: `--vantage と ${other} は同時に指定できません`,
    });
  }
  return placeOf(vantage);
};

export const command: CommandModule = {
  name: 'mail',
  usage: '[address]',
  order: 10,
  summary: {
    en: 'check the mail integration step by step, down to the root cause',
    ja: 'メール連携を順に検査し、原因と直し方を示す',
  },
  examples: [
    'crm-doctor mail',
    'crm-doctor mail --send',
    'crm-doctor mail --apply',
    'crm-doctor mail --vantage ssh://crm@crm.example.co.jp',
    'crm-doctor mail --login',
    'crm-doctor mail sales@example.co.jp --smtp smtp.example.co.jp:587/starttls --imap imap.example.co.jp --password-env MAIL_PASSWORD',
    'crm-doctor mail --only "mail.tls" --json',
  ],
  configure: (mail: Command, context, done) => {
    const say = (key: keyof typeof words): string => words[key][context.language];
    mail.argument(
      '[address]',
      { en: 'name or address of a mailbox', ja: 'メールボックスの名前またはアドレス' }[context.language],
    );
    addMailboxFlags(mail, context.language)
      .option('--versions-file <file>', say('versionsFile'))
      .option('--send', say('send'))
      .option('--vantage <url>', say('vantage'))
      .option('--login', say('login'))
      .option('--apply', say('apply'))
      .option('-y, --yes', say('yes'))
      .option('--dry-run', say('dryRun'))
      .option('--offline', say('offline'));
    addMailboxesFlags(mail, context.language);
    addCommonFlags(mail, context.language);
    mail.action(async (address: string | undefined) => {
      const flags = mail.opts<CommonFlags & MailFlags>();
      done(
        await guarded({ command: 'mail', target: address ?? '' }, flags, context, async () => {
          const vantage = vantageOf(flags);
          const target = await mailTarget(address, flags, context);
          const { subjects } = target;
          // The file's language counts more than the environment's, and less than the flag.
          const speaking = {
            ...context,
            language: flags.lang === undefined ? (target.language ?? context.language) : context.language,
          };
          if (flags.dryRun) {
            const { dryRun } = await import('../dry-run.ts');
            context.io.out.write(dryRun(subjects, speaking.language, vantage));
            return 0;
          }
          const taskOf = ({
            subjects: mailboxes,
            sources,
            runbook,
            target: called,
            unfiled,
            many,
            perHost,
          }: MailTarget): Task => ({
            command: 'mail',
            target: called,
            call: mailCall(unfiled, flags),
            ...(many ? { many } : {}),
            ...(perHost === undefined ? {} : { perHost }),
            subjects: mailboxes,
            sources,
            offline: flags.offline === true,
            ...(runbook === undefined ? {} : { runbook }),
            ...(vantage ? { vantage } : {}),
            keep: true,
            ...(flags.login ? { login: true } : {}),
          });
          if (target.source) {
            const { checkAndApply } = await import('../apply.ts');
            // Nobody signs in twice.
            const again = async (name: string | undefined) => ({
              ...taskOf(await mailTarget(name, flags, speaking)),
              login: false,
            });
            return checkAndApply(
              { task: taskOf(target), source: target.source, wanted: address, again },
              flags,
              speaking,
            );
          }
          const { code } = await perform(taskOf(target), flags, speaking);
          return code;
        }),
      );
    });
  },
};
