import { formatDate, formatMs } from '../i18n/format.ts';
import { valueWord } from '../i18n/value-word.ts';
import type { Change } from '../model/config.ts';
import type { CheckReport, Diagnosis, Report, TrendReport } from '../model/report.ts';
import type { Language, Text } from '../model/text.ts';
import { noteOf } from './check-note.ts';
import { withoutCommands } from './ci-commands.ts';
import { driftTold } from './drift.ts';
import { effectsOf } from './effect.ts';
import type { MailboxPart } from './grouping.ts';
import { headingOf, mailboxesOf, nameOf } from './grouping.ts';
import { exampleNote, groupNames, groupWords, mergeWords, spanWords, withExamples } from './many.ts';
import { comparisonParts } from './markdown-comparison.ts';
import { findingsPart } from './markdown-findings.ts';
import { code, prose, tableRow } from './markdown-text.ts';
import type { Reporter } from './reporter.ts';
import { figureIn, forecastIn, movingTrends, rateIn, trendName, trendWords } from './trends.ts';
import { vantageWords } from './vantage.ts';
import { interruptionOf, verdictOf } from './verdict.ts';
import {
  confidenceWord,
  isClaimed,
  labels,
  lastTime,
  ownerWords,
  proofWords,
  severityWords,
  statusWords,
} from './words.ts';

const words = {
  status: { en: 'Status', ja: '結果' },
  check: { en: 'Check', ja: '検査' },
  target: { en: 'Target', ja: '対象' },
  says: { en: 'What was seen', ja: '内容' },
  time: { en: 'Time', ja: '時間' },
  setting: { en: 'Setting', ja: '設定' },
  before: { en: 'Before', ja: '変更前' },
  after: { en: 'After', ja: '変更後' },
} as const satisfies Readonly<Record<string, Text>>;

const colon = (language: Language): string => (language === 'ja' ? '：' : ': ');

const changeTable = (change: readonly Change[], language: Language): readonly string[] => [
  '',
  tableRow([words.setting[language], words.before[language], words.after[language]]),
  tableRow(['---', '---', '---']),
  ...change.map(({ path, from, to }) =>
    tableRow([code(path), code(valueWord(from, 'from', language)), code(valueWord(to, 'to', language))]),
  ),
];

const diagnosisPart = (diagnosis: Diagnosis, checks: readonly CheckReport[], language: Language): readonly string[] => {
  const { severity, title, cause, explanation, confidence, evidence, fix, proof, verify } = diagnosis;
  const sure = isClaimed(diagnosis) ? `${language === 'ja' ? '、' : ', '}${confidenceWord(confidence)[language]}` : '';
  const strong = (text: Text) => `**${text[language]}**${colon(language)}`;
  const says = proof.says.trim() === '' ? '' : colon(language) + prose(proof.says);
  return [
    `## ${severityWords[severity][language]}${colon(language)}${prose(title)}`,
    '',
    strong(labels.cause) + prose(explanation),
    '',
    ...effectsOf(diagnosis, checks, language).map((effect) => `- ${strong(labels.affects)}${prose(effect)}`),
    `- ID${colon(language)}${code(cause)}${sure}`,
    ...evidence.map((seen) => {
      const where = code(nameOf({ id: seen.check, target: seen.target }));
      return `- ${strong(labels.evidence)}${where}${colon(language)}${code(seen.says)}`;
    }),
    '',
    `${strong(labels.fix)}${labels.who[language]}${colon(language)}${ownerWords[fix.owner][language]}`,
    ...(fix.steps.length > 0 ? ['', ...fix.steps.map((step, index) => `${index + 1}. ${prose(step)}`)] : []),
    ...(fix.change.length > 0 ? changeTable(fix.change, language) : []),
    ...fix.alternatives.flatMap((other) => ['', labels.or[language], ...changeTable(other, language)]),
    '',
    ...(isClaimed(diagnosis) ? [`${strong(labels.proof)}${proofWords[proof.status][language]}${says}`, ''] : []),
    strong(labels.verify) + code(verify),
    '',
    ...lastTime(diagnosis, language).flatMap((says) => [prose(says), '']),
  ];
};

const saysOf = (check: CheckReport, part: MailboxPart, report: Report, language: Language): string => {
  const note = noteOf(check, part, report);
  return [prose(check.summary), ...(note ? [`*${prose(note[language])}*`] : [])].join(' ');
};

const checksTable = (part: MailboxPart, report: Report, language: Language): readonly string[] => [
  tableRow([words.status, words.check, words.target, words.says, words.time].map((text) => text[language])),
  tableRow(['---', '---', '---', '---', '---:']),
  ...part.checks.map((check) =>
    tableRow([
      statusWords[check.status][language],
      code(check.id),
      code(check.target),
      saysOf(check, part, report, language),
      formatMs(check.durationMs, language),
    ]),
  ),
  '',
];

const errorPart = ({ error }: Report): readonly string[] => {
  if (!error) return [];
  const place = [error.file, error.line, error.column].filter((part) => part !== undefined).join(':');
  return [place === '' ? prose(error.message) : `${code(place)} ${prose(error.message)}`, ''];
};

