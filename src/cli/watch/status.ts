import { hostname } from 'node:os';
import type { Text } from '../../model/text.ts';
import type { Alert } from '../../notify/alerts.ts';
import { realFiles } from '../../runbook/files.ts';
import type { Holder } from '../../runbook/holder.ts';
import { runbookDirectory } from '../../runbook/runbook.ts';
import { dueAt, jobsOf, nextAt } from '../../watch/schedule/jobs.ts';
import { noState, type WatchState } from '../../watch/state.ts';
import { openStore } from '../../watch/store.ts';
import { turnHolder } from '../../watch/turn.ts';
import type { Context } from '../command.ts';
import { type Teller, tellerOf } from './lines.ts';
import { type WatchFlags, type Watching, watchingOf } from './watching.ts';
import { paceText } from './words.ts';

/** A turn that is so long past tells that nobody looks any more. */
const overdueMs = 30 * 60_000;

interface Standing {
  readonly state: WatchState;
  readonly kept: 'none' | 'broken' | 'read';
  readonly file: string;
  readonly holder: Holder | undefined;
  readonly now: number;
}

const standingOf = async ({ target }: Watching, flags: WatchFlags, { io }: Context): Promise<Standing> => {
  const directory = runbookDirectory({ flag: flags.runbook, config: target.runbook, env: io.env });
  const store = openStore(realFiles, directory, () => new Date());
  const [found, holder] = await Promise.all([store.peek(), turnHolder(realFiles, store.directory)]);
  const read = typeof found === 'string' ? noState : found;
  return { state: read, kept: typeof found === 'string' ? found : 'read', file: store.file, holder, now: Date.now() };
};

const kindsIn = ({ schedule, kinds }: Watching, { state, now }: Standing) =>
  jobsOf(schedule, kinds, state.jobs, now).map((job) => ({
    kind: job.kind,
    ...(job.lastAt === undefined ? {} : { lastAt: job.lastAt }),
    nextAt: nextAt(schedule, [job], now),
    due: dueAt(schedule, [job], now).length > 0,
  }));

/** How long the oldest turn has been waited for, where nobody is at it. */
const overdueIn = (watching: Watching, { state, holder, now }: Standing): number => {
  if (holder) return 0;
  // The turns of the moment at which it last looked: what should have come since.
  const last = Math.max(0, ...Object.values(state.jobs).map(({ lastAt }) => Date.parse(lastAt ?? '') || 0));
  const next =
    last === 0
      ? undefined
      : nextAt(watching.schedule, jobsOf(watching.schedule, watching.kinds, state.jobs, now), last);
  return next === undefined ? 0 : Math.max(0, now - next);
};

const isOpen = ({ bad, state }: Alert): boolean => bad || state === 'flapping';

const notificationsIn = ({ outbox }: WatchState) => ({
  waiting: outbox.deliveries.length,
  uncertain: outbox.ended.filter(({ fate }) => fate === 'uncertain'),
  failed: outbox.ended.filter(({ fate }) => fate === 'failed'),
  dropped: outbox.dropped,
  trouble: Object.entries(outbox.trouble).map(([channel, { since, failures, says }]) => ({
    channel,
    since,
    failures,
    says,
  })),
});

/** 0: all is well; 1: a problem is open; 3: nothing has looked, or not for too long, or it fails. */
const codeOf = ({ state, kept }: Standing, overdue: number): number => {
  if (state.alerts.open.some((one) => isOpen(one) && one.severity === 'critical')) return 1;
  if (kept !== 'read' || overdue > overdueMs || state.own !== undefined) return 3;
  return notificationsIn(state).trouble.length > 0 ? 3 : 0;
};

const jsonOf = (watching: Watching, standing: Standing, overdue: number, exitCode: number): object => {
  const { state, holder, kept, file } = standing;
  const iso = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString());
  return {
    schema: 'crm-doctor/watch-status/v1',
    machine: hostname(),
    config: watching.target.file,
    state: { file, kept },
    ...(holder ? { holder } : {}),
    ...(state.round ? { round: state.round } : {}),
    ...(overdue > overdueMs ? { overdueMs: overdue } : {}),
    ...(state.own ? { own: state.own } : {}),
    kinds: kindsIn(watching, standing).map(({ kind, lastAt, nextAt: next, due }) => ({
      kind,
      lastAt: iso(lastAt),
      nextAt: iso(next),
      due,
    })),
    problems: state.alerts.open
      .filter(isOpen)
      .map(({ mailbox, cause, severity, title, since, state: stands, affects }) => ({
        mailbox,
        cause,
        severity,
        title: title[watching.language],
        since,
        state: stands,
        affects,
      })),
    logins: state.logins.map(({ protocol, host, username, times, until, lockedAt }) => ({
      protocol,
      host,
      username,
      times,
      until,
      ...(lockedAt === undefined ? {} : { lockedAt }),
    })),
    notifications: notificationsIn(state),
    exitCode,
  };
};

const rowsText = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => [...(row[column] ?? '')].length)));
  return rows.map((row) =>
    `  ${row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  ')}`.trimEnd(),
  );
};

