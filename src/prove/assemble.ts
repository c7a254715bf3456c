import type { Owner, Seen, Severity, Witness } from '../model/cause.ts';
import type { AnyCheck, AnySubject, Forecast } from '../model/check.ts';
import { targetFor } from '../model/check.ts';
import type { Change } from '../model/config.ts';
import type { Outcome, Verdict } from '../model/outcome.ts';
import type { CheckReport, CheckStatus, Diagnosis, Report, ReportStatus } from '../model/report.ts';
import { statusOf, summaryOf } from '../model/report.ts';
import type { Language, Text } from '../model/text.ts';
import type { PlannedCheck } from '../plan/plan.ts';
import type { Outcomes } from '../run/run.ts';
import type { Conclusion } from './diagnose-and-prove.ts';
import { changeOf } from './diagnose-and-prove.ts';
import { evidenceIn } from './trial.ts';

/** Everything that a report is made of. */
export interface Story {
  readonly run: Report['run'];
  readonly version: string;
  /** The words behind the command that lead to the same subjects. */
  readonly call?: string;
  readonly planned: readonly PlannedCheck[];
  readonly outcomes: Outcomes;
  readonly conclusions: ReadonlyMap<AnySubject, readonly Conclusion[]>;
  readonly forecasts: readonly Forecast[];
  readonly witnesses: readonly Witness[];
  readonly failOn: 'warn' | 'fail';
  /** Whether it is the only subject of the run; default: whether it is the only one here. */
  readonly single?: boolean;
}

const gradeOf = (verdict: Verdict): CheckStatus =>
  (({ ok: 'pass', warn: 'warn', fail: 'fail', unknown: 'unknown', skip: 'skip' }) as const)[verdict.grade];

const nameOf = ({ check, subject }: PlannedCheck): string => `${check.id} ${targetFor(check, subject)}`;

const describe = (
  planned: PlannedCheck,
  outcome: Outcome<unknown>,
  names: ReadonlyMap<string, string>,
): { status: CheckStatus; says: Text; because?: string } => {
  switch (outcome.kind) {
    case 'observed': {
      const { verdict } = outcome;
      if (verdict.grade === 'ok') return { status: 'pass', says: verdict.note ?? planned.check.title };
      return { status: gradeOf(verdict), says: verdict.symptom };
    }
    case 'blocked': {
      const by = outcome.by.map((key) => names.get(key) ?? key).join(', ');
      return { status: 'skip', says: { en: `waits for ${by}`, ja: `${by} の結果待ち` }, because: by };
    }
    case 'skipped':
      return { status: 'skip', says: outcome.because };
    case 'unknown':
      return { status: 'unknown', says: outcome.why };
    case 'crashed':
      return {
        status: 'error',
        says: {
          en: `crm-doctor itself failed here: ${outcome.error}`,
          ja: `crm-doctor 自身の不具合です: ${outcome.error}`,
        },
      };
  }
};

const factOf = (check: AnyCheck, outcome: Outcome<unknown>, language: Language): CheckReport['evidence'] => {
  if (outcome.kind !== 'observed') return [];
  const { id } = check;
  const { fact } = outcome;
  const shown = check.shown?.(fact).map((line) => line[language]);
  const lines = shown ? { shown } : {};
  return [
    typeof fact === 'object' && fact !== null ? { ...fact, ...lines, fact: id } : { fact: id, value: fact, ...lines },
  ];
};

/** Severities of the diagnoses that explain a check, by the check's report name. */
const explainedBy = (conclusions: readonly Conclusion[]): ReadonlyMap<string, readonly Severity[]> => {
  const severities = new Map<string, Severity[]>();
  const add = (name: string, severity: Severity) => severities.set(name, [...(severities.get(name) ?? []), severity]);
  for (const { found, base } of conclusions) {
    const { finding } = found;
    for (const { check } of finding.evidence) add(`${check.id} ${targetFor(check, base.subject)}`, finding.severity);
    // A warning about a service does not explain another failure of it.
    if (finding.severity !== 'critical') continue;
    for (const target of finding.affects) add(`* ${target}`, finding.severity);
  }
  return severities;
};

/**
 * What is wrong with a mail account that a CRM holds explains what the CRM says of its accounts, and nothing else of it; by the
 * CRM's label.
 */
const explainedByAccounts = (conclusions: Story['conclusions']): ReadonlyMap<string, readonly Severity[]> => {
  const severities = new Map<string, Severity[]>();
  for (const [subject, found] of conclusions) {
    const label = subject.kind === 'mail' ? subject.crm?.label : undefined;
    if (label === undefined) continue;
    const critical = found.map((one) => one.found.finding.severity).filter((severity) => severity === 'critical');
    severities.set(label, [...(severities.get(label) ?? []), ...critical]);
  }
  return severities;
};

