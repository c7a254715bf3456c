import type { Step } from '../model/login-facts.ts';
import type { StepClock } from './login-clock.ts';
import { broken, howOf, smtpReply, wordsOf } from './login-reply.ts';
import type { SmtpLog } from './login-smtp-log.ts';
import type { Transcript } from './login-transcript.ts';

/** What a step came to, by the server's words or by how the connection broke. */
export interface SmtpSteps {
  readonly refusal: (words: string, ms: number) => Step;
  readonly stepOf: (words: string, ms: number) => Step;
  /** What went wrong: the server's own no where it said one, else how the connection broke. */
  readonly badStep: (error: unknown) => Step;
}

export const smtpSteps = ({
  log,
  clock,
  transcript,
  signal,
}: {
  readonly log: SmtpLog;
  readonly clock: StepClock;
  readonly transcript: Transcript;
  readonly signal: AbortSignal;
}): SmtpSteps => {
  const concealed = (words: string) => smtpReply(transcript.conceal(words));
  const refusal = (words: string, ms: number): Step => ({ kind: 'refused', reply: concealed(words), ms });
  const stepOf = (words: string, ms: number): Step => {
    if (/^2\d\d/.test(words)) return { kind: 'accepted', reply: concealed(words), ms };
    if (/^[345]\d\d/.test(words)) return refusal(words, ms);
    return broken('garbled', transcript.conceal(words), ms);
  };
  const badStep = (error: unknown): Step => {
    signal.throwIfAborted();
    const { ms, reply } = log;
    if (reply !== undefined && /^[45]\d\d/.test(reply)) return refusal(reply, ms);
    if (clock.expired()) return broken('silent', 'no complete answer in time', ms);
    const how = log.at === 'starttls' && /^2/.test(reply ?? '') && howOf(error) === 'garbled' ? 'tls' : howOf(error);
    return broken(how, transcript.conceal(wordsOf(error)), ms);
  };
  return { refusal, stepOf, badStep };
};
