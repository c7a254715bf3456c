import type { AnyCheck, Evidence } from '../../src/model/check.ts';
import type { CrmFailure, CrmFailureKind } from '../../src/model/crm/failure.ts';
import { allChecks } from '../all-checks.ts';

/** A question to the CRM that came back without an answer, and the check that had asked it. */
export interface Unanswered {
  readonly check: AnyCheck;
  readonly failure: CrmFailure;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The facts of CRM checks keep what was answered as it came, as a reply or as the failure of one. */
const failureIn = (value: unknown, kind: CrmFailureKind): CrmFailure | undefined => {
  if (!isObject(value)) return undefined;
  const failure = value.kind === 'failed' ? value.failure : value;
  if (!isObject(failure) || failure.kind !== kind || typeof failure.what !== 'string') return undefined;
  return failure as unknown as CrmFailure; // made by a connector, whose type it is; looked at just above
};

/** All questions of a run that ended in this kind of failure. */
export const unanswered = (evidence: Evidence, kind: CrmFailureKind): readonly Unanswered[] =>
  allChecks
    .filter(({ on }) => on === 'crm')
    .flatMap((check) => {
      const fact: unknown = evidence.fact(check);
      if (!isObject(fact)) return [];
      return Object.values(fact).flatMap((value) => {
        const failure = failureIn(value, kind);
        return failure ? [{ check, failure }] : [];
      });
    });
