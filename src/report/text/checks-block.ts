import { formatMs, plural } from '../../i18n/format.ts';
import { width } from '../../i18n/width.ts';
import { wrap } from '../../i18n/wrap.ts';
import type { CheckReport, Report } from '../../model/report.ts';
import type { Text } from '../../model/text.ts';
import { noteOf } from '../check-note.ts';
import type { MailboxPart } from '../grouping.ts';
import { doesNotArise, idsOf, isOfWorkflows, nameOf, openChecks, skippedGroups, skippedWords } from '../grouping.ts';
import { statusWords } from '../words.ts';
import type { Page } from './page.ts';
import { below, headline, markOf } from './page.ts';

const passed = (count: number): Text => ({
  en: `${plural(count, 'check')} passed (--verbose lists them)`,
  ja: `${count} 項目（--verbose で一覧を表示）`,
});

/** What a fact offers to be read by a person: lines that are indented as they mean it. */
const shownLines = (check: CheckReport): readonly string[] =>
  check.evidence.flatMap(({ shown }) =>
    Array.isArray(shown) ? shown.filter((line): line is string => typeof line === 'string') : [],
  );

const notArisen = (ids: string): Text => ({
  en: `${ids}: nothing to check here (--verbose says why)`,
  ja: `${ids}: ここでは調べる対象がありません（--verbose で理由を表示）`,
});

/** One check in full: what was asked where, and what came of it. */
const checkLines = (page: Page, check: CheckReport, wordWidth: number, note?: Text): readonly string[] => {
  const { clean, say, measure, narrow, language, verbose, plain } = page;
  const mark = markOf(page, check.status, statusWords[check.status]);
  const indent = narrow ? 2 : width(mark.sign) + Math.max(wordWidth, width(mark.word)) + 3;
  const says = [check.summary, ...(note ? [say(note)] : [])].filter((text) => text.trim() !== '');
  if (plain) {
    const time = verbose ? ` (${formatMs(check.durationMs, language)})` : '';
    const head = `${mark.word}: ${clean([nameOf(check), ...says].join(': '))}${time}`;
    return [head, ...(verbose ? shownLines(check).map((line) => clean(line.trimStart())) : [])];
  }
  return [
    ...headline(page, {
      mark,
      title: clean(nameOf(check)),
      wordWidth,
      ...(verbose ? { aside: formatMs(check.durationMs, language) } : {}),
    }),
    ...says.flatMap((text) => below(wrap(clean(text), Math.max(2, measure - indent)), indent)),
    ...(verbose ? shownLines(check) : []).flatMap((line) => {
      // On a narrow page deep lines keep room for their words.
      const inner =
        indent + Math.min(Math.floor(Math.max(0, measure - indent) / 2), line.length - line.trimStart().length);
      return below(wrap(clean(line.trimStart()), Math.max(2, measure - inner)), inner);
    }),
  ];
};

const widest = ({ say }: Page, checks: readonly CheckReport[]): number =>
  Math.max(0, ...checks.map(({ status }) => width(say(statusWords[status]))));

/** The failed checks of one mailbox that no diagnosis rests on. */
export const failedBlock = (page: Page, part: MailboxPart, report: Report): readonly string[] =>
  openChecks(part)
    .filter(({ status }) => status === 'fail')
    .flatMap((check) => checkLines(page, check, 0, noteOf(check, part, report)));

/** Checks that could not tell for one reason (an interruption, a deadline) share a line. */
const openLines = (page: Page, checks: readonly CheckReport[], wordWidth: number): readonly string[] => {
  if (page.verbose) return checks.flatMap((check) => checkLines(page, check, wordWidth));
  const alike = (one: CheckReport, other: CheckReport) =>
    one.status === other.status && one.status === 'unknown' && one.summary === other.summary;
  return checks.flatMap((check, index) => {
    const group = checks.filter((other) => other === check || alike(check, other));
    if (group.length === 1) return checkLines(page, check, wordWidth);
    if (checks.findIndex((other) => alike(check, other)) !== index) return [];
    const title = page.clean(`${group.map(nameOf).join(', ')}: ${check.summary}`);
    return headline(page, { mark: markOf(page, 'unknown', statusWords.unknown), title, wordWidth, strong: false });
  });
};

/** What was skipped and why; questions that do not arise share a line, since nobody has to act on them. */
const skippedLines = ({ verbose, language, clean, say }: Page, checks: readonly CheckReport[]): readonly string[] => {
  const groups = skippedGroups(checks);
  const idle = verbose ? [] : groups.filter((group) => group.checks.every(doesNotArise));
  const told = idle.length > 1 ? groups.filter((group) => !idle.includes(group)) : groups;
  return [
    ...told.map((group) => clean(skippedWords(group, checks, language))),
    ...(idle.length > 1 ? [clean(say(notArisen(idsOf(idle.flatMap((group) => group.checks)))))] : []),
  ];
};

/** What else was seen in one mailbox, what was skipped and why, and the passes as a count. */
export const checksBlock = (page: Page, part: MailboxPart): readonly string[] => {
  const { say, verbose } = page;
  const { checks } = part;
  const open = openChecks(part);
  const others = open.filter(({ status }) => status !== 'fail');
  const passes = checks.filter(({ status }) => status === 'pass');
  const listed = verbose ? checks.filter((check) => check.status !== 'skip' && !open.includes(check)) : [];
  const skipped = checks.filter(({ status }) => status === 'skip');
  const wordWidth = widest(page, [...others, ...skipped, ...(verbose ? listed : passes)]);
  return [
    ...openLines(page, others, wordWidth),
    ...skippedLines(page, checks).flatMap((title) =>
      headline(page, { mark: markOf(page, 'skip', statusWords.skip), title, wordWidth, strong: false }),
    ),
    ...listed.flatMap((check) => checkLines(page, check, wordWidth)),
    ...(!verbose && passes.length > 0
      ? headline(page, {
          mark: markOf(page, 'pass', statusWords.pass),
          title: say(passed(passes.length)),
          wordWidth,
          strong: false,
        })
      : []),
  ];
};

/** Every check with what came of it, a line each: where the findings have told the rest. */
export const checkLinesBlock = (page: Page, report: Report): readonly string[] => {
  const checks = report.checks.filter(isOfWorkflows);
  return checks.flatMap((check) => checkLines(page, check, widest(page, checks)));
};
