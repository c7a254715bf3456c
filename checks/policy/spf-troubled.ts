import type { Evidence } from '../../src/model/check.ts';
import type { Subject } from '../../src/model/mailbox.ts';
import type { SenderPolicyFact } from '../../src/model/policy-facts.ts';
import { type SpfTrouble, spfTrouble } from '../../src/reason/spf-faults.ts';
import type { Refusal } from '../auth/refusals.ts';
import { policyFact, refusalsOf } from './policy-finding.ts';

type Kind = SpfTrouble['kind'];
type TroubleOf<Wanted extends Kind> = Extract<SpfTrouble, { kind: Wanted }>;

const is = <Wanted extends Kind>(trouble: SpfTrouble, kind: Wanted): trouble is TroubleOf<Wanted> =>
  trouble.kind === kind;

/** An SPF record that is wrong in this way, with the refusals that may come from it. */
export const spfTroubled = <Wanted extends Kind>(
  { kind, cause }: { readonly kind: Wanted; readonly cause: string },
  evidence: Evidence,
  subject: Subject,
):
  | { readonly fact: SenderPolicyFact; readonly trouble: TroubleOf<Wanted>; readonly refusals: readonly Refusal[] }
  | undefined => {
  const fact = policyFact(evidence);
  const trouble = fact && spfTrouble(fact.spf, fact);
  if (!fact || !trouble || !is(trouble, kind)) return undefined;
  return { fact, trouble, refusals: refusalsOf(evidence, subject, ['policy.spf-not-listed', cause]) };
};
