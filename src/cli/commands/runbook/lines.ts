import { toAscii } from '../../../i18n/ascii.ts';
import { formatMs } from '../../../i18n/format.ts';
import { valueWord } from '../../../i18n/value-word.ts';
import { visible } from '../../../i18n/visible.ts';
import { wrap } from '../../../i18n/wrap.ts';
import type { Change } from '../../../model/config.ts';
import type { Language, Text } from '../../../model/text.ts';
import type { FoundCause, RunbookRecord } from '../../../runbook/record.ts';
import type { Entry } from '../../../runbook/select.ts';
import { resolutionText } from '../../../runbook/solutions.ts';
import type { Context } from '../../command.ts';
import { UsageError } from '../../command.ts';
import { renderOptions } from '../../deliver.ts';
import type { CommonFlags } from '../../flags.ts';

export const statusWords: Readonly<Record<string, Text>> = {
  pass: { en: 'OK', ja: '正常' },
  warn: { en: 'warnings', ja: '注意' },
  fail: { en: 'NOT OK', ja: '異常' },
  unknown: { en: 'unknown', ja: '確認不可' },
  error: { en: 'error', ja: 'エラー' },
};

export const kindWords: Readonly<Record<RunbookRecord['kind'], Text>> = {
  'run-started': { en: 'started', ja: '開始' },
  'run-finished': { en: 'run', ja: '検査' },
  'change-intended': { en: 'about to change', ja: '変更の予定' },
  'change-done': { en: 'changed', ja: '変更' },
  'undo-intended': { en: 'about to undo', ja: '取り消しの予定' },
  undone: { en: 'undone', ja: '取り消し' },
  'file-intended': { en: 'about to write', ja: '書き込みの予定' },
  'file-written': { en: 'written', ja: '書き込み' },
  note: { en: 'note', ja: 'メモ' },
  tagged: { en: 'tagged', ja: 'タグ' },
  resolution: { en: 'solved', ja: '解決' },
  'guide-step': { en: 'guide', ja: 'ガイド' },
  decision: { en: 'decided', ja: '選択' },
  'baseline-accepted': { en: 'baseline', ja: '基準' },
  'bundle-made': { en: 'support bundle', ja: 'サポート用ファイル' },
  repaired: { en: 'repaired', ja: '修復' },
};

const unfinishedWords = {
  run: {
    en: 'its end is not recorded: it is still running, could not begin, or was killed',
    ja: '終了の記録がありません（実行中、開始できずに中止、強制終了のいずれか）',
  },
  change: {
    en: 'its end is not recorded; check the file, or `crm-doctor runbook undo`',
    ja: '完了の記録がありません。ファイルを確認するか、`crm-doctor runbook undo` を実行してください',
  },
  file: {
    en: 'its end is not recorded; check the file',
    ja: '完了の記録がありません。ファイルを確認してください',
  },
} as const satisfies Readonly<Record<string, Text>>;

export const unfinishedWord = ({ kind }: RunbookRecord): Text => {
  if (kind === 'run-started') return unfinishedWords.run;
  return kind === 'file-intended' ? unfinishedWords.file : unfinishedWords.change;
};

export const changeWords = (change: readonly Change[], language: Language): string =>
  change
    .map(({ path, from, to }) => `${path}: ${valueWord(from, 'from', language)} → ${valueWord(to, 'to', language)}`)
    .join(', ');

const causeWord = ({ cause, proof }: FoundCause): string => `${cause}${proof === 'proven' ? ' ✓' : ''}`;

/** What a record says, in parts; times, ids and tags stand around it. */
const partsOf = (record: RunbookRecord, language: Language): readonly (string | undefined)[] => {
  const word = kindWords[record.kind][language];
  switch (record.kind) {
    case 'run-started':
      return [record.run, record.command, record.target];
    case 'run-finished':
      return [
        record.run,
        record.command,
        record.target,
        statusWords[record.status]?.[language],
        record.durationMs === undefined ? undefined : formatMs(record.durationMs, language),
        record.causes.map(causeWord).join(', '),
      ];
    case 'note':
      return [record.run, record.text];
    case 'resolution':
      return [word, `${record.cause}: ${resolutionText(record)[language]}`];
    case 'change-intended':
    case 'change-done':
    case 'undo-intended':
    case 'undone':
      return [word, record.where, changeWords(record.change, language)];
    case 'file-intended':
    case 'file-written':
      return [word, record.where, record.by];
    case 'guide-step':
      return [word, record.step, record.says];
    case 'decision':
      return [word, `${record.question} → ${record.answer}`];
    case 'tagged':
      return [
        word,
        record.of,
        [...(record.add ?? []).map((tag) => `+#${tag}`), ...(record.remove ?? []).map((tag) => `-#${tag}`)].join(' '),
      ];
    case 'baseline-accepted':
      return [word, record.run, record.target, record.note];
    case 'bundle-made':
      return [word, record.run, record.id, record.file];
    case 'repaired':
      return [word, record.text];
  }
};

export const timeOf = ({ at }: Pick<RunbookRecord, 'at'>): string => at.slice(0, 19).replace('T', ' ');

/** In a list, so much of a record is enough; `show` has the whole. */
const longest = 1000;

/** A record as one line, without its time. */
export const wordsOf = ({ record, tags, unfinished }: Entry, language: Language): string => {
  const isRun = record.kind === 'run-started' || record.kind === 'run-finished';
  const marks = tags.length > 0 ? tags.map((tag) => `#${tag}`).join(' ') : undefined;
  const open = unfinished ? `(${unfinishedWord(record)[language]})` : undefined;
  return [isRun ? undefined : record.id, ...partsOf(record, language), marks, open].filter(Boolean).join('  ');
};

export const lineOf = (entry: Entry, language: Language): string => {
  const line = `${timeOf(entry.record)}  ${wordsOf(entry, language)}`;
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
};

/** What a server or a file said cannot command the terminal. */
export const shownOf = (text: string, ascii: boolean): string =>
  visible(ascii ? toAscii(text).replaceAll('✓', '*') : text);

/** Lines of records on the screen. */
export const writeLines = (lines: readonly string[], flags: CommonFlags, context: Context): void => {
  const { columns, ascii } = renderOptions(flags, context);
  for (const line of lines) {
    const [first = '', ...rest] = wrap(shownOf(line, ascii), columns - 2);
    context.io.out.write(`${first}\n`);
    for (const more of rest) context.io.out.write(`  ${more}\n`);
  }
};

/** An entry as data: the record, with the tags that it has now. */
export const dataOf = ({ record, tags, unfinished }: Entry): object => ({
  ...record,
  ...(tags.length > 0 ? { tags } : {}),
  ...(unfinished ? { unfinished } : {}),
});

export const sayBroken = (broken: number, { io, language }: Context): void => {
  if (broken === 0) return;
  const words = {
    en: `${broken} unreadable lines were passed over`,
    ja: `読み取れない行が ${broken} 行ありました`,
  };
  io.err.write(`crm-doctor: ${words[language]}\n`);
};

export const limitOf = (flags: { readonly limit?: string }): number => {
  const most = Number(flags.limit ?? 20);
  if (Number.isInteger(most) && most >= 1) return most;
  throw new UsageError({
    en: '--limit takes a whole number from 1',
    ja: '--limit には 1 以上の整数を指定してください',
  });
};