const changeText = (change: readonly Change[]): string =>
  change.map(({ path, to }) => `${path}: ${String(to)}`).join(', ');

const proofText = ({ proof }: Conclusion): Text => {
  switch (proof.kind) {
    case 'proven': {
      const { trial } = proof;
      const goodIds = trial.ran.flatMap((key) => {
        const outcome = trial.outcomes.get(key)?.outcome;
        return outcome?.kind === 'observed' && outcome.verdict.grade === 'ok' ? [key.split(' ')[0] ?? key] : [];
      });
      const good = [...new Set(goodIds)];
      // That the file can be read goes without saying, unless it is all that was asked.
      const ids = (good.length > 1 ? good.filter((id) => id !== 'mail.config') : good).join(', ');
      return {
        en: `tried on a copy of the configuration with ${changeText(trial.change)}: ${ids} passed`,
        ja: `設定の写しに ${changeText(trial.change)} を適用して再検査し、${ids} が正常になりました`,
      };
    }
    case 'failed': {
      const tried = proof.tried.map(changeText).join(' / ');
      return {
        en: `tried on a copy of the configuration, without success: ${tried}`,
        ja: `設定の写しで試しましたが、解決しませんでした: ${tried}`,
      };
    }
    case 'not-tried':
      return {
        en: 'the steps are for a person to do; run the check again afterwards',
        ja: '人の作業が必要なため、ここでは試していません。手順のあとで、もう一度検査してください',
      };
  }
};

const verifyOf = (conclusion: Conclusion, { command: ran, single, call }: Asked): string => {
  const { evidence } = conclusion.found.finding;
  const { subject } = conclusion.base;
  // Of a CRM and what it holds only `check` asks; `watch` looks at all that is due and takes no name.
  const command = subject.kind === 'crm' || subject.crm ? 'check' : ran === 'watch' ? 'mail' : ran;
  // A CRM's account is looked at only when the CRM has told of it.
  const first = conclusion.base.subject.kind === 'mail' && conclusion.base.subject.crm ? ['crm.mail-settings'] : [];
  const ids = [...new Set([...first, ...evidence.map(({ check }) => check.id)])];
  // Without it a check that sends would be skipped, and say nothing.
  const send = evidence.some(({ check }) => check.sends) ? ' --send' : '';
  // `check` takes no name: it is about everything.
  const label = single || command === 'check' ? '' : ` ${conclusion.base.subject.label}`;
  const words = call === undefined ? '' : ` ${call}`;
  return `crm-doctor ${command}${label}${words}${ids.length > 0 ? ` --only ${ids.join(' ')}` : ''}${send}`;
};

/** How a run was asked for. */
interface Asked {
  readonly command: string;
  readonly single: boolean;
  readonly call?: string | undefined;
}

interface Telling extends Asked {
  readonly language: Language;
  /** What else speaks for the cause; kept out of the finding, since no trial has to mend it. */
  readonly witnessed: readonly Seen[];
}

/**
 * Who can mend it, and how. What is the user's own setting in a configuration file is, of an account that a CRM holds, the
 * setting of its administrator, in a screen of the CRM.
 */
const mendingOf = ({ found, proof, base }: Conclusion): { readonly owner: Owner; readonly steps: readonly Text[] } => {
  const { cause, finding } = found;
  const owner = cause.owner(finding.detail);
  const steps = cause.steps(finding.detail, changeOf(proof));
  const crm = base.subject.kind === 'mail' ? base.subject.crm : undefined;
  if (!crm || owner !== 'user') return { owner, steps };
  const { product, account } = crm;
  return {
    owner: 'crm-admin',
    steps: [
      {
        en: `The setting stands in ${product}: open ${account.place.en} ("${account.name}").`,
        ja: `設定は ${product} にあります。${account.place.ja}（${account.name}）を開きます。`,
      },
      ...steps,
    ],
  };
};

