import type { Severity } from '../../model/cause.ts';
import type { Language, Text } from '../../model/text.ts';
import type { Flushed } from '../../notify/flush.ts';
import { problemWords } from '../../notify/words.ts';
import type { Holder } from '../../runbook/holder.ts';
import { colourOn } from '../colour.ts';
import type { Context } from '../command.ts';
import type { Io } from '../io.ts';
import type { Change, Rounded } from './rounded.ts';
import type { WatchFlags } from './watching.ts';

/** Where lines are written, and how. */
export interface Teller {
  readonly language: Language;
  /** One JSON object a line. */
  readonly json: boolean;
  readonly quiet: boolean;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  /** A moment as the clock on the wall of the schedule's zone shows it. */
  readonly time: (at: number) => string;
}

const painted = (code: number, on: boolean) => (text: string) => (on ? `\u001b[${code}m${text}\u001b[39m` : text);

export const tellerOf = (flags: WatchFlags, { io, language }: Context, timeZone: string): Teller => {
  const json = flags.json === true || (flags.format ?? []).length > 0;
  const colour = !json && flags.plain !== true && colourOn(flags.color, io.out, io.env);
  // The Swedish way to write a date is 2026-11-24 02:05:12.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return {
    language,
    json,
    quiet: flags.quiet === true,
    red: painted(31, colour),
    green: painted(32, colour),
    time: (at) => format.format(at),
  };
};

const holderText = (holder: Holder | undefined, { language, time }: Teller): string => {
  if (!holder) return '';
  const since = holder.since === undefined ? '' : time(Date.parse(holder.since));
  return {
    en: ` (process ${holder.pid} on ${holder.host}${since && `, since ${since}`})`,
    ja: `（${holder.host} のプロセス ${holder.pid}${since && `、${since} から`}）`,
  }[language];
};

/** In English as settings write it, in Japanese as messages call it. */
export const severityWord = (severity: Severity, language: Language): string =>
  language === 'ja' ? problemWords[severity].ja : severity;

