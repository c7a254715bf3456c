import { performance } from 'node:perf_hooks';
import type { Step } from '../model/login-facts.ts';
import { broken, since, wordsOf } from './login-reply.ts';
import type { SmtpSteps } from './login-smtp-steps.ts';
import type { SmtpTalk } from './login-smtp-talk.ts';

export interface Envelope {
  readonly from: string;
  readonly to: string | readonly string[];
  readonly size: number;
  /** The message holds bytes above 127, which the server takes (RFC 6152). */
  readonly eightBit: boolean;
}

export interface Sent {
  readonly step: Step;
  readonly at?: 'mail' | 'rcpt' | 'data';
  /** Recipients that the server refused while it took the message for the others. */
  readonly rejected?: readonly string[];
}

const rejectedIn = (info: unknown): readonly string[] => {
  const rejected: unknown = typeof info === 'object' && info !== null && 'rejected' in info ? info.rejected : [];
  return Array.isArray(rejected) ? rejected.map(String) : [];
};

const textField = (error: unknown, name: string): string => {
  if (typeof error !== 'object' || error === null || !(name in error)) return '';
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' ? value : '';
};

const phaseOf = (error: unknown): Pick<Sent, 'at'> => {
  const command = textField(error, 'command');
  if (command === 'MAIL FROM') return { at: 'mail' };
  if (command === 'RCPT TO') return { at: 'rcpt' };
  return { at: 'data' };
};

const sendStep = ({ refusal, badStep }: SmtpSteps, error: unknown, ms: number): Step => {
  const words = textField(error, 'response');
  if (/^[345]\d\d/.test(words)) return refusal(words, ms);
  const step = badStep(error);
  return step.kind === 'accepted' ? broken('garbled', wordsOf(error), ms) : step;
};

/** Sends one message; where a server refuses some of several recipients, the others get it. */
export const sendMessage = async (
  { connection, log, failure, signal, steps }: SmtpTalk,
  envelope: Envelope,
  message: Buffer,
): Promise<Sent> => {
  const start = performance.now();
  try {
    const rejected = await Promise.race([
      new Promise<readonly string[]>((resolve, reject) =>
        connection.send(
          {
            from: envelope.from,
            to: typeof envelope.to === 'string' ? [envelope.to] : [...envelope.to],
            size: envelope.size,
            use8BitMime: envelope.eightBit,
          },
          message,
          (error, info) => (error ? reject(error) : resolve(rejectedIn(info))),
        ),
      ),
      failure,
    ]);
    const step = steps.stepOf(log.reply ?? '', since(start));
    return { step, at: 'data', ...(rejected.length > 0 ? { rejected } : {}) };
  } catch (error) {
    signal.throwIfAborted();
    return { step: sendStep(steps, error, since(start)), ...phaseOf(error) };
  }
};
