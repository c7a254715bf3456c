import type { CheckReport, Diagnosis, Report } from '../model/report.ts';
import type { Language, Text } from '../model/text.ts';
import { seenIn } from '../runbook/seen.ts';
import { isCertain } from './certain.ts';
import { hostsOf, type Problem, type Resolution, type Seen } from './problem.ts';

/** Texts of a message are cut here: by then everybody has seen what it is about. */
const longest = { title: 200, says: 1_200, proof: 300, step: 400, solution: 400, verify: 300, target: 200 };
const most = { proof: 3, steps: 6, affects: 20, problems: 20_000 };

const cut = (words: string, length: number): string => {
  if (words.length <= length) return words;
  const shorter = words.slice(0, length - 1);
  // Not in the middle of a pair.
  return `${/[\ud800-\udbff]$/.test(shorter) ? shorter.slice(0, -1) : shorter}…`;
};

/** The words of a run in its language; in the other one too where the same run was put into words twice. */
type Say = (words: string, inOther: string | undefined, length: number) => Text;

const saying =
  (language: Language): Say =>
  (words, inOther, length) => {
    const [own, other] = [cut(words, length), cut(inOther ?? words, length)];
    return language === 'ja' ? { en: other, ja: own } : { en: own, ja: other };
  };

const problemOf = (diagnosis: Diagnosis, other: Diagnosis | undefined, say: Say): Problem => {
  const { fix, proof, lastSolution, affects } = diagnosis;
  const targets = affects.slice(0, most.affects).map((target) => cut(target, longest.target));
  return {
    mailbox: cut(diagnosis.mailbox, longest.target),
    cause: diagnosis.cause,
    severity: diagnosis.severity,
    certain: isCertain(diagnosis.cause, proof.status),
    title: say(diagnosis.title, other?.title, longest.title),
    says: say(diagnosis.explanation, other?.explanation, longest.says),
    proof: diagnosis.evidence.slice(0, most.proof).map(({ target, says }, at) => ({
      target: cut(target, longest.target),
      says: say(says, other?.evidence[at]?.says, longest.proof),
    })),
    ...(proof.status === 'proven' ? { trial: say(proof.says, other?.proof.says, longest.proof) } : {}),
    owner: fix.owner,
    steps: fix.steps.slice(0, most.steps).map((step, at) => say(step, other?.fix.steps[at], longest.step)),
    verify: cut(diagnosis.verify, longest.verify),
    ...(lastSolution
      ? { last: { at: lastSolution.at, says: say(lastSolution.says, other?.lastSolution?.says, longest.solution) } }
      : {}),
    affects: targets,
    hosts: hostsOf(targets),
    places: seenIn(diagnosis),
  };
};

const nameOf = ({ id, target }: Pick<CheckReport, 'id' | 'target'>): string => `${id} ${target}`;

/** A check that fails, and that no cause explains. */
const unexplainedProblem = (check: CheckReport, other: CheckReport | undefined, say: Say, command: string): Problem => {
  const targets = [cut(check.target, longest.target)];
  return {
    mailbox: cut(check.mailbox, longest.target),
    cause: 'unexplained',
    severity: 'critical',
    certain: /^(workflow|sync)\./.test(check.id),
    title: say(check.title, other?.title, longest.title),
    says: say(check.summary, other?.summary, longest.says),
    proof: [{ target: cut(check.target, longest.target), says: say(check.summary, other?.summary, longest.proof) }],
    steps: [],
    verify: `crm-doctor ${command} --only ${check.id}`,
    affects: targets,
    hosts: hostsOf(targets),
    places: seenIn({ evidence: [{ check: check.id, target: check.target, says: '' }] }),
  };
};

/** Failed checks that stand beside every diagnosis: those that the report lists, and those whose findings are no diagnoses. */
const unexplainedIn = (report: Report): readonly CheckReport[] => {
  const listed = new Set(report.unexplained);
  const shown = new Set(
    report.diagnoses.flatMap(({ mailbox, evidence }) => evidence.map((one) => `${mailbox} ${one.check} ${one.target}`)),
  );
  return report.checks.filter((check) => {
    if (check.status !== 'fail') return false;
    if (listed.has(nameOf(check))) return !shown.has(`${check.mailbox} ${nameOf(check)}`);
    return check.id.startsWith('workflow.') && report.diagnoses.length === 0;
  });
};

/**
 * What a report says as far as notifications go by it. `other`: the same run in the other language, so that each channel has
 * its own; without it both channels get the run's words.
 */
export const seenOf = (
  report: Report,
  { other, resolutions = [] }: { readonly other?: Report; readonly resolutions?: readonly Resolution[] } = {},
): Seen => {
  const say = saying(report.run.language);
  const others = other && new Map(other.checks.map((check) => [`${check.mailbox} ${nameOf(check)}`, check]));
  const problems = [
    ...report.diagnoses.map((diagnosis, at) => {
      const again = other?.diagnoses[at];
      return problemOf(diagnosis, again?.cause === diagnosis.cause ? again : undefined, say);
    }),
    ...unexplainedIn(report).map((check) =>
      unexplainedProblem(check, others?.get(`${check.mailbox} ${nameOf(check)}`), say, report.run.command),
    ),
  ];
  return {
    run: report.run.id,
    problems: problems.slice(0, most.problems),
    checks: report.checks.map(({ id, mailbox, target, status }) => ({ id, mailbox, target, status })),
    resolutions,
  };
};
