import { formatMs } from '../../../i18n/format.ts';
import { valueWord } from '../../../i18n/value-word.ts';
import type { Change } from '../../../model/config.ts';
import type { Language, Text } from '../../../model/text.ts';
import { code, prose } from '../../../report/markdown-text.ts';
import { proofWords } from '../../../report/words.ts';
import type { FoundCause, RunbookRecord } from '../../../runbook/record.ts';
import type { Entry } from '../../../runbook/select.ts';
import { resolutionText } from '../../../runbook/solutions.ts';
import { kindWords, statusWords, unfinishedWord } from './lines.ts';

const words = {
  title: { en: 'Runbook', ja: '作業記録' },
  about: {
    en: 'What was found, tried, decided and solved, the latest day first. Times are UTC.',
    ja: '見つかった原因、試したこと、判断、解決の記録です。新しい日から順に並べています。時刻は UTC です。',
  },
  nothing: { en: 'Nothing is recorded.', ja: '記録はありません。' },
  found: { en: 'found', ja: '原因' },
  run: { en: 'run', ja: '実行' },
} as const satisfies Readonly<Record<string, Text>>;

/** A word about its thing: `changed: …`, `変更: …` in bold. */
const bold = (text: Text, language: Language): string => {
  const word = text[language];
  return `**${word.charAt(0).toUpperCase()}${word.slice(1)}**`;
};

const changesIn = (change: readonly Change[], language: Language): string =>
  change
    .map(
      ({ path, from, to }) =>
        `${code(path)}: ${code(valueWord(from, 'from', language))} → ${code(valueWord(to, 'to', language))}`,
    )
    .join(', ');

const causeLine = ({ cause, title, proof }: FoundCause, language: Language): string =>
  `  - ${words.found[language]}: ${[prose(title ?? ''), code(cause)].filter(Boolean).join(' ')} (${proofWords[proof][language]})`;

/** What a record says, and the lines that stand below it. */
const told = (record: RunbookRecord, language: Language): readonly [line: string, ...below: string[]] => {
  const kind = bold(kindWords[record.kind], language);
  switch (record.kind) {
    case 'run-started':
      return [`${kind} ${code(record.command)} ${code(record.target)}, ${words.run[language]} ${code(record.run)}`];
    case 'run-finished': {
      const verdict = statusWords[record.status]?.[language] ?? '';
      const took = record.durationMs === undefined ? '' : ` (${formatMs(record.durationMs, language)})`;
      const what = [record.command, record.target].flatMap((one) => (one ? code(one) : [])).join(' ');
      return [
        `${kind} ${what}: ${verdict}${took}, ${words.run[language]} ${code(record.run)}`,
        ...record.causes.map((cause) => causeLine(cause, language)),
      ];
    }
    case 'change-intended':
    case 'change-done':
    case 'undo-intended':
    case 'undone':
      return [`${kind} ${code(record.where)}: ${changesIn(record.change, language)}`];
    case 'file-intended':
    case 'file-written':
      return [`${kind} ${code(record.where)} (${code(record.by)})`];
    case 'note':
      return [`${kind}: ${prose(record.text)}${record.run === undefined ? '' : ` (${code(record.run)})`}`];
    case 'resolution':
      return [`${kind} ${code(record.cause)}: ${prose(resolutionText(record)[language])}`];
    case 'guide-step':
      return [`${kind} ${code(record.step)}: ${prose(record.says)}`];
    case 'decision':
      return [`${kind}: ${prose(record.question)} → ${prose(record.answer)}`];
    case 'baseline-accepted':
      return [`${kind} ${code(record.run)}${record.note === undefined ? '' : `: ${prose(record.note)}`}`];
    case 'bundle-made':
      return [`${kind} ${code(record.file)}, ${words.run[language]} ${code(record.run)}`];
    case 'tagged':
    case 'repaired':
      return [kind];
  }
};

/** What a person did or said is signed. */
const signed = new Set<RunbookRecord['kind']>([
  'note',
  'change-done',
  'undone',
  'decision',
  'file-written',
  'baseline-accepted',
]);

const itemOf = ({ record, tags, unfinished }: Entry, language: Language): string => {
  const [line, ...below] = told(record, language);
  const { user, host } = record.who;
  const byHand = signed.has(record.kind) || (record.kind === 'resolution' && !record.since);
  const who = byHand && user !== '' ? `, ${prose(`${user} (${host})`)}` : '';
  const marks = tags.map((tag) => ` ${code(`#${tag}`)}`).join('');
  const open = unfinished ? `, ${prose(unfinishedWord(record)[language])}` : '';
  return [`- ${record.at.slice(11, 16)} ${line}${who}${marks}${open}`, ...below].join('\n');
};

/** The beginning of the page. */
export const pageHead = (language: Language): string => `# ${words.title[language]}\n\n${words.about[language]}\n`;

export const emptyPage = (language: Language): string => `\n${words.nothing[language]}\n`;

/** A day with its records, the earliest first. */
export const daySection = (day: string, entries: readonly Entry[], language: Language): string =>
  `\n## ${day}\n\n${entries.map((entry) => itemOf(entry, language)).join('\n')}\n`;
