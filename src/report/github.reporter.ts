import { visible } from '../i18n/visible.ts';
import type { Severity } from '../model/cause.ts';
import type { Report } from '../model/report.ts';
import type { Language } from '../model/text.ts';
import { comparisonsOf, nameOfComparison } from './comparison/classes.ts';
import { fileOf } from './comparison/measures.ts';
import { plainComparison } from './comparison/plain.ts';
import { rejectedText } from './comparison/sides.ts';
import { comparisonWords } from './comparison/words.ts';
import { elementOf, severityOf, toldFindings } from './findings.ts';
import { isOfWorkflows, mailboxesOf, nameOf, openChecks } from './grouping.ts';
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

const commandOf = ({ level, title, lines, at = {} }: Annotation): string => {
  const properties = Object.entries({ ...at, title })
    .map(([key, value]) => `${key}=${escapedProperty(visible(String(value)))}`)
    .join(',');
  return `::${level} ${properties}::${escapedData(lines.map(visible).join('\n'))}`;
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
    ...findingAnnotations(report),
    ...comparisonAnnotations(report, language),
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
          lines: [check.summary],
        })),
    ]),
  ];
  // GitHub shows only the first ten of a level and step.
  const rank = { error: 0, warning: 1, notice: 2 } as const satisfies Record<Level, number>;
  return all.toSorted((left, right) => rank[left.level] - rank[right.level]);
};

/** Annotations of GitHub Actions, then the verdict as a line of the log. */
export const githubReporter: Reporter = {
  name: 'github',
  render: (report, { language, quiet }) => {
    const { word, counts } = verdictOf(report, language);
    const verdict = ['crm-doctor', word, counts, `${labels.exit[language]} ${report.exitCode}`].filter(
      (part) => part !== '',
    );
    const commands = quiet ? [] : annotationsOf(report, language).map(commandOf);
    return `${[...commands, verdict.join('  ')].join('\n')}\n`;
  },
};
