import type { Command } from 'commander';
import type { CommandModule, Context } from '../command.ts';
import { UsageError } from '../command.ts';
import { addCommonFlags, choiceOption } from '../flags.ts';
import { guarded } from '../report-error.ts';
import { type InstallKind, installKinds } from '../watch/install/kinds.ts';
import type { WatchFlags as RoundFlags } from '../watch/watching.ts';

interface WatchFlags extends RoundFlags {
  readonly install?: InstallKind;
}

const words = {
  once: {
    en: 'look at what is due now, then end: for cron, systemd timers and Kubernetes CronJobs',
    ja: '今の予定分だけを確認して終了する（cron、systemd タイマー、Kubernetes CronJob 用）',
  },
  all: { en: 'with --once: look at everything, due or not', ja: '--once のとき、予定にかかわらずすべてを確認する' },
  status: {
    en: 'say when each kind was and will be looked at, which problems are open, and what waits to be sent',
    ja: '検査ごとの前回と次回の予定、未解消の問題、送信待ちの通知を表示する',
  },
  dryRun: {
    en: 'only say what would be looked at, when, and who would be told',
    ja: '何をいつ確認し、誰に通知するかを表示するだけで、何もしない',
  },
  test: {
    en: 'show a test notice, ask, and send it to every channel of notify:, or to one; look at nothing',
    ja: 'テスト通知の内容を表示し、確認してから、すべての通知先（または指定した通知先）に送る。検査はしない',
  },
  yes: { en: 'with --test-notification: do not ask', ja: '--test-notification のとき、確認の質問をしない' },
  install: {
    en: 'print a unit that calls --once with this configuration, and how to install it',
    ja: 'この設定で --once を呼び出すユニットを、導入方法とともに出力する',
  },
  offline: { en: 'only what needs no network', ja: 'ネットワークを使わない検査だけを行う' },
} as const;

/** A round is no report: of the formats only those make sense that are written line by line. */
const checkFormats = ({ format = [], json, install }: WatchFlags): void => {
  if (install && (json || format.length > 0)) {
    throw new UsageError({
      en: '--install prints a unit, in no other format',
      ja: '--install の出力はユニットです。--json や --format は指定できません',
    });
  }
  const other = format.find((one) => !['text', 'ndjson', 'json'].includes(one));
  if (other === undefined) return;
  throw new UsageError({
    en: `watch writes text or ndjson, not ${other}; \`crm-doctor report last --format ${other}\` renders a kept run`,
    ja: `watch の出力は text か ndjson です（${other} は使えません）。記録した結果は \`crm-doctor report last --format ${other}\` で表示できます`,
  });
};

/** Flags of the test of notifications, which is no watch. */
interface TestFlags {
  readonly testNotification?: string | true;
  readonly yes?: boolean;
}

const checkTogether = ({ once, all, status, dryRun, install, testNotification }: WatchFlags & TestFlags): void => {
  if (all && !once) {
    throw new UsageError({ en: '--all goes with --once', ja: '--all は --once とともに指定してください' });
  }
  if ([once, status, dryRun, install, testNotification].filter(Boolean).length > 1) {
    throw new UsageError({
      en: '--once, --status, --dry-run, --install and --test-notification are different things; give one of them',
      ja: '--once、--status、--dry-run、--install、--test-notification はどれか 1 つだけを指定してください',
    });
  }
};

const run = async (given: WatchFlags & TestFlags, context: Context): Promise<number> => {
  checkFormats(given);
  checkTogether(given);
  if (given.install) return (await import('../watch/install.ts')).install(given.install, given, context);
  const flags = { ...given, format: (given.format ?? []).filter((one) => one !== 'text') };
  const { testNotification: test } = given;
  if (test !== undefined) {
    const { testNotification } = await import('../notify/test-notification.ts');
    return testNotification(test === true ? undefined : test, given, context);
  }
  if (flags.status) return (await import('../watch/status.ts')).watchStatus(flags, context);
  if (flags.dryRun) return (await import('../watch/dry-run.ts')).watchDryRun(flags, context);
  const { watchLoop, watchOnce } = await import('../watch/loop.ts');
  return flags.once ? watchOnce(flags, context) : watchLoop(flags, context);
};

export const command: CommandModule = {
  name: 'watch',
  usage: '',
  order: 32,
  summary: {
    en: 'look again and again, each kind of check at its own pace, and speak only when something changes',
    ja: '検査を種類ごとの間隔で繰り返し、変化があったときだけ知らせる',
  },
  examples: [
    'crm-doctor watch',
    'crm-doctor watch --once',
    'crm-doctor watch --status',
    'crm-doctor watch --dry-run',
    'crm-doctor watch --test-notification',
    'crm-doctor watch --install systemd | sudo sh',
    "crm-doctor watch --only 'mail.*' --format ndjson",
  ],
  configure: (watch: Command, context, done) => {
    const { language } = context;
    watch
      .option('--once', words.once[language])
      .option('--all', words.all[language])
      .option('--status', words.status[language])
      .option('--dry-run', words.dryRun[language])
      .option('--test-notification [name]', words.test[language])
      .option('-y, --yes', words.yes[language])
      .addOption(choiceOption('--install <kind>', words.install[language], installKinds))
      .option('--offline', words.offline[language]);
    addCommonFlags(watch, language);
    watch.action(async () => {
      const flags = watch.opts<WatchFlags & TestFlags>();
      done(await guarded({ command: 'watch', target: '' }, flags, context, () => run(flags, context)));
    });
  },
};
