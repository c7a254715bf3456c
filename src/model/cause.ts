import type { AnyCheck, AnySubject, Evidence } from './check.ts';
import type { Change } from './config.ts';
import type { CrmSubject } from './crm/subject.ts';
import type { Subject } from './mailbox.ts';
import type { Text } from './text.ts';

export type Severity = 'critical' | 'warning' | 'info';

export type Owner = 'user' | 'crm-admin' | 'mail-admin' | 'dns-admin' | 'network-admin' | 'provider';

/** Where a finding rests on: the check that saw it and its words. */
export interface Seen {
  readonly check: AnyCheck;
  readonly says: Text;
}

/** A look-alike and the check that tells it apart. */
export interface RuledOut {
  readonly cause: string;
  readonly check: AnyCheck;
  readonly says: Text;
}

export interface Finding<Detail> {
  /** What the texts need; findings of one cause with an equal detail are merged. Plain JSON. */
  readonly detail: Detail;
  readonly severity: Severity;
  /** 0 to 1 */
  readonly confidence: number;
  /** Targets that suffer: `imap imap.example.co.jp:993`. */
  readonly affects: readonly string[];
  readonly evidence: readonly Seen[];
  readonly ruledOut?: readonly RuledOut[];
}

/** What else speaks for a cause that the checks have named, besides what its trial has to mend. Pure. */
export type Witness = (cause: string, evidence: Evidence, subject: Subject) => readonly Seen[];

/** A root cause. Everything in it is pure. */
export interface Cause<Detail, About extends AnySubject = Subject> {
  readonly kind: 'cause';
  /** It is looked for in subjects of this kind only. */
  readonly on: About['kind'];
  readonly id: string;
  readonly title: Text;
  /** What it means in general, for `crm-doctor explain`: two to four plain sentences. */
  readonly about: Text;
  /** Ids of deeper causes; when one of them holds for the same target, this is its symptom and is not named. */
  readonly unless: readonly string[];
  /** `targets`: once it stands, nothing else is named for what it affects, whatever that shows. */
  readonly covers?: 'targets';
  /** `on-proof`: no diagnosis until one of its candidates has worked. */
  readonly claim: 'on-evidence' | 'on-proof';
  explain(evidence: Evidence, subject: About): readonly Finding<Detail>[];
  /** Whole changes of the configuration that may mend it, the likeliest first; each is tried on a copy. */
  candidates(detail: Detail, subject: About): readonly (readonly Change[])[];
  /**
   * Whether the trial of a candidate shows that it mends this. The default asks that every check of the finding's
   * evidence that was bad is good now.
   */
  works?(trial: Evidence, changed: About, detail: Detail): boolean;
  owner(detail: Detail): Owner;
  /** What is wrong and why we believe it; `change` is the candidate that worked, else empty. */
  because(detail: Detail, change: readonly Change[]): Text;
  steps(detail: Detail, change: readonly Change[]): readonly Text[];
}

/** Methods are bivariant, so every cause is one of these. */
export type AnyCause = Cause<unknown, AnySubject>;

type Optional = 'unless' | 'claim' | 'candidates';

export const defineCause = <Detail>(
  cause: Omit<Cause<Detail>, 'kind' | 'on' | Optional | 'owner'> &
    Partial<Pick<Cause<Detail>, Optional>> & { readonly owner: Owner | ((detail: Detail) => Owner) },
): Cause<Detail> => {
  const { owner } = cause;
  return {
    unless: [],
    claim: 'on-evidence',
    candidates: () => [],
    ...cause,
    kind: 'cause',
    on: 'mail',
    owner: typeof owner === 'function' ? owner : () => owner,
  };
};

/** A root cause that is looked for in what a CRM has answered; no trial changes a CRM, so it has no candidates. */
export const defineCrmCause = <Detail>(
  cause: Omit<Cause<Detail, CrmSubject>, 'kind' | 'on' | Optional | 'owner' | 'works'> &
    Partial<Pick<Cause<Detail, CrmSubject>, 'unless'>> & { readonly owner: Owner | ((detail: Detail) => Owner) },
): Cause<Detail, CrmSubject> => {
  const { owner } = cause;
  return {
    unless: [],
    ...cause,
    claim: 'on-evidence',
    candidates: () => [],
    kind: 'cause',
    on: 'crm',
    owner: typeof owner === 'function' ? owner : () => owner,
  };
};
