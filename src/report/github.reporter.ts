import { plural } from '../i18n/format.ts';
import { visible } from '../i18n/visible.ts';
import type { Severity } from '../model/cause.ts';
import type { Report } from '../model/report.ts';
import type { Language, Text } from '../model/text.ts';
import { noteOf } from './check-note.ts';
import { withoutCommands } from './ci-commands.ts';
import { clipped } from './clipped.ts';
import { comparisonsOf, nameOfComparison } from './comparison/classes.ts';
import { fileOf } from './comparison/measures.ts';
import { plainComparison } from './comparison/plain.ts';
import { rejectedText } from './comparison/sides.ts';
import { comparisonWords } from './comparison/words.ts';
import { elementOf, severityOf, toldFindings } from './findings.ts';
import { isOfWorkflows, mailboxesOf, nameOf, openChecks } from './grouping.ts';
import { shortened } from './job-summary.ts';
import { markdownReporter } from './markdown.reporter.ts';
import { plainDiagnosis } from './plain.ts';
import type { Reporter } from './reporter.ts';
import { verdictOf } from './verdict.ts';
import { labels } from './words.ts';

const escapedData = (text: string): string => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
const escapedProperty = (text: string): string => escapedData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');

type Level = 'error' | 'warning' | 'notice';

interface Annotation {
  readonly level: Level;
  readonly title: string;
  readonly lines: readonly string[];
  readonly at?: Readonly<Record<string, string | number>>;
}

/** Of a line and of a title; GitHub drops an annotation of 64 KiB. */
const longest = { line: 2000, title: 250 } as const;
const mostLines = 25;

const shown = (text: string, most: number = longest.line): string => visible(clipped(text, most));

const commandOf = ({ level, title, lines, at = {} }: Annotation): string => {
  const properties = Object.entries({ ...at, title: clipped(title, longest.title) })
    .map(([key, value]) => `${key}=${escapedProperty(shown(String(value)))}`)
    .join(',');
  const told = lines.slice(0, mostLines).map((line) => shown(line));
  return `::${level} ${properties}::${escapedData(told.join('\n'))}`;
};

/** As a line of the log, which is no command. */
const lineOf = ({ title, lines: [first = ''], at = {} }: Annotation): string => {
  const place = ['file', 'line', 'col'].flatMap((key) => at[key] ?? []).join(':');
  return withoutCommands(
    `  ${[place, title, first]
      .filter((part) => part !== '')
      .map((part) => shown(part))
      .join(': ')}`,
  );
};

const levels: Readonly<Record<Severity, Level>> = { critical: 'error', warning: 'warning', info: 'notice' };

const errorAnnotation = ({ error }: Report): readonly Annotation[] => {
  if (!error) return [];
  const { message, file, line, column } = error;
  const at = {
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { col: column }),
  };
  return [{ level: 'error', title: 'crm-doctor', lines: [message], at }];
};

const findingAnnotations = (report: Report): readonly Annotation[] =>
  toldFindings(report, false).map((finding) => {
    const { file, line, column, endLine, endColumn, title, message, fix } = finding;
    const element = elementOf(finding);
    return {
      level: levels[severityOf[finding.severity]],
      title: `${finding.rule}: ${title}`,
      lines: [element === '' ? message : `${element}: ${message}`, fix.says],
      at: {
        file,
        line,
        col: column,
        ...(endLine === undefined ? {} : { endLine }),
        // GitHub takes the end column only of a finding within one line.
        ...(endLine === line && endColumn !== undefined ? { endColumn } : {}),
      },
    };
  });

