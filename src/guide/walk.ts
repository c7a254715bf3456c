import type { Entry } from './journal.ts';
import { steppedBack } from './journal.ts';
import type { Block, ChoiceQuestion, Question, SecretQuestion, Talk, TextQuestion } from './talk.ts';
import { Left } from './talk.ts';

/**
 * The way through the guide. A flow is plain code that asks and acts in order; going back and resuming read the journal
 * from its beginning, so that the flow comes to the same place without asking or doing anything twice.
 */
export interface Walk {
  readonly choose: (question: Omit<ChoiceQuestion, 'kind'>) => Promise<string>;
  readonly text: (question: Omit<TextQuestion, 'kind'>) => Promise<string>;
  /** Asked again after a resume: it is not on the disk. */
  readonly secret: (question: Omit<SecretQuestion, 'kind'>) => Promise<string>;
  /** Done once in a session; the result has to survive JSON. */
  readonly once: <Result>(
    id: string,
    work: () => Promise<Result>,
    options?: { readonly final: true },
  ) => Promise<Result>;
  /** To the last question, which is asked again. */
  readonly back: () => Promise<never>;
  /** Silent where the way is only walked again. */
  readonly say: (block: Block) => void;
}

class WentBack extends Error {}

interface Keeping {
  readonly entries: readonly Entry[];
  /** On the disk when the promise is fulfilled. */
  readonly keep: (entries: readonly Entry[], added?: Entry) => Promise<void>;
  /** Shown for an answer of an earlier session. */
  readonly recall: (question: Question, answer: string) => void;
  /** Nothing lies before the first question, or a change that was made. */
  readonly noWayBack: () => void;
}

/** Walks a flow to its end; `Left` and faults come out of it. */
export const walkThrough = async <Result>(
  flow: (walk: Walk) => Promise<Result>,
  talk: Talk,
  { entries: kept, keep, recall, noWayBack }: Keeping,
): Promise<Result> => {
  let entries = kept;
  let recalled = 0;
  const secrets = new Map<string, string>();
  for (;;) {
    let at = 0;
    /** `rest` is what still holds behind it. */
    const add = async (entry: Entry, rest: readonly Entry[] = []): Promise<void> => {
      entries = [...entries.slice(0, at), entry, ...rest];
      at += 1;
      recalled = Math.max(recalled, at);
      await keep(entries, entry);
    };
    const stepBack = async (): Promise<void> => {
      const back = steppedBack(entries.slice(0, at));
      if (back) {
        entries = back;
        await keep(entries);
        throw new WentBack();
      }
      noWayBack();
    };
    const askFor = async (question: Question): Promise<string> => {
      for (;;) {
        const reply = await talk.ask(question, { back: entries.slice(0, at).some(({ kind }) => kind !== 'did') });
        if (reply.kind === 'answer') return reply.value;
        await stepBack();
      }
    };
    const answered = async (question: ChoiceQuestion | TextQuestion): Promise<string> => {
      const entry = entries[at];
      if (entry?.kind === 'answer' && entry.id === question.id) {
        at += 1;
        if (at > recalled) {
          recalled = at;
          recall(question, entry.value);
        }
        return entry.value;
      }
      const value = await askFor(question);
      await add({ kind: 'answer', id: question.id, value });
      return value;
    };
    const walk: Walk = {
      choose: (question) => answered({ kind: 'choice', ...question }),
      text: (question) => answered({ kind: 'text', ...question }),
      secret: async (question) => {
        const entry = entries[at];
        const again = entry?.kind === 'secret' && entry.id === question.id;
        const known = again ? secrets.get(question.id) : undefined;
        if (known !== undefined) {
          at += 1;
          return known;
        }
        const value = await askFor({ kind: 'secret', ...question });
        secrets.set(question.id, value);
        const given = value !== '';
        // What was done with a secret does not hold without one.
        await add(
          { kind: 'secret', id: question.id, given },
          again && entry.given === given ? entries.slice(at + 1) : [],
        );
        return value;
      },
      once: async (id, work, options) => {
        const entry = entries[at];
        if (entry?.kind === 'did' && entry.id === id) {
          at += 1;
          recalled = Math.max(recalled, at);
          // Written by the same call of an earlier walk.
          return entry.result as Awaited<ReturnType<typeof work>>;
        }
        const result = await work();
        await add({ kind: 'did', id, result, ...options });
        return result;
      },
      back: async () => {
        await stepBack();
        throw new Left('choice');
      },
      say: (block) => {
        if (at >= entries.length) talk.say(block);
      },
    };
    try {
      return await flow(walk);
    } catch (error) {
      if (!(error instanceof WentBack)) throw error;
    }
  }
};
