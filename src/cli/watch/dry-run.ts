import { below, hanging, pageOf } from '../../report/text/page.ts';
import { tableLines } from '../../report/text/table.ts';
import { jobsOf, nextAt } from '../../watch/schedule/jobs.ts';
import { checkDryRun } from '../check/dry-run.ts';
import type { Context } from '../command.ts';
import { renderOptions } from '../deliver.ts';
import { syncDryRun } from '../sync/dry-run.ts';
import { tellerOf } from './lines.ts';
import { type WatchFlags, watchingOf } from './watching.ts';
import { paceText } from './words.ts';

/** What would be looked at, how often and when first, what that contacts, and who would be told; nothing is done. */
export const watchDryRun = async (flags: WatchFlags, context: Context): Promise<number> => {
  const watching = await watchingOf(flags, context);
  const { target, schedule, kinds, language } = watching;
  const { json, time } = tellerOf(flags, { ...context, language }, schedule.timeZone);
  const now = Date.now();
  const turns = jobsOf(schedule, kinds, {}, now).map((job) => ({ kind: job.kind, at: nextAt(schedule, [job], now) }));
  const told = (target.notify ?? []).map(({ name, type }) => ({ name, type }));
  if (json) {
    const plan = {
      schema: 'crm-doctor/watch-plan/v1',
      config: target.file,
      timeZone: schedule.timeZone,
      kinds: turns.map(({ kind, at }) => ({
        kind,
        pace: paceText(target.watch, kind, 'en'),
        ...(at === undefined ? {} : { nextAt: new Date(at).toISOString() }),
      })),
      channels: told,
    };
    context.io.out.write(`${JSON.stringify(plan, null, 2)}\n`);
    return 0;
  }
  const say = (en: string, ja: string): string => ({ en, ja })[language];
  const page = pageOf(renderOptions(flags, { ...context, language }));
  const rows = turns.map(({ kind, at }) => [
    kind,
    paceText(target.watch, kind, language),
    at === undefined ? say('never', 'なし') : time(at),
  ]);
  const heads = [say('Check', '検査'), say('How often', '間隔'), say('First', '初回')].map((head) => ({ head }));
  const lines = [
    say(`Turns (${schedule.timeZone})`, `予定（${schedule.timeZone}）`),
    ...below(tableLines(page, heads, rows, Math.max(2, page.columns - 2)), 2),
    '',
    say('What a look contacts', '確認時の接続先'),
    ...[checkDryRun(target.subjects, language), syncDryRun(target.sync, language)]
      .filter((part) => part !== '')
      .flatMap((part) =>
        part
          .trimEnd()
          .split('\n')
          .map((line) => (line === '' ? '' : `  ${line}`)),
      ),
    '',
    ...(told.length === 0
      ? [
          say(
            'Nobody is notified: the configuration has no notify: section. Changes are written to standard output.',
            '通知先はありません（設定ファイルに notify: がありません）。変化は標準出力に表示します。',
          ),
        ]
      : [say('Who is notified of a change', '変化の通知先'), ...told.map(({ name, type }) => `  ${name} (${type})`)]),
  ];
  const fitted = lines.flatMap((line) =>
    line === '' ? [''] : hanging(/^ */.exec(line)?.[0] ?? '', line.trimStart(), page.columns),
  );
  context.io.out.write(`${fitted.join('\n')}\n`);
  return 0;
};
