import type { Owner } from '../model/cause.ts';
import type { Change } from '../model/config.ts';
import type { CheckReport, CheckStatus, Diagnosis, Report } from '../model/report.ts';
import type { Language } from '../model/text.ts';
import type { Finding } from '../model/workflow/finding.ts';
import { effectsOf } from '../report/effect.ts';
import { confidenceWord, isClaimed } from '../report/words.ts';
import { placeOf, seenIn, wereSeen } from '../runbook/seen.ts';

/** One thing that is wrong, as a person is told of it. Texts are in the run's language. */
export interface Problem {
  /** A cause, or a rule of workflows. */
  readonly id: string;
  /** The same problem in a later run. */
  readonly key: string;
  readonly status: CheckStatus;
  readonly title: string;
  readonly effects: readonly string[];
  readonly because: string;
  readonly certainty: string;
  readonly owner: Owner;
  readonly steps: readonly string[];
  /** Of the settings; proven to help. Empty where none is. */
  readonly change: readonly Change[];
  /** What shows that the change helps. */
  readonly proof?: string;
  /** What was seen, word for word. */
  readonly seen: readonly string[];
  readonly ruledOut: readonly string[];
  /** Checks that are worth running again after it was mended. */
  readonly checks: readonly string[];
  /** What showed it, as places of the runbook: it is gone only when they were looked at again. */
  readonly shownBy: readonly string[];
  readonly mailbox?: string;
  /** How it was mended the last time. */
  readonly before?: string;
}

const severityStatus = { critical: 'fail', warning: 'warn', info: 'pass' } as const;

/** What hangs on a diagnosis: the checks that showed it, those that waited for them, and what failed beside them. */
const dependent = ({ evidence, mailbox }: Diagnosis, checks: readonly CheckReport[]): readonly string[] => {
  const isBlocked = (one: CheckReport): boolean => /^[a-z]+\.[a-z-]+ /.test(one.skippedBecause ?? '');
  const bad = checks.filter(
    (one) => one.mailbox === mailbox && (one.status === 'fail' || one.status === 'unknown' || isBlocked(one)),
  );
  // What a CRM brings in is known only when it is asked for its accounts.
  const ofCrm = [...evidence, ...bad].some(({ target }) => target.startsWith('crm:'));
  const asked = ofCrm ? ['crm.mail-settings'] : [];
  return [...new Set([...asked, ...evidence.map(({ check }) => check), ...bad.map(({ id }) => id)])];
};

const fromDiagnosis = (diagnosis: Diagnosis, report: Report, language: Language): Problem => {
  const { cause, mailbox, severity, title, explanation, confidence, evidence, fix, proof, ruledOut } = diagnosis;
  const own = report.checks.filter((one) => one.mailbox === mailbox);
  return {
    id: cause,
    key: `${mailbox} ${cause}`,
    status: severityStatus[severity],
    title,
    effects: effectsOf(diagnosis, own, language),
    because: explanation,
    certainty: isClaimed(diagnosis) ? confidenceWord(confidence)[language] : '',
    owner: fix.owner,
    steps: fix.steps,
    change: proof.status === 'proven' ? fix.change : [],
    ...(proof.status === 'proven' && proof.says !== '' ? { proof: proof.says } : {}),
    seen: evidence.map(({ check, target, says }) => `${check}${target === '' ? '' : ` ${target}`}: ${says}`),
    ruledOut: ruledOut.map(({ cause: other, says }) => `${other}: ${says}`),
    checks: dependent(diagnosis, report.checks),
    shownBy: seenIn(diagnosis),
    mailbox,
    ...(diagnosis.lastSolution
      ? { before: `${diagnosis.lastSolution.at.slice(0, 10)}: ${diagnosis.lastSolution.says}` }
      : {}),
  };
};

const certainties = {
  certain: { en: 'almost certain', ja: 'ほぼ確実' },
  likely: { en: 'likely', ja: '可能性が高い' },
  heuristic: { en: 'possible', ja: '可能性あり' },
} as const;

const place = ({ file, line }: Finding): string => `${file}:${line}`;

/** What of a run looked at definitions to an end. */
const lookedIn = (report: Report, ids: readonly string[]): readonly string[] =>
  report.checks.filter(({ id, status }) => ids.includes(id) && status !== 'skip').map(placeOf);

