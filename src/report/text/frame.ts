import { formatDate, formatMs, plural } from '../../i18n/format.ts';
import { pad, width } from '../../i18n/width.ts';
import { wrap } from '../../i18n/wrap.ts';
import type { Report } from '../../model/report.ts';
import type { MailboxPart } from '../grouping.ts';
import { headingOf } from '../grouping.ts';
import type { Tone } from '../verdict.ts';
import { interruptionOf, verdictOf } from '../verdict.ts';
import { isClaimed, labels, severityWords, statusWords } from '../words.ts';
import type { Mark, Page } from './page.ts';
import { apart, hanging, headline, markOf } from './page.ts';

/** Command and target on the left, the size of the run on the right. */
export const header = (page: Page, { run, checks }: Report): readonly string[] => {
  const { clean, language, ink, measure, plain, gap } = page;
  const left = clean(['crm-doctor', run.command].join(' ')) + (run.target === '' ? '' : `${gap}${clean(run.target)}`);
  const time = formatMs(run.durationMs, language);
  if (checks.length === 0) return wrap(left, measure).map((line) => ink.bold(line));
  const size = language === 'ja' ? `検査 ${checks.length} 項目、${time}` : `${plural(checks.length, 'check')}, ${time}`;
  if (plain) return [left, size];
  const [first = '', ...rest] = apart(left, size, measure, (text) => ink.dim(text));
  return [ink.bold(first), ...rest];
};

export const interruption = (page: Page, report: Report): readonly string[] => {
  const says = interruptionOf(report, page.language);
  if (says === undefined) return [];
  return hanging(`${page.signs.warn} `, says, page.measure).map((line) => page.ink.yellow(line));
};

/** What kept the run from starting, with the place in the file as editors take it. */
export const errorBlock = (page: Page, { error }: Report): readonly string[] => {
  if (!error) return [];
  const { clean, language } = page;
  const place = [error.file, error.line, error.column].filter((part) => part !== undefined).join(':');
  const mark: Mark = markOf(page, 'error', language === 'ja' ? { en: '', ja: 'エラー' } : statusWords.error);
  if (place === '') return headline(page, { mark, title: clean(error.message), strong: false });
  const indent = ' '.repeat(page.narrow ? 2 : width(mark.sign) + width(mark.word) + 3);
  return [...headline(page, { mark, title: clean(place) }), ...hanging(indent, clean(error.message), page.measure)];
};

const partMark = (page: Page, { checks, diagnoses }: MailboxPart): Mark => {
  const has = (status: string) => checks.some((check) => check.status === status);
  if (has('fail')) return markOf(page, 'fail', statusWords.fail);
  if (has('error')) return markOf(page, 'error', statusWords.error);
  if (has('unknown')) return markOf(page, 'unknown', statusWords.unknown);
  if (has('warn')) return markOf(page, 'warn', statusWords.warn);
  if (!has('pass') && has('skip')) return markOf(page, 'skip', statusWords.skip);
  return diagnoses.length > 0 ? markOf(page, 'info', severityWords.info) : markOf(page, 'pass', statusWords.pass);
};

/** Several mailboxes at a glance: which are ill, and of what. */
export const overview = (page: Page, parts: readonly MailboxPart[]): readonly string[] => {
  const marks = parts.map((part) => partMark(page, part));
  const wordWidth = Math.max(...marks.map(({ word }) => width(word)));
  const names = parts.map((part) => {
    const { kind, name } = headingOf(part);
    return name === '' ? page.say(kind) : page.clean(name);
  });
  const nameWidth = Math.max(...names.map(width));
  return parts.flatMap(({ diagnoses }, index) => {
    const mark = marks[index];
    const name = names[index];
    if (!mark || name === undefined) return [];
    const causes = page.clean([...new Set(diagnoses.map(({ cause }) => cause))].join(', '));
    const title =
      causes === '' ? name : `${page.narrow || page.plain ? name : pad(name, nameWidth)}${page.gap}${causes}`;
    return headline(page, { mark, title, wordWidth, strong: false });
  });
};

export const mailboxHeading = ({ say, clean, ink, columns, gap }: Page, mailbox: string): readonly string[] => {
  const { kind, name } = headingOf({ mailbox });
  return wrap(name === '' ? say(kind) : `${say(kind)}${gap}${clean(name)}`, columns).map((line) =>
    ink.bold.underline(line),
  );
};

export const preventionBlock = (page: Page, { prevention }: Report): readonly string[] => {
  if (prevention.length === 0) return [];
  const { say, clean, language, measure, ink, signs } = page;
  const dueOf = (due: string): string =>
    language === 'ja' ? `${formatDate(due, 'ja')}まで: ` : `by ${formatDate(due, 'en')}: `;
  return [
    ...wrap(say(labels.prevention), measure).map((line) => ink.bold(line)),
    ...prevention.flatMap(({ due, says }) =>
      hanging(`  ${signs.skip} `, clean((due === undefined ? '' : dueOf(due)) + says), measure),
    ),
  ];
};

const tones = { good: 'green', doubtful: 'yellow', bad: 'red' } as const satisfies Record<Tone, string>;

const causesOf = (page: Page, { diagnoses }: Report): string => {
  const causes = [...new Set(diagnoses.filter(isClaimed).map(({ cause }) => cause))].map(page.clean);
  if (causes.length === 0) return '';
  return `${page.say(labels.cause).toLowerCase()}: ${causes.join(', ')}`;
};

/** Short parts side by side, each kept whole where a line can hold it. */
const flow = (parts: readonly string[], columns: number): readonly string[] => {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    const gap = last === undefined || last.endsWith('、') ? '' : last.endsWith(',') ? ' ' : '  ';
    const joined = `${last ?? ''}${gap}${part}`;
    if (width(joined) <= columns) lines.splice(-1, 1, joined);
    else lines.push(...wrap(part, columns));
  }
  return lines;
};

/** The last words: whether all is well, how many of what, the exit code, and where the report lies. */
export const verdictLines = (
  page: Page,
  report: Report,
  { reportPath, causes }: { readonly reportPath?: string | undefined; readonly causes: boolean },
): readonly string[] => {
  const { columns, clean, say, ink, language } = page;
  const { word, counts, tone } = verdictOf(report, language);
  const exit = `${say(labels.exit)} ${report.exitCode}`;
  const where = reportPath === undefined ? '' : `${say(labels.report)}: ${clean(reportPath)}`;
  const parts = [word, ...counts.split(/(?<=、)|(?<=,) /), ...(causes ? [causesOf(page, report)] : []), exit];
  const told = parts.filter((part) => part !== '').map((part) => part.trim());
  if (page.plain)
    return [...(where === '' ? [] : [where]), told.map((part) => part.replace(/[、,]$/, '')).join(page.gap)];
  const verdict = flow(told, columns);
  const paint = (text: string) =>
    text.startsWith(word) ? ink[tones[tone]].bold(word) + text.slice(word.length) : text;
  const lines = verdict.map(paint);
  if (where === '') return lines;
  const oneLine = `${verdict.join('  ')}  ${where}`;
  if (width(oneLine) <= columns) return [paint(oneLine)];
  // A path that is broken over lines cannot be copied; it gets a line of its own, and the verdict stays the last one.
  return [...wrap(where, columns).map((line) => ink.dim(line)), ...lines];
};