const headed = (mailbox: string, language: Language): string => {
  const { kind, name } = headingOf({ mailbox });
  return name === '' ? kind[language] : `${kind[language]} ${code(name)}`;
};

const bodyOf = (whole: Report, language: Language, verbose: boolean): readonly string[] => {
  const report = verbose ? whole : withExamples(whole);
  const parts = mailboxesOf(report);
  return parts.flatMap((part) => [
    ...(parts.length > 1 ? [`# ${headed(part.mailbox, language)}`, ''] : []),
    ...part.diagnoses.flatMap((diagnosis) => diagnosisPart(diagnosis, part.checks, language)),
    ...(part.checks.length > 0 ? [`## ${labels.checks[language]}`, '', ...checksTable(part, report, language)] : []),
  ]);
};

const manyPart = ({ many }: Report, language: Language, verbose: boolean): readonly string[] => {
  if (!many) return [];
  return [
    prose(spanWords(many, language)),
    '',
    ...mergeWords(many, language).flatMap((says) => [`**${prose(says)}**`, '']),
    ...many.groups.map(
      (group) =>
        `- **${prose(groupWords(group, language))}** ${code(group.cause ?? group.check ?? '')}${colon(language)}${prose(groupNames(group, language, verbose))}`,
    ),
    '',
    ...(verbose || many.groups.length === 0 ? [] : [exampleNote[language], '']),
  ];
};

const preventionPart = ({ prevention }: Report, language: Language): readonly string[] => {
  if (prevention.length === 0) return [];
  const dueOf = (due: string | undefined) =>
    due === undefined ? '' : `${prose(formatDate(due, language))}${colon(language)}`;
  return [
    `## ${labels.prevention[language]}`,
    '',
    ...prevention.map(({ due, says }) => `- ${dueOf(due)}${prose(says)}`),
    '',
  ];
};

const driftPart = (report: Report, language: Language): readonly string[] => {
  const told = driftTold(report, language);
  if (!told) return [];
  return [
    `## ${told.title}`,
    '',
    ...told.changes.map(
      ({ severity, says }) => `- ${severityWords[severity][language]}${colon(language)}${prose(says)}`,
    ),
    ...(told.more === undefined ? [] : [`- ${told.more}`]),
    '',
    ...(told.advice === undefined ? [] : [`${told.advice.before}${code(told.advice.command)}`, '']),
  ];
};

const trendsPart = (report: Report, language: Language): readonly string[] => {
  const moving = movingTrends(report);
  if (moving.length === 0) return [];
  const { title, figure, first, last, rate, forecast } = trendWords;
  const row = (trend: TrendReport): string => {
    const ends = [trend.points[0], trend.points.at(-1)].map((point) =>
      point ? figureIn(trend, point.value, language) : '',
    );
    return tableRow(
      [trendName(trend, report), ...ends, rateIn(trend, language), forecastIn(trend, language)].map(prose),
    );
  };
  return [
    `## ${title[language]}`,
    '',
    tableRow([figure, first, last, rate, forecast].map((word) => word[language])),
    tableRow(['---', '---:', '---:', '---:', '---']),
    ...moving.map(row),
    '',
  ];
};

const vantagePart = (report: Report, language: Language): readonly string[] => {
  const about = vantageWords(report, language);
  if (!about) return [];
  const machine = about.machine === undefined ? '' : ` (${prose(about.machine)})`;
  return [
    `## ${prose(about.title)}`,
    '',
    prose(about.says),
    '',
    ...about.differences.map((says) => `- ${prose(says)}`),
    ...about.causes.map(
      ({ where, cause, title }) => `- ${prose(where)}${colon(language)}${prose(title)} ${code(cause)}`,
    ),
    ...(about.differences.length + about.causes.length > 0 ? [''] : []),
    prose(about.note) + machine,
    '',
  ];
};

/** For tickets and job summaries (GitHub, GitLab): no raw HTML, server words only as code. */
export const markdownReporter: Reporter = {
  name: 'markdown',
  render: (report, { language, quiet, verbose }) => {
    const { run, tool, exitCode } = report;
    const { word, counts } = verdictOf(report, language);
    const verdict = [`**${word}**`, counts, `${labels.exit[language]} ${exitCode}`].filter((part) => part !== '');
    const interrupted = interruptionOf(report, language);
    const lines = [
      `# crm-doctor ${prose(run.command)} ${code(run.target)}`.trim(),
      '',
      verdict.join(language === 'ja' ? '　' : ' · '),
      '',
      ...(interrupted === undefined ? [] : [interrupted, '']),
      ...errorPart(report),
      ...(quiet
        ? []
        : [
            ...findingsPart(report, language, verbose),
            ...manyPart(report, language, verbose),
            ...bodyOf(report, language, verbose),
            ...comparisonParts(report, language, verbose),
            ...vantagePart(report, language),
            ...driftPart(report, language),
            ...trendsPart(report, language),
            ...preventionPart(report, language),
          ]),
      `${prose(run.id)}, ${prose(run.startedAt)}, ${formatMs(run.durationMs, language)}, crm-doctor ${prose(tool.version)}`,
    ];
    return withoutCommands(`${lines.join('\n')}\n`);
  },
};