/** Findings of one rule are one problem; its places are what was seen. */
const fromFindings = (
  findings: readonly Finding[],
  shownBy: readonly string[],
  language: Language,
): Problem | undefined => {
  const [first] = findings;
  if (!first) return undefined;
  const { rule, severity, title, message, confidence, fix } = first;
  const more = findings.length - 1;
  const others = language === 'ja' ? `ほかに ${more} か所あります。` : `${more} more like it.`;
  const fixes = [...new Set(findings.map((one) => one.fix.says))];
  return {
    id: rule,
    key: rule,
    status: severity === 'error' ? 'fail' : 'warn',
    title,
    effects: [...new Set(findings.flatMap(({ workflow }) => workflow ?? []))].slice(0, 5),
    because: more > 0 ? `${message}${language === 'ja' ? '' : ' '}${others}` : message,
    certainty: certainties[confidence][language],
    owner: 'crm-admin',
    steps: fixes.slice(0, 5).length > 0 ? fixes.slice(0, 5) : [fix.says],
    change: [],
    seen: findings
      .slice(0, 20)
      .map((one) => `${place(one)}${one.source ? `  ${one.source.text.trim()}` : ''}: ${one.message}`),
    ruledOut: [],
    checks: [],
    shownBy,
  };
};

const recordWords = (record: unknown): string => JSON.stringify(record);

/** Records with which the dry run fails, or does what nobody expects; the smallest that still shows it. */
const failedRuns = (report: Report, language: Language): readonly Problem[] => {
  const bad = [...(report.simulation ?? []), ...(report.boundaries?.failed ?? [])].filter(
    ({ status, matches }) => status === 'failed' || matches === false,
  );
  if (bad.length === 0) return [];
  const words = {
    en: {
      title: 'In the dry run a record does not do what it should',
      because: 'With these records the workflow fails, or does something else than expected.',
      smallest: 'the fewest values with which it happens',
    },
    ja: {
      title: '模擬実行で、想定どおりに動かないレコードがあります',
      because: '次のレコードでは、ワークフローが失敗するか、想定と違う動きをします。',
      smallest: 'この値だけで再現します',
    },
  }[language];
  return [
    {
      id: 'workflow.simulate',
      key: 'workflow.simulate',
      status: 'fail',
      title: words.title,
      effects: [],
      because: words.because,
      certainty: certainties.certain[language],
      owner: 'crm-admin',
      steps: bad
        .slice(0, 5)
        .map(({ name, tried, failure, because }) => `${tried ?? name}: ${failure?.message ?? because ?? ''}`.trim()),
      change: [],
      seen: bad
        .slice(0, 20)
        .flatMap(({ name, failure, smallest }) => [
          `${name}${failure ? `  ${failure.file}:${failure.line}` : ''}`,
          ...(smallest ? [`${words.smallest}: ${recordWords(smallest)}`] : []),
        ]),
      ruledOut: [],
      checks: [],
      shownBy: lookedIn(report, ['workflow.simulate']),
    },
  ];
};

/** Everything that a report finds wrong, the most important first; what is only worth knowing is left out. */
export const problemsOf = (report: Report, language: Language): readonly Problem[] => {
  const diagnosed = report.diagnoses
    .filter(({ severity }) => severity !== 'info')
    .map((diagnosis) => fromDiagnosis(diagnosis, report, language));
  const findings = (report.findings ?? []).filter(
    ({ severity, suppressed }) => severity !== 'info' && suppressed === undefined,
  );
  const shownBy = lookedIn(report, ['workflow.parse', 'workflow.lint']);
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  const found = rules.flatMap(
    (rule) =>
      fromFindings(
        findings.filter((one) => one.rule === rule),
        shownBy,
        language,
      ) ?? [],
  );
  const order = { fail: 0, warn: 1 } as const;
  const rank = ({ status }: Problem): number => (status === 'fail' ? order.fail : order.warn);
  return [...diagnosed, ...found.toSorted((a, b) => rank(a) - rank(b)), ...failedRuns(report, language)];
};

/** What a report says of one cause or rule, of whatever weight it is. */
export const problemOf = (report: Report, id: string, language: Language): Problem | undefined => {
  const problem = problemsOf(report, language).find((one) => one.id === id);
  if (problem) return problem;
  const noted = report.diagnoses.find(({ cause }) => cause === id);
  return noted && fromDiagnosis(noted, report, language);
};

/** What a later run says of a problem; `unseen`: what had shown it was not looked at to an end, so nobody knows. */
export const standingOf = (
  { key, shownBy, mailbox }: Pick<Problem, 'key' | 'shownBy' | 'mailbox'>,
  report: Report,
  language: Language,
): 'gone' | 'there' | 'unseen' => {
  if (problemsOf(report, language).some((one) => one.key === key)) return 'there';
  return shownBy.length === 0 || wereSeen(shownBy, mailbox, report.checks) ? 'gone' : 'unseen';
};

/**
 * Whether a problem that nobody mended by itself went along with another. What had shown it has to stand in the later run
 * under the same name: only of what was mended is it known that its place may be called otherwise now.
 */
export const wentAlong = (
  problem: Pick<Problem, 'key' | 'shownBy' | 'mailbox'>,
  report: Report,
  language: Language,
): boolean => {
  const { shownBy, mailbox } = problem;
  const own = report.checks.filter((one) => mailbox === undefined || one.mailbox === mailbox).map(placeOf);
  const looked = shownBy.length > 0 && shownBy.every((place) => own.includes(place));
  return looked && standingOf(problem, report, language) === 'gone';
};
