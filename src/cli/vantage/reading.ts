import { visible } from '../../i18n/visible.ts';
import type { Owner, Severity } from '../../model/cause.ts';
import type { Change } from '../../model/config.ts';
import type { CheckReport, CheckStatus, Diagnosis, Report } from '../../model/report.ts';
import { statusOf, summaryOf } from '../../model/report.ts';

/** Longer texts, and longer lists, come from nobody who runs our checks. */
const longest = 8_000;
const most = 2_000;
const deepest = 12;

type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);
const nodeOf = (value: unknown): Node => (isNode(value) ? value : {});
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value.slice(0, most) : []);
const textOf = (value: unknown): string => (typeof value === 'string' ? visible(value.slice(0, longest)) : '');
const textsOf = (value: unknown): readonly string[] => listOf(value).map(textOf);
const numberOf = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.min(value, 1e12) : 0;
const oneOf = <Word extends string>(value: unknown, words: readonly Word[], otherwise: Word): Word =>
  words.find((word) => word === value) ?? otherwise;

const statuses: readonly CheckStatus[] = ['pass', 'warn', 'fail', 'skip', 'unknown', 'error'];
const owners: readonly Owner[] = ['user', 'crm-admin', 'mail-admin', 'dns-admin', 'network-admin', 'provider'];
const severities: readonly Severity[] = ['critical', 'warning', 'info'];

/** A fact as plain data: its shape is its check's own business, its size and its characters are ours. */
const plain = (value: unknown, depth = 0): unknown => {
  if (typeof value === 'string') return textOf(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  if (depth >= deepest) return null;
  if (Array.isArray(value)) return listOf(value).map((one) => plain(one, depth + 1));
  if (!isNode(value)) return null;
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, most)
      .map(([key, inner]) => [visible(key.slice(0, 200)), plain(inner, depth + 1)]),
  );
};

const checkOf = (one: Node): CheckReport => ({
  id: textOf(one.id),
  mailbox: textOf(one.mailbox),
  target: textOf(one.target),
  title: textOf(one.title),
  // What cannot be understood was not seen.
  status: oneOf(one.status, statuses, 'unknown'),
  summary: textOf(one.summary),
  durationMs: numberOf(one.durationMs),
  evidence: listOf(one.evidence).map((fact) => ({ ...nodeOf(plain(fact)), fact: textOf(nodeOf(fact).fact) })),
  ...(typeof one.skippedBecause === 'string' ? { skippedBecause: textOf(one.skippedBecause) } : {}),
});

const settingOf = (value: unknown): Change['to'] => {
  if (typeof value === 'string') return textOf(value);
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
};

const changeOf = (value: unknown): readonly Change[] =>
  listOf(value).map((one) => {
    const { path, from, to } = nodeOf(one);
    return { path: textOf(path), from: settingOf(from), to: settingOf(to) };
  });

const diagnosisOf = (one: Node): Diagnosis => {
  const fix = nodeOf(one.fix);
  const proof = nodeOf(one.proof);
  return {
    cause: textOf(one.cause),
    mailbox: textOf(one.mailbox),
    severity: oneOf(one.severity, severities, 'critical'),
    confidence: Math.min(1, numberOf(one.confidence)),
    title: textOf(one.title),
    explanation: textOf(one.explanation),
    affects: textsOf(one.affects),
    evidence: listOf(one.evidence).map((seen) => {
      const { check, target, says } = nodeOf(seen);
      return { check: textOf(check), target: textOf(target), says: textOf(says) };
    }),
    fix: {
      owner: oneOf(fix.owner, owners, 'crm-admin'),
      steps: textsOf(fix.steps),
      change: changeOf(fix.change),
      alternatives: listOf(fix.alternatives).map(changeOf),
    },
    ruledOut: listOf(one.ruledOut).map((other) => {
      const { cause, check, target, says } = nodeOf(other);
      return { cause: textOf(cause), check: textOf(check), target: textOf(target), says: textOf(says) };
    }),
    proof: {
      status: oneOf(proof.status, ['proven', 'failed', 'not-tried'], 'not-tried'),
      says: textOf(proof.says),
    },
    verify: textOf(one.verify),
  };
};

/** The part of a report that another machine's run decides. */
export type Findings = Pick<Report, 'status' | 'summary' | 'checks' | 'diagnoses' | 'unexplained' | 'prevention'> & {
  readonly durationMs: number;
};

/**
 * Reads a report that came from another machine, which may be anybody's: only what belongs into one is taken, each text
 * bounded and without control characters. Status and counts are counted here, so that they cannot differ from the checks.
 */
export const findingsIn = (value: unknown): Findings | undefined => {
  if (!isNode(value) || value.schema !== 'crm-doctor/report/v1' || !Array.isArray(value.checks)) return undefined;
  const checks = listOf(value.checks).filter(isNode).map(checkOf);
  const summary = summaryOf(checks);
  return {
    status: statusOf(checks),
    summary,
    checks,
    diagnoses: listOf(value.diagnoses).filter(isNode).map(diagnosisOf),
    unexplained: textsOf(value.unexplained),
    prevention: listOf(value.prevention).map((one) => {
      const { id, due, says } = nodeOf(one);
      return { id: textOf(id), ...(typeof due === 'string' ? { due: textOf(due) } : {}), says: textOf(says) };
    }),
    durationMs: numberOf(nodeOf(value.run).durationMs),
  };
};
