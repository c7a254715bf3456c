import { valueWord } from '../i18n/value-word.ts';
import type { Owner, Severity } from '../model/cause.ts';
import type { Change } from '../model/config.ts';
import type { Diagnosis, Report } from '../model/report.ts';
import type { Language } from '../model/text.ts';
import type { Finding } from '../model/workflow/finding.ts';
import { effectsOf } from './effect.ts';
import { placeOf, severityOf, toldFindings } from './findings.ts';
import { mailboxesOf, nameOf } from './grouping.ts';
import { confidenceWord, isClaimed, lastTime, proofWords } from './words.ts';

/** One thing that is wrong, as a person who takes the case over has to know it: a root cause, or a rule that definitions break. */
export interface Item {
  readonly code: string;
  readonly title: string;
  /** Which mailbox, CRM or comparison; empty where there is only one. */
  readonly where: string;
  readonly severity: Severity;
  readonly owner: Owner;
  readonly certainty: string;
  readonly explanation: string;
  readonly effects: readonly string[];
  readonly seen: readonly string[];
  /** Trials that were made, and what came of them. */
  readonly tried: readonly string[];
  /** What it is not, and what shows it. */
  readonly ruledOut: readonly string[];
  readonly steps: readonly string[];
  readonly change: readonly string[];
  readonly verify: string;
}

const lineOf = ({ check, target, says }: Diagnosis['evidence'][number]): string =>
  `${nameOf({ id: check, target })}: ${says}`;

const changeLine = (change: readonly Change[], language: Language): string =>
  change
    .map(({ path, from, to }) => `${path}: ${valueWord(from, 'from', language)} → ${valueWord(to, 'to', language)}`)
    .join(language === 'ja' ? '、' : ', ');

/** A trial that was not made is nothing that was tried. */
const triedOf = ({ proof: { status, says } }: Diagnosis, language: Language): readonly string[] =>
  status === 'not-tried' || says === '' ? [] : [`${proofWords[status][language]}: ${says}`];

const ruledOutOf = ({ ruledOut }: Diagnosis, language: Language): readonly string[] =>
  ruledOut.map((one) => {
    const because = lineOf(one);
    return { en: `It is not ${one.cause}: ${because}`, ja: `${one.cause} ではないことを確認: ${because}` }[language];
  });

const ofDiagnoses = (report: Report, language: Language): readonly Item[] => {
  const parts = mailboxesOf(report);
  return report.diagnoses.map((diagnosis): Item => {
    const { cause, title, mailbox, severity, confidence, explanation, fix, evidence, verify } = diagnosis;
    const checks = parts.find((part) => part.mailbox === mailbox)?.checks ?? [];
    return {
      code: cause,
      title,
      where: parts.length > 1 ? mailbox : '',
      severity,
      owner: fix.owner,
      certainty: isClaimed(diagnosis) ? confidenceWord(confidence)[language] : '',
      explanation,
      effects: effectsOf(diagnosis, checks, language),
      seen: evidence.map(lineOf),
      tried: [...triedOf(diagnosis, language), ...lastTime(diagnosis, language)],
      ruledOut: ruledOutOf(diagnosis, language),
      steps: fix.steps,
      change: [fix.change, ...fix.alternatives].filter((one) => one.length > 0).map((one) => changeLine(one, language)),
      verify,
    };
  });
};

const certain: Readonly<Record<Finding['confidence'], number>> = { certain: 1, likely: 0.7, heuristic: 0.5 };

/** The findings of one rule are one thing to mend, at several places. */
const ofFindings = (report: Report, language: Language): readonly Item[] => {
  const told = toldFindings(report, false);
  return [...new Set(told.map(({ rule }) => rule))].flatMap((rule): readonly Item[] => {
    const found = told.filter((one) => one.rule === rule);
    const [first] = found;
    if (!first) return [];
    const workflows = [...new Set(found.flatMap(({ workflow }) => (workflow === undefined ? [] : [workflow])))];
    return [
      {
        code: rule,
        title: first.title,
        where: '',
        severity: found.some(({ severity }) => severity === 'error') ? 'critical' : severityOf[first.severity],
        owner: 'crm-admin',
        certainty: confidenceWord(Math.max(...found.map(({ confidence }) => certain[confidence] ?? 0)))[language],
        explanation: '',
        effects:
          workflows.length === 0
            ? []
            : [{ en: `Workflows: ${workflows.join(', ')}`, ja: `ワークフロー: ${workflows.join('、')}` }[language]],
        seen: found.map((one) => `${placeOf(one)}: ${one.message}`),
        tried: [],
        ruledOut: [],
        steps: [...new Set(found.map(({ fix }) => fix.says))],
        change: [],
        verify: 'crm-doctor workflow',
      },
    ];
  });
};

const weight: Readonly<Record<Severity, number>> = { critical: 0, warning: 1, info: 2 };

/** Everything that a report names, the most important first. */
export const itemsOf = (report: Report, language: Language): readonly Item[] =>
  [...ofDiagnoses(report, language), ...ofFindings(report, language)].toSorted(
    (one, other) => weight[one.severity] - weight[other.severity],
  );