const stateWords: Readonly<Record<Alert['state'], Text>> = {
  pending: { en: 'seen, not confirmed yet', ja: '検出、再確認待ち' },
  told: { en: 'told', ja: '通知済み' },
  flapping: { en: 'comes and goes', ja: '発生と解消を繰り返し中' },
  gone: { en: 'gone', ja: '解消' },
};

const textOf = (watching: Watching, standing: Standing, overdue: number, teller: Teller): string => {
  const { state, holder, kept, file } = standing;
  const { language, time, red } = teller;
  const say = (en: string, ja: string): string => ({ en, ja })[language];
  const lines: string[] = [];
  const moment = (text: string): string => time(Date.parse(text));
  if (kept === 'none') lines.push(say(`Nothing has looked yet (${file})`, `まだ一度も確認していません（${file}）`));
  if (kept === 'broken')
    lines.push(red(say(`The state cannot be read: ${file}`, `状態ファイルを読み取れません: ${file}`)));
  if (holder) {
    const since =
      holder.since === undefined ? '' : say(` since ${moment(holder.since)}`, `（${moment(holder.since)} から）`);
    lines.push(
      say(
        `Looking now: process ${holder.pid} on ${holder.host}${since}`,
        `確認中: ${holder.host} のプロセス ${holder.pid}${since}`,
      ),
    );
  }
  const { round, own } = state;
  if (round) {
    const end =
      round.finishedAt === undefined ? (holder ? '' : say(', broken off', '、途中で終了')) : `: ${round.status ?? ''}`;
    const kept = round.run === undefined ? '' : say(`, kept as ${round.run}`, `、${round.run} に記録`);
    lines.push(`${say('Last round', '前回の確認')} ${moment(round.startedAt)}${end}${kept}`);
  }
  if (overdue > overdueMs) {
    const minutes = Math.round(overdue / 60_000);
    lines.push(
      red(
        say(
          `Nothing looks any more: a turn is ${minutes} minutes overdue`,
          `監視が動いていません。予定から ${minutes} 分過ぎています`,
        ),
      ),
    );
  }
  if (own) {
    lines.push(
      red(
        say(
          `Cannot do its own work since ${moment(own.since)}: ${own.says.en}`,
          `${moment(own.since)} から監視を行えません: ${own.says.ja}`,
        ),
      ),
    );
  }
  lines.push('', say('Checks', '検査'));
  const never = say('never', 'なし');
  const rows = kindsIn(watching, standing).map(({ kind, lastAt, nextAt: next, due }) => [
    kind,
    paceText(watching.target.watch, kind, language),
    say(`last ${lastAt === undefined ? never : time(lastAt)}`, `前回 ${lastAt === undefined ? never : time(lastAt)}`),
    due
      ? say('due now', '次回 今すぐ')
      : say(`next ${next === undefined ? never : time(next)}`, `次回 ${next === undefined ? never : time(next)}`),
  ]);
  lines.push(...rowsText(rows));
  const open = state.alerts.open.filter(isOpen);
  lines.push(
    '',
    open.length === 0 ? say('No open problem', '未解消の問題はありません') : say('Open problems', '未解消の問題'),
  );
  for (const { severity, cause, mailbox, since, title, state: stands } of open) {
    const head = `  ${severity}  ${cause}  ${mailbox}`;
    lines.push(severity === 'critical' ? red(head) : head);
    lines.push(
      `    ${say(`since ${moment(since)}`, `${moment(since)} から`)}, ${stateWords[stands][language]}: ${title[language]}`,
    );
  }
  if (state.logins.length > 0) {
    lines.push('', say('Refused logins, and when the next try may be', '拒否されたログインと、次に試す時刻'));
    lines.push(
      ...rowsText(state.logins.map(({ protocol, username, host, until }) => [protocol, username, host, moment(until)])),
    );
  }
  const { waiting, uncertain, failed, dropped, trouble } = notificationsIn(state);
  lines.push(
    '',
    say(
      `Notifications: ${waiting} waiting, ${uncertain.length} uncertain, ${failed.length} failed${dropped > 0 ? `, ${dropped} dropped` : ''}`,
      `通知: 送信待ち ${waiting} 件、到着不明 ${uncertain.length} 件、失敗 ${failed.length} 件${dropped > 0 ? `、破棄 ${dropped} 件` : ''}`,
    ),
  );
  for (const { channel, since, failures, says } of trouble) {
    lines.push(
      red(
        `  ${channel}: ${say(`fails since ${moment(since)} (${failures} times)`, `${moment(since)} から失敗（${failures} 回）`)}: ${says[language]}`,
      ),
    );
  }
  return `${lines.join('\n').trimStart()}\n`;
};

/** How the watch stands, from what it has written down; changes nothing. */
export const watchStatus = async (flags: WatchFlags, context: Context): Promise<number> => {
  const watching = await watchingOf(flags, context);
  const standing = await standingOf(watching, flags, context);
  const overdue = overdueIn(watching, standing);
  const code = codeOf(standing, overdue);
  const teller = tellerOf(flags, { ...context, language: watching.language }, watching.schedule.timeZone);
  context.io.out.write(
    teller.json
      ? `${JSON.stringify(jsonOf(watching, standing, overdue, code), null, 2)}\n`
      : textOf(watching, standing, overdue, teller),
  );
  return code;
};
