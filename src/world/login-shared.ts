import type { ImapAnswers } from './imap-login.ts';
import { onAbort } from './login-clock.ts';

/** One session that several questions share: login and quota. */
export interface SharedSession {
  readonly ask: <Fact>(which: (answers: ImapAnswers) => Promise<Fact>, signal: AbortSignal) => Promise<Fact>;
  /** Cut short before it could answer everything: the next question starts anew. */
  readonly cut: () => boolean;
}

/**
 * The session ends early only when nobody waits for it any more: the deadline of one question must not take the answer of
 * the other, which would cost a second login.
 */
export const shareSession = (start: (signal: AbortSignal) => ImapAnswers): SharedSession => {
  const controller = new AbortController();
  const answers = start(controller.signal);
  const waiting = new Set<object>();
  const releases: (() => void)[] = [];
  let complete = false;
  const finish = (): void => {
    complete = true;
    for (const release of releases.splice(0)) release();
  };
  answers.quota.then(finish, () => undefined);
  return {
    cut: () => controller.signal.aborted && !complete,
    ask: (which, signal) =>
      new Promise((resolve, reject) => {
        const asker = {};
        waiting.add(asker);
        which(answers)
          .then(resolve, reject)
          .finally(() => waiting.delete(asker));
        if (complete) return;
        // The listener outlives the answer: an interrupted run ends what is still under way for nobody.
        const release = onAbort(signal, (reason) => {
          waiting.delete(asker);
          reject(reason);
          if (waiting.size === 0 && !complete) controller.abort(reason);
        });
        releases.push(release);
      }),
  };
};
