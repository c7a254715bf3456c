import type { Report } from '../model/report.ts';

export type Redact = (text: string) => string;

/** Every text inside a plain JSON value, keys left alone. */
export const redactDeep = <Value>(value: Value, redact: Redact): Value => {
  const walk = (node: unknown): unknown => {
    if (typeof node === 'string') return redact(node);
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node === 'object' && node !== null) {
      return Object.fromEntries(Object.entries(node).map(([key, inner]) => [key, walk(inner)]));
    }
    return node;
  };
  // The walk keeps the shape: only the characters of strings change.
  return walk(value) as Value;
};

/**
 * The funnel for everything that could carry a server's or the user's own words. Ids and states are ours and stay: a
 * password such as "mail" must not turn `mail.tls` into something else.
 */
export const redactReport = (report: Report, redact: Redact): Report => ({
  ...report,
  checks: report.checks.map((check) => ({
    ...check,
    summary: redact(check.summary),
    evidence: check.evidence.map((one) => ({ ...redactDeep(one, redact), fact: one.fact })),
    ...(check.skippedBecause === undefined ? {} : { skippedBecause: check.skippedBecause }),
  })),
  diagnoses: report.diagnoses.map((diagnosis) => ({
    ...diagnosis,
    explanation: redact(diagnosis.explanation),
    evidence: diagnosis.evidence.map((one) => ({ ...one, says: redact(one.says) })),
    ruledOut: diagnosis.ruledOut.map((one) => ({ ...one, says: redact(one.says) })),
    proof: { ...diagnosis.proof, says: redact(diagnosis.proof.says) },
    fix: { ...diagnosis.fix, steps: diagnosis.fix.steps.map(redact) },
    ...(diagnosis.lastSolution
      ? { lastSolution: { ...diagnosis.lastSolution, says: redact(diagnosis.lastSolution.says) } }
      : {}),
  })),
  prevention: report.prevention.map((one) => ({ ...one, says: redact(one.says) })),
  ...(report.vantage
    ? {
        vantage: {
          ...report.vantage,
          says: redact(report.vantage.says),
          differences: report.vantage.differences.map((one) => ({
            ...one,
            here: { ...one.here, summary: redact(one.here.summary) },
            there: { ...one.there, summary: redact(one.there.summary) },
            says: redact(one.says),
          })),
        },
      }
    : {}),
  ...(report.error ? { error: { ...report.error, message: redact(report.error.message) } } : {}),
});
