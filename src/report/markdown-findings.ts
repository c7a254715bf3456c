import type { Report } from '../model/report.ts';
import type { Language, Text } from '../model/text.ts';
import type { Finding, RuleSeverity } from '../model/workflow/finding.ts';
import { elementOf, groupedFindings, kindWords, notRunGroups, placeOf, toldFindings } from './findings.ts';
import { code, prose } from './markdown-text.ts';
import { sampleStatusWords } from './simulation.ts';
import { labels } from './words.ts';

const severityWords: Readonly<Record<RuleSeverity, Text>> = {
  error: { en: 'Error', ja: 'エラー' },
  warning: { en: 'Warning', ja: '注意' },
  info: { en: 'Info', ja: '情報' },
};

const words = {
  changed: { en: 'Changed since', ja: '変更点（基準との比較）' },
  notRun: { en: 'Not looked at', ja: '確認していないもの' },
  simulation: { en: 'Dry run', ja: '模擬実行' },
} as const satisfies Readonly<Record<string, Text>>;

const colon = (language: Language): string => (language === 'ja' ? '：' : ': ');

const findingPart = (finding: Finding, language: Language): readonly string[] => {
  const { severity, title, rule, message, fix, source, also } = finding;
  const element = elementOf(finding);
  return [
    `### ${severityWords[severity][language]}${colon(language)}${prose(title)}`,
    '',
    [
      code(placeOf(finding)),
      ...(element === '' ? [] : [code(element)]),
      ...(finding.screen === undefined ? [] : [prose(finding.screen)]),
      code(rule),
    ].join(' · '),
    '',
    prose(message),
    '',
    ...(source ? [code(source.text.trim()), ''] : []),
    `**${labels.fix[language]}**${colon(language)}${prose(fix.says)}`,
    ...(also.length > 0
      ? ['', ...also.map(({ file, line, says }) => `- ${code(`${file}:${line}`)} ${prose(says)}`)]
      : []),
    '',
  ];
};

/** Findings of workflows by kind, what changed, what was not looked at, and what became of the samples. */
export const findingsPart = (report: Report, language: Language, verbose: boolean): readonly string[] => {
  if (report.findings === undefined) return [];
  const { baseline, notRun = [], simulation = [] } = report;
  return [
    ...(baseline && baseline.changes.length > 0
      ? [
          `## ${words.changed[language]} ${code(baseline.from)}`,
          '',
          ...baseline.changes.flatMap(({ workflow, says, file, line }) => [
            `- ${code(workflow)} ${code(`${file}:${line}`)}`,
            ...says.map((one) => `  - ${prose(one)}`),
          ]),
          '',
        ]
      : []),
    ...groupedFindings(toldFindings(report, verbose)).flatMap(({ kind, findings }) => [
      `## ${kindWords[kind][language]} (${findings.length})`,
      '',
      ...findings.flatMap((finding) => findingPart(finding, language)),
    ]),
    ...(simulation.length > 0
      ? [
          `## ${words.simulation[language]}`,
          '',
          ...simulation.map(({ name, status, because, failure }) => {
            const why = failure?.message ?? because ?? '';
            return `- ${code(name)} ${prose(sampleStatusWords[status][language])}${why === '' ? '' : `${colon(language)}${prose(why)}`}`;
          }),
          '',
        ]
      : []),
    ...(notRun.length > 0
      ? [
          `## ${words.notRun[language]}`,
          '',
          ...notRunGroups(notRun, language).map(
            ({ says, rules }) => `- ${prose(says)}${verbose ? ` (${rules.map(code).join(', ')})` : ''}`,
          ),
          '',
        ]
      : []),
  ];
};
