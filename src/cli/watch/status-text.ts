import type { Text } from '../../model/text.ts';
import type { Alert } from '../../notify/alerts.ts';
import { below, hanging, pageOf } from '../../report/text/page.ts';
import { tableLines } from '../../report/text/table.ts';
import { statusWords } from '../../report/words.ts';
import type { Context } from '../command.ts';
import { renderOptions } from '../deliver.ts';
import { severityWord } from './lines.ts';
import { isOpen, kindsIn, notificationsIn, overdueMs, type Standing } from './standing.ts';
import type { WatchFlags, Watching } from './watching.ts';
import { paceText } from './words.ts';

const stateWords: Readonly<Record<Alert['state'], Text>> = {
  pending: { en: 'seen, not confirmed yet', ja: '検出、再確認待ち' },
  told: { en: 'told', ja: '通知済み' },
  flapping: { en: 'comes and goes', ja: '発生と解消を繰り返し中' },
  gone: { en: 'gone', ja: '解消' },
};

interface Told {
  readonly overdue: number;
  readonly time: (at: number) => string;
  readonly flags: WatchFlags;
  readonly context: Context;
}

/** How the watch stands, as wide as the terminal. */
export const statusText = (watching: Watching, standing: Standing, { overdue, time, flags, context }: Told): string => {
  const { state, holder, kept, file } = standing;
  const { language } = watching;
  const page = pageOf(renderOptions(flags, { ...context, language }));
  const { columns, ink } = page;
  const say = (en: string, ja: string): string => ({ en, ja })[language];
  const moment = (text: string): string => time(Date.parse(text));
  const lines: string[] = [];
  const add = (text: string, { indent = 0, bad = false }: { indent?: number; bad?: boolean } = {}): void => {
    const fitted = hanging(' '.repeat(indent), page.clean(text), columns);
    lines.push(...(bad ? fitted.map((line) => ink.red(line)) : fitted));
  };
  const table = (heads: readonly string[], rows: readonly (readonly string[])[]): void => {
    const shaped = heads.map((head) => ({ head }));
    const clean = rows.map((row) => row.map(page.clean));
    lines.push(...below(tableLines(page, shaped, clean, Math.max(2, columns - 2)), 2));
  };

  if (kept === 'none') add(say(`Nothing has looked yet (${file})`, `まだ一度も確認していません（${file}）`));
  if (kept === 'broken') {
    add(say(`The state cannot be read: ${file}`, `状態ファイルを読み取れません: ${file}`), { bad: true });
  }
  if (holder) {
    const { pid, host } = holder;
    const since = holder.since === undefined ? undefined : moment(holder.since);
    add(
      say(
        `Looking now: process ${pid} on ${host}${since === undefined ? '' : ` since ${since}`}`,
        `確認中: ${host} のプロセス ${pid}${since === undefined ? '' : `（${since} から）`}`,
      ),
    );
  }
  const { round, own } = state;
  if (round) {
    const broken = holder ? '' : say(', broken off', '、途中で終了');
    const status = Object.entries(statusWords).find(([name]) => name === round.status)?.[1][language] ?? '';
    const end = round.finishedAt === undefined ? broken : `: ${status}`;
    const as = round.run === undefined ? '' : say(`, kept as ${round.run}`, `、${round.run} に記録`);
    add(`${say('Last round', '前回の確認')} ${moment(round.startedAt)}${end}${as}`);
  }
  if (overdue > overdueMs) {
    const minutes = Math.round(overdue / 60_000);
    add(
      say(
        `Nothing looks any more: a turn is ${minutes} minutes overdue`,
        `監視が動いていません。予定から ${minutes} 分過ぎています`,
      ),
      { bad: true },
    );
  }
  if (own) {
    add(
      say(
        `Cannot do its own work since ${moment(own.since)}: ${own.says.en}`,
        `${moment(own.since)} から監視を行えません: ${own.says.ja}`,
      ),
      { bad: true },
    );
  }

  lines.push('');
  const never = say('never', 'なし');
  table(
    [say('Check', '検査'), say('How often', '間隔'), say('Last', '前回'), say('Next', '次回')],
    kindsIn(watching, standing).map(({ kind, lastAt, nextAt: next, due }) => [
      kind,
      paceText(watching.target.watch, kind, language),
      lastAt === undefined ? never : time(lastAt),
      due ? say('now', '今すぐ') : next === undefined ? never : time(next),
    ]),
  );

  const open = state.alerts.open.filter(isOpen);
  lines.push('');
  add(open.length === 0 ? say('No open problem', '未解消の問題はありません') : say('Open problems', '未解消の問題'));
  for (const { severity, cause, mailbox, since, title, state: stands } of open) {
    add(`${severityWord(severity, language)}  ${cause}  ${mailbox}`, { indent: 2, bad: severity === 'critical' });
    const from = moment(since);
    add(
      say(
        `since ${from}, ${stateWords[stands].en}: ${title.en}`,
        `${from} から、${stateWords[stands].ja}: ${title.ja}`,
      ),
      { indent: 4 },
    );
  }

  if (state.logins.length > 0) {
    lines.push('');
    add(say('Refused logins', '拒否されたログイン'));
    table(
      [
        say('Service', 'サービス'),
        say('Name', 'ユーザー名'),
        say('Server', 'サーバー'),
        say('Not before', '次に試す時刻'),
      ],
      state.logins.map(({ protocol, username, host, until }) => [protocol, username, host, moment(until)]),
    );
  }

  const { waiting, uncertain, failed, dropped, trouble } = notificationsIn(state);
  lines.push('');
  add(
    say(
      `Notifications: ${waiting} waiting, ${uncertain.length} uncertain, ${failed.length} failed${dropped > 0 ? `, ${dropped} dropped` : ''}`,
      `通知: 送信待ち ${waiting} 件、到着不明 ${uncertain.length} 件、失敗 ${failed.length} 件${dropped > 0 ? `、破棄 ${dropped} 件` : ''}`,
    ),
  );
  for (const { channel, since, failures, says } of trouble) {
    const from = moment(since);
    add(
      say(
        `${channel}: fails since ${from} (${failures} times): ${says.en}`,
        `${channel}: ${from} から失敗（${failures} 回）: ${says.ja}`,
      ),
      { indent: 2, bad: true },
    );
  }
  return `${lines.join('\n').trimStart()}\n`;
};