const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`;

const changeLine = ({ kind, cause, mailbox, severity, title }: Change, teller: Teller): string => {
  const { language, red, green } = teller;
  const what = `${cause} (${mailbox}): ${title[language]}`;
  return kind === 'new'
    ? red({ en: `new ${severity}: ${what}`, ja: `発生（${severityWord(severity, 'ja')}）: ${what}` }[language])
    : green({ en: `gone: ${what}`, ja: `解消: ${what}` }[language]);
};

const flushedTexts = ({ sent, lost, troubled, waiting }: Flushed): readonly Text[] => [
  ...(sent > 0 ? [{ en: `${counted(sent, 'notification')} sent`, ja: `通知 ${sent} 件を送信` }] : []),
  ...(lost.length > 0
    ? [{ en: `${counted(lost.length, 'notification')} failed`, ja: `通知 ${lost.length} 件を送信できませんでした` }]
    : []),
  ...troubled.map(({ channel, says }) => ({
    en: `${channel}: ${says.en} (${waiting} waiting)`,
    ja: `${channel}: ${says.ja}（${waiting} 件が送信待ち）`,
  })),
];

const nextText = (nextAt: number | undefined, { time }: Teller): Text =>
  nextAt === undefined
    ? { en: 'nothing has another turn', ja: '次の予定はありません' }
    : { en: `next at ${time(nextAt)}`, ja: `次回 ${time(nextAt)}` };

const joined = (texts: readonly Text[], language: Language): string =>
  texts.map((text) => text[language]).join(language === 'ja' ? '、' : ', ');

const lookedLines = (rounded: Extract<Rounded, { kind: 'looked' }>, teller: Teller): readonly string[] => {
  const { looked, changes, open, waiting, run, flushed, nextAt } = rounded;
  const facts: readonly Text[] = [
    open === 0 ? { en: 'no problem', ja: '問題なし' } : { en: counted(open, 'problem'), ja: `問題 ${open} 件` },
    ...(waiting > 0
      ? [
          {
            en: `${counted(waiting, 'refused login')} wait${waiting === 1 ? 's' : ''}`,
            ja: `拒否されたログイン ${waiting} 件は待機中`,
          },
        ]
      : []),
    ...(run === undefined ? [] : [{ en: `kept as ${run}`, ja: `${run} に記録` }]),
    ...(flushed ? flushedTexts(flushed) : []),
    nextText(nextAt, teller),
  ];
  const says = joined(facts, teller.language);
  const first = { en: `looked at ${looked.join(' ')}: ${says}`, ja: `確認 ${looked.join(' ')}: ${says}` }[
    teller.language
  ];
  return [...(teller.quiet ? [] : [first]), ...changes.map((change) => changeLine(change, teller))];
};

const textLines = (rounded: Rounded, teller: Teller): readonly string[] => {
  const { language, red, quiet } = teller;
  switch (rounded.kind) {
    case 'taken': {
      const who = holderText(rounded.holder, teller);
      return quiet ? [] : [{ en: `another one is looking${who}`, ja: `別のプロセスが確認中です${who}` }[language]];
    }
    case 'idle': {
      const { flushed, nextAt, restsUntil } = rounded;
      const what: Text =
        restsUntil === undefined
          ? { en: 'nothing is due', ja: '今、確認する検査はありません' }
          : {
              en: `maintenance until ${teller.time(restsUntil)}`,
              ja: `${teller.time(restsUntil)} までメンテナンス中です`,
            };
      return quiet
        ? []
        : [joined([what, ...(flushed ? flushedTexts(flushed) : []), nextText(nextAt, teller)], language)];
    }
    case 'interrupted':
      return [{ en: 'interrupted', ja: '中断されました' }[language]];
    case 'looked':
      return lookedLines(rounded, teller);
    case 'failed': {
      const times =
        rounded.times > 1 ? { en: ` (${rounded.times} times)`, ja: `（${rounded.times} 回目）` }[language] : '';
      return [
        red(
          {
            en: `could not do its own work${times}: ${rounded.says.en}`,
            ja: `監視を行えませんでした${times}: ${rounded.says.ja}`,
          }[language],
        ),
      ];
    }
  }
};

/** A round in one JSON object: what a person reads, and nothing that is kept in memory only. */
const jsonOf = (rounded: Rounded, at: number): object => {
  const { unsaved, flushed, nextAt, ...rest } = {
    unsaved: undefined,
    flushed: undefined,
    nextAt: undefined,
    ...rounded,
  };
  return {
    schema: 'crm-doctor/watch-round/v1',
    ...rest,
    at: 'at' in rest ? rest.at : new Date(at).toISOString(),
    ...('restsUntil' in rest ? { restsUntil: new Date(rest.restsUntil ?? at).toISOString() } : {}),
    ...(nextAt === undefined ? {} : { nextAt: new Date(nextAt).toISOString() }),
    ...(flushed === undefined ? {} : { notifications: flushed }),
    saved: unsaved === undefined,
  };
};

/** A round, one line for each thing that is to be known of it. */
const roundText = (rounded: Rounded, at: number, teller: Teller): string => {
  if (teller.json) return `${JSON.stringify(jsonOf(rounded, at))}\n`;
  const broken = 'broken' in rounded ? rounded.broken : undefined;
  const aside =
    broken === undefined
      ? []
      : [
          {
            en: `the state was damaged and is begun anew; it was set aside as ${broken}`,
            ja: `状態ファイルが壊れていたため ${broken} に退避し、新しく始めました`,
          }[teller.language],
        ];
  return [...aside, ...textLines(rounded, teller)].map((line) => `${teller.time(at)}  ${line}\n`).join('');
};

/** Where a round is told: who reads objects gets all of them from one stream. */
export const writeRound = (rounded: Rounded, at: number, teller: Teller, { out, err }: Pick<Io, 'out' | 'err'>): void =>
  (rounded.kind === 'failed' && !teller.json ? err : out).write(roundText(rounded, at, teller));
