import type { Text } from './text.ts';

/** What a judge says of a fact. */
export type Verdict =
  | { readonly grade: 'ok'; readonly note?: Text }
  | { readonly grade: 'warn' | 'fail' | 'unknown'; readonly symptom: Text }
  /** What was seen shows that the question does not arise (no QUOTA on this server). */
  | { readonly grade: 'skip'; readonly symptom: Text };

/** What became of one check in one run. */
export type Outcome<Fact> =
  /** Good or bad, it was seen. */
  | { readonly kind: 'observed'; readonly fact: Fact; readonly verdict: Verdict }
  /** Something that it needs is bad; `by` holds the keys of those checks. */
  | { readonly kind: 'blocked'; readonly by: readonly string[] }
  /** Left out: --skip, --offline, or it does not apply. */
  | { readonly kind: 'skipped'; readonly because: Text }
  /** Tried, could not tell: deadline, interruption, no permission. */
  | { readonly kind: 'unknown'; readonly why: Text }
  /** crm-doctor itself is broken here, not the patient. */
  | { readonly kind: 'crashed'; readonly error: string };

export const ok: Verdict = { grade: 'ok' };
export const okWith = (note: Text): Verdict => ({ grade: 'ok', note });
export const warn = (symptom: Text): Verdict => ({ grade: 'warn', symptom });
export const fail = (symptom: Text): Verdict => ({ grade: 'fail', symptom });
export const unknown = (symptom: Text): Verdict => ({ grade: 'unknown', symptom });
export const notApplicable = (symptom: Text): Verdict => ({ grade: 'skip', symptom });