const diagnosisOf = (conclusion: Conclusion, { language, witnessed, ...asked }: Telling): Diagnosis => {
  const { found, proof, base } = conclusion;
  const { cause, finding } = found;
  const change = changeOf(proof);
  const { owner, steps } = mendingOf(conclusion);
  const seen = ({ check, says }: Seen) => ({
    check: check.id,
    target: targetFor(check, base.subject),
    says: says[language],
  });
  return {
    cause: cause.id,
    mailbox: base.subject.label,
    severity: finding.severity,
    confidence: proof.kind === 'proven' ? Math.max(finding.confidence, 0.99) : finding.confidence,
    title: cause.title[language],
    explanation: cause.because(finding.detail, change)[language],
    affects: finding.affects,
    evidence: [...finding.evidence, ...witnessed].map(seen),
    fix: {
      owner,
      steps: steps.map((step) => step[language]),
      change,
      alternatives: [],
    },
    ruledOut: (finding.ruledOut ?? []).map((other) => ({ cause: other.cause, ...seen(other) })),
    proof: { status: proof.kind, says: proofText(conclusion)[language] },
    verify: verifyOf(conclusion, asked),
  };
};

/** Exit codes of CONTRACT.md, decided once and before any output. */
export const exitCodeOf = (
  status: ReportStatus,
  failOn: 'warn' | 'fail',
  interrupted?: 'SIGINT' | 'SIGTERM',
): number => {
  if (interrupted) return interrupted === 'SIGINT' ? 130 : 143;
  switch (status) {
    case 'fail':
      return 1;
    case 'warn':
      return failOn === 'warn' ? 1 : 0;
    case 'unknown':
    case 'error':
      return 3;
    case 'pass':
      return 0;
  }
};

/** Puts a run's outcomes and conclusions into the words of its language. */
export const assemble = (story: Story): Report => {
  const { run, planned, outcomes, conclusions } = story;
  const { language } = run;
  const names = new Map(planned.map((one) => [one.key, nameOf(one)]));
  const explained = new Map([...conclusions].map(([subject, found]) => [subject.label, explainedBy(found)] as const));
  const ofAccounts = explainedByAccounts(conclusions);
  const unexplained: string[] = [];
  const checks = planned.map((one): CheckReport => {
    const timed = outcomes.get(one.key);
    const outcome: Outcome<unknown> = timed?.outcome ?? { kind: 'unknown', why: { en: 'not run', ja: '未実施' } };
    const { status, says, because } = describe(one, outcome, names);
    const severities = explained.get(one.subject.label);
    const target = targetFor(one.check, one.subject);
    const mine = [
      ...(severities?.get(nameOf(one)) ?? []),
      ...(severities?.get(`* ${target}`) ?? []),
      ...(one.subject.kind === 'crm' && one.check.discovers ? (ofAccounts.get(one.subject.label) ?? []) : []),
    ];
    if (status === 'fail' && mine.length === 0) unexplained.push(nameOf(one));
    const softened = status === 'fail' && mine.length > 0 && !mine.includes('critical') ? 'warn' : status;
    return {
      id: one.check.id,
      mailbox: one.subject.label,
      target,
      title: one.check.title[language],
      status: softened,
      summary: says[language],
      durationMs: timed?.ms ?? 0,
      evidence: factOf(one.check, outcome, language),
      ...(status === 'skip' ? { skippedBecause: because ?? says[language] } : {}),
    };
  });
  const summary = summaryOf(checks);
  const status = statusOf(checks);
  const subjects = [...new Set(planned.map(({ subject }) => subject))];
  const all = subjects.flatMap((subject) => conclusions.get(subject) ?? []);
  const witnessedFor = ({ found, base }: Conclusion): readonly Seen[] => {
    const told = new Set(found.finding.evidence.map(({ check }) => check));
    const { subject } = base;
    if (subject.kind !== 'mail') return [];
    return story.witnesses
      .flatMap((witness) => witness(found.cause.id, evidenceIn(outcomes, subject), subject))
      .filter(({ check }) => !told.has(check));
  };
  return {
    schema: 'crm-doctor/report/v1',
    tool: { name: 'crm-doctor', version: story.version },
    run,
    status,
    summary,
    checks,
    diagnoses: all
      .toSorted(
        (left, right) => severityOrder[left.found.finding.severity] - severityOrder[right.found.finding.severity],
      )
      .map((one) =>
        diagnosisOf(one, {
          language,
          command: run.command,
          single: story.single ?? subjects.length === 1,
          call: story.call,
          witnessed: witnessedFor(one),
        }),
      ),
    unexplained,
    prevention: subjects.flatMap((subject) => {
      const evidence = evidenceIn(outcomes, subject);
      return story.forecasts.flatMap((forecast) =>
        forecast(evidence, subject).map(({ says, ...rest }) => ({ ...rest, says: says[language] })),
      );
    }),
    exitCode: exitCodeOf(status, story.failOn, run.interrupted),
  };
};

/** The most important first. */
export const severityOrder = { critical: 0, warning: 1, info: 2 } as const;
