import type { Protocol } from '../model/config.ts';
import type { Reply } from '../model/login-facts.ts';
import { authPatterns, plainRefusals } from './reply-auth.ts';
import { codedPatterns, fetchingPatterns } from './reply-fetching.ts';
import type { ReplyPattern, ReplyStep } from './reply-pattern.ts';
import { matches, partsOf } from './reply-pattern.ts';
import { sendingPatterns } from './reply-sending.ts';

export type { ReplyStep } from './reply-pattern.ts';

/** What a reply says of its cause; a candidate where other checks can say more. */
export interface ReplyReading {
  readonly cause: string;
  /** 0 to 1, from this reply alone. */
  readonly confidence: number;
  /** A plain refusal that says nothing more (535 5.7.8, AUTHENTICATIONFAILED, -ERR [AUTH]). */
  readonly generic: boolean;
}

/** The first match wins: what names its reason comes before what only refuses. */
export const replyPatterns: readonly ReplyPattern[] = [
  ...codedPatterns,
  ...authPatterns,
  ...fetchingPatterns,
  ...sendingPatterns,
  ...plainRefusals,
];

// A success may hold any words ("250 2.1.5 … quota 95 % used"); only refusals are read.
const accepted = /^(?:[23]\d\d|OK|PREAUTH|\+OK|\+)$/;

/** The cause that a refusal speaks of, if its words, its status or its code are known. */
export const replyCause = (
  reply: Reply,
  context: { readonly protocol: Protocol; readonly step: ReplyStep },
): ReplyReading | undefined => {
  const parts = partsOf(reply);
  if (accepted.test(parts.code)) return undefined;
  const found = replyPatterns.find((pattern) => matches(pattern, parts, context));
  return found && { cause: found.cause, confidence: found.confidence, generic: found.generic ?? false };
};
