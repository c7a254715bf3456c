import { performance } from 'node:perf_hooks';
import type { Step } from '../model/login-facts.ts';
import type { BearerChallenge } from '../model/token-facts.ts';
import { type BearerExchange, challengeOf } from './login-bearer.ts';
import { since } from './login-reply.ts';
import type { SmtpTalk } from './login-smtp-talk.ts';

/** The name under which nodemailer's public `customAuth` runs commands of ours. */
export const ours = 'CRM-DOCTOR';

/** RFC 4954 section 4: an initial response that makes the command longer than this waits for the server's go-ahead. */
const longestCommand = 510;

/** Logs in by a token; the challenge of a refusal is answered, so that the refusal itself comes too. */
export const byToken = async (
  { connection, own, log, failure, transcript, steps: { stepOf, badStep } }: SmtpTalk,
  { mechanism, response, afterChallenge }: BearerExchange,
): Promise<{ readonly step: Step; readonly challenge?: BearerChallenge }> => {
  const start = performance.now();
  const whole = `AUTH ${mechanism} ${response}`;
  const atOnce = whole.length <= longestCommand;
  let challenge: BearerChallenge | undefined;
  log.began = start;
  const ended = new Promise<string>((resolve) => {
    own.run = ({ sendCommand }) => {
      const say = (line: string, then: (words: string) => void): void =>
        sendCommand(line, (_error, data) => then(data.response));
      const judged = (words: string): void => {
        if (!/^334/.test(words)) {
          resolve(words);
          return;
        }
        challenge = challengeOf(words.slice(3), transcript.conceal);
        // Whatever comes now is the end: a server that asks on and on is not answered.
        say(afterChallenge, resolve);
      };
      if (atOnce) say(whole, judged);
      else say(`AUTH ${mechanism}`, (words) => (/^334/.test(words) ? say(response, judged) : resolve(words)));
    };
  });
  try {
    // Never resolved by us, so that a second call finds the library as the first one did.
    connection.login({ method: ours }, () => undefined);
    const words = await Promise.race([ended, failure]);
    log.inAuth = false;
    return { step: stepOf(words, since(start)), ...(challenge ? { challenge } : {}) };
  } catch (error) {
    log.inAuth = false;
    return { step: badStep(error), ...(challenge ? { challenge } : {}) };
  }
};

/** Sends the commands without waiting in between, as PIPELINING allows (RFC 2920). */
export const pipelined = async (
  { connection, own, log, clock, limits, failure, transcript, steps: { stepOf, badStep } }: SmtpTalk,
  lines: readonly string[],
): Promise<readonly Step[]> => {
  const start = performance.now();
  const steps: Step[] = [];
  log.began = start;
  log.reply = undefined;
  clock.start(limits.stepMs);
  const all = new Promise<void>((resolve) => {
    own.run = (context) => {
      for (const line of lines) {
        transcript.client(line);
        context.sendCommand(line, (_error, { response }) => {
          steps.push(stepOf(response, since(start)));
          if (steps.length === lines.length) resolve();
          else {
            log.reply = undefined;
            clock.start(limits.stepMs);
          }
        });
      }
    };
  });
  try {
    // Never resolved by us, so that a second call finds the library as the first one did.
    connection.login({ method: ours }, () => undefined);
    await Promise.race([all, failure]);
  } catch (error) {
    if (steps.length < lines.length) steps.push(badStep(error));
  }
  clock.stop();
  return steps;
};