/** Records that are none at their lines, and each comparison in a few lines. */
const comparisonAnnotations = (report: Report, language: Language): readonly Annotation[] =>
  comparisonsOf(report).flatMap((comparison) => {
    const title = `${comparisonWords.title[language]}: ${nameOfComparison(comparison)}`;
    const rejected = (['left', 'right'] as const).flatMap((side) => {
      const records = comparison.examples[side === 'left' ? 'rejectedLeft' : 'rejectedRight'];
      return records.map((record): Annotation => {
        const file = record.file ?? fileOf(comparison[side]);
        return {
          level: 'warning',
          title,
          lines: [rejectedText(record, language)],
          at: {
            ...(file === undefined ? {} : { file }),
            ...(file === undefined || record.line === undefined ? {} : { line: record.line }),
          },
        };
      });
    });
    return [...rejected, { level: 'notice', title, lines: plainComparison(comparison, language) }];
  });

const annotationsOf = (report: Report, language: Language): readonly Annotation[] => {
  const parts = mailboxesOf(report);
  const inMailbox = (mailbox: string, title: string) =>
    parts.length > 1 && mailbox !== '' ? `${mailbox}: ${title}` : title;
  const all = [
    ...errorAnnotation(report),
    ...parts.flatMap((part) => [
      ...part.diagnoses.map((diagnosis) => ({
        level: levels[diagnosis.severity],
        title: inMailbox(part.mailbox, `${diagnosis.cause}: ${diagnosis.title}`),
        lines: plainDiagnosis(diagnosis, language),
      })),
      // What the findings have told is not told again by the check that found them.
      ...openChecks(part)
        .filter((check) => !isOfWorkflows(check) || (check.status !== 'fail' && check.status !== 'warn'))
        .map((check) => ({
          level: check.status === 'fail' || check.status === 'error' ? ('error' as const) : ('warning' as const),
          title: inMailbox(part.mailbox, nameOf(check)),
          lines: [check.summary, ...textIn(noteOf(check, part, report), language)],
        })),
    ]),
    // Causes before single records: only the first ten of a level are shown.
    ...findingAnnotations(report),
    ...comparisonAnnotations(report, language),
  ];
  return all;
};

const textIn = (text: Text | undefined, language: Language): readonly string[] => (text ? [text[language]] : []);

const levelsInOrder: readonly Level[] = ['error', 'warning', 'notice'];

/** GitHub shows the first ten of a level and step, and says nothing of the others. */
const mostOfLevel = 10;

const moreWords: Readonly<Record<Level, (count: number) => Text>> = {
  error: (count) => ({ en: plural(count, 'more error'), ja: `ほかのエラー ${count} 件` }),
  warning: (count) => ({ en: plural(count, 'more warning'), ja: `ほかの警告 ${count} 件` }),
  notice: (count) => ({ en: plural(count, 'more notice'), ja: `ほかの通知 ${count} 件` }),
};

/** The first of a level as annotations, the last of which says how many more there are; those in a group of the log. */
const commandsOf = (all: readonly Annotation[], level: Level, language: Language): readonly string[] => {
  const mine = all.filter((one) => one.level === level);
  if (mine.length <= mostOfLevel) return mine.map(commandOf);
  const rest = mine.slice(mostOfLevel - 1);
  const more = moreWords[level](rest.length)[language];
  const where = {
    en: 'In the log of this step and in the job summary.',
    ja: 'このステップのログとジョブの要約にあります。',
  };
  return [
    ...mine.slice(0, mostOfLevel - 1).map(commandOf),
    commandOf({ level, title: `crm-doctor: ${more}`, lines: [where[language]] }),
    `::group::${more}`,
    ...rest.map(lineOf),
    '::endgroup::',
  ];
};

/** Annotations of GitHub Actions, then the verdict as a line of the log; beside them Markdown for the page of the job. */
export const githubReporter: Reporter = {
  name: 'github',
  render: (report, { language, quiet }) => {
    const { word, counts } = verdictOf(report, language);
    const verdict = ['crm-doctor', word, counts, `${labels.exit[language]} ${report.exitCode}`].filter(
      (part) => part !== '',
    );
    const all = quiet ? [] : annotationsOf(report, language);
    const commands = levelsInOrder.flatMap((level) => commandsOf(all, level, language));
    return `${[...commands, verdict.join('  ')].join('\n')}\n`;
  },
  jobSummary: (report, options, room) => shortened(markdownReporter.render(report, options), room, options.language),
};
