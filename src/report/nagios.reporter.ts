import { plural } from '../i18n/format.ts';
import { visible } from '../i18n/visible.ts';
import type { CheckReport, Report } from '../model/report.ts';
import type { Language } from '../model/text.ts';
import { withoutCommands } from './ci-commands.ts';
import { clipped } from './clipped.ts';
import { comparisonsOf, nameOfComparison } from './comparison/classes.ts';
import { measuresOf } from './comparison/measures.ts';
import { plainComparison } from './comparison/plain.ts';
import { mailboxesOf, nameOf, openChecks } from './grouping.ts';
import { inside } from './inside.ts';
import { numbered } from './numbered.ts';
import type { Reporter } from './reporter.ts';
import { interruptionOf } from './verdict.ts';
import { ownerWords } from './words.ts';

const states = ['OK', 'WARNING', 'CRITICAL', 'UNKNOWN'] as const;

/** The monitoring convention: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN. */
const exitCode = ({ status, run }: Report): 0 | 1 | 2 | 3 => {
  switch (status) {
    case 'fail':
      return 2;
    case 'unknown':
    case 'error':
      return 3;
    case 'warn':
      return run.interrupted ? 3 : 1;
    case 'pass':
      return run.interrupted ? 3 : 0;
  }
};

/** Of the sentence that is shown in lists and sent to telephones, of a line below it, and of a label. */
const longest = { first: 240, line: 1000, label: 120 } as const;

// A bar begins the performance data, wherever it stands.
const words = (text: string, most: number = longest.line): string =>
  visible(clipped(text, most)).replace(/\|/g, '/').trim();

const headline = (report: Report, language: Language): string => {
  const { summary, checks, diagnoses, error } = report;
  const [first] = diagnoses;
  const interrupted = interruptionOf(report, language);
  if (error) return error.message;
  if (interrupted !== undefined) return interrupted;
  const worst = openChecks({ mailbox: '', checks, diagnoses })[0];
  const why = first ? `${first.title} [${first.cause}]` : worst ? `${nameOf(worst)}: ${worst.summary}` : '';
  const of = checks.length;
  const count = (number: number, en: string, ja: string) =>
    language === 'ja' ? `${of} 項目のうち ${number} 項目が${ja}` : `${number} of ${of} checks ${en}`;
  const told = (() => {
    switch (exitCode(report)) {
      case 0:
        return language === 'ja' ? `${summary.pass} 項目が正常` : `${summary.pass} checks passed`;
      case 1:
        return count(summary.warn, 'with warnings', '注意');
      case 2:
        return count(summary.fail, 'failed', '異常');
      case 3:
        return count(summary.unknown + summary.error, 'could not be checked', '未確認');
    }
  })();
  return why === '' ? told : `${told}: ${why}`;
};

const seconds = (ms: number): string => (Number.isFinite(ms) ? Math.max(0, ms) / 1000 : 0).toFixed(3);

const label = (text: string): string => `'${words(text).replace(/=/g, '-').replace(/'/g, "''")}'`;

const day = 86_400_000;

/** Numbers that a monitoring system draws: days left of the certificate, bytes of the mailbox. */
const measured = (check: CheckReport, name: string, startedAt: string): readonly string[] =>
  check.evidence.flatMap((fact) => {
    const notAfter = inside(fact, 'handshake', 'chain', 0, 'notAfter');
    const [used, limit] = [inside(fact, 'storage', 'used'), inside(fact, 'storage', 'limit')];
    const days =
      typeof notAfter === 'string' ? Math.floor((Date.parse(notAfter) - Date.parse(startedAt)) / day) : Number.NaN;
    return [
      ...(Number.isNaN(days) ? [] : [`${label(`cert_days ${name}`)}=${days};21:;0:`]),
      ...(typeof used === 'number' && typeof limit === 'number'
        ? [`${label(`used ${name}`)}=${used}B;;;0;${limit}`]
        : []),
    ];
  });

/** Records by class; under the name of their comparison where there are several. */
const compared = (report: Report): readonly string[] => {
  const all = comparisonsOf(report);
  const names = numbered(all.map((one) => clipped(nameOfComparison(one), longest.label)));
  return all.flatMap((comparison, index) =>
    Object.entries(measuresOf(comparison)).map(
      ([measure, value]) => `${all.length > 1 ? label(`${names[index] ?? ''} ${measure}`) : measure}=${value};;;0`,
    ),
  );
};

/** What was run, and by which name its numbers are known. */
const ranIn = (report: Report): readonly (readonly [CheckReport, string])[] => {
  const several = mailboxesOf(report).length > 1;
  const ran = report.checks.filter(({ status }) => status !== 'skip');
  const names = ran.map((check) => (several ? `${check.mailbox} ${nameOf(check)}` : nameOf(check)));
  const short = numbered(names.map((name) => clipped(name, longest.label)));
  return ran.map((check, index) => [check, short[index] ?? check.id] as const);
};

/** The numbers of the run, certificates and mailboxes; they stand on the first line. */
const performance = (report: Report): readonly string[] => {
  const { summary, run } = report;
  return [
    `time=${seconds(run.durationMs)}s;;;0`,
    `passed=${summary.pass};;;0`,
    `warnings=${summary.warn};;;0`,
    `failed=${summary.fail};;;0`,
    `unknown=${summary.unknown + summary.error};;;0`,
    ...compared(report),
    ...ranIn(report).flatMap(([check, name]) => measured(check, name, run.startedAt)),
  ];
};

/** How long each check took: the last lines, or the first one would be longer than some agents take. */
const times = (report: Report): readonly string[] =>
  ranIn(report).map(([check, name]) => `${label(name)}=${seconds(check.durationMs)}s;;;0`);

const details = (report: Report, language: Language): readonly string[] => [
  ...report.diagnoses.flatMap(({ title, cause, explanation, fix, verify }) => [
    `${title} [${cause}]: ${explanation} (${ownerWords[fix.owner][language]}; ${verify})`,
  ]),
  ...mailboxesOf(report).flatMap((part) => openChecks(part).map((check) => `${nameOf(check)}: ${check.summary}`)),
  ...comparisonsOf(report).flatMap((comparison) => plainComparison(comparison, language)),
];

/** A plugin's output: state, sentence and the main numbers; the long text; the times of the checks. */
export const nagiosReporter: Reporter = {
  name: 'nagios',
  exitCode,
  render: (report, { language, quiet }) => {
    const name = words(report.run.command, longest.label).toUpperCase();
    const says = words(headline(report, language), longest.first);
    const first = `${name} ${states[exitCode(report)]} - ${says} | ${performance(report).join(' ')}`;
    if (quiet) return withoutCommands(`${first}\n`);
    const counts = { en: plural(report.checks.length, 'check'), ja: `検査 ${report.checks.length} 項目` }[language];
    const lines = details(report, language).map((line) => words(line));
    const [time, ...others] = times(report);
    const last = lines.at(-1) ?? counts;
    const end = time === undefined ? lines : [...lines.slice(0, -1), `${last} | ${time}`, ...others];
    return withoutCommands(`${[first, ...end].join('\n')}\n`);
  },
};
