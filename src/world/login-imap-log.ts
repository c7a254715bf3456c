import { performance } from 'node:perf_hooks';
import type { LoginFact, Reply } from '../model/login-facts.ts';
import type { Limits } from './kit.ts';
import type { StepClock } from './login-clock.ts';
import { imapReply, since } from './login-reply.ts';
import type { Transcript } from './login-transcript.ts';

/** No server says more than so many lines in one step; 500 folders are named, a mailbox may hold many more. */
export const mostLines = 50_000;

const mostQuotaLines = 20;

/** What an ImapLog works with. */
export interface Listening {
  readonly transcript: Transcript;
  readonly clock: StepClock;
  readonly limits: Limits;
  /** Ends a connection on which the server says more than any has to say. */
  readonly shut: () => void;
}

/** The dialogue as the library's log tells it: how far it came, and what the server said last. */
export class ImapLog {
  at: NonNullable<LoginFact['before']>['at'] | 'login' | 'ready' = 'connect';
  mechanism = '';
  reply: Reply | undefined;
  /** The first no of a step: after a refused SELECT imapflow asks for a LIST by itself. */
  refusal: Reply | undefined;
  bye: Reply | undefined;
  /** The answer to the login itself; imapflow may ask for the capabilities after it. */
  accepted: Reply | undefined;
  flooded = false;
  /** QUOTA lines as the server wrote them. */
  readonly quotaLines: string[] = [];
  readonly #with: Listening;
  #began = performance.now();
  #lines = 0;
  #tag = '';
  #hiding = false;

  constructor(listening: Listening) {
    this.#with = listening;
  }

  /** Since the last command. */
  get ms(): number {
    return since(this.#began);
  }

  newStep(): void {
    this.#began = performance.now();
    this.reply = undefined;
    this.refusal = undefined;
  }

  /** One entry of the library's log. */
  readonly note = (entry: unknown): void => {
    if (typeof entry !== 'object' || entry === null || !('msg' in entry) || typeof entry.msg !== 'string') return;
    if (!('src' in entry)) return;
    if (entry.src === 'connection') {
      this.at = 'greeting';
      this.#began = performance.now();
      this.#with.clock.start(this.#with.limits.greetingMs);
    }
    if (entry.src === 'c')
      this.#onClient(entry.msg, 'comment' in entry && typeof entry.comment === 'string' ? entry.comment : '');
    if (entry.src === 's') this.#onServer(entry.msg);
  };

  #onClient(line: string, comment: string): void {
    const { transcript, clock, limits } = this.#with;
    const [, tag, command = '', argument = ''] = /^([0-9A-F]+) ([A-Z]+)(?: (\S+))?/.exec(line) ?? [];
    if (this.#hiding && (comment || tag === undefined)) {
      transcript.hidden();
      return;
    }
    this.#hiding = command === 'LOGIN' || command === 'AUTHENTICATE';
    if (this.#hiding) {
      this.at = 'login';
      this.mechanism = command === 'LOGIN' ? 'LOGIN' : argument.toUpperCase();
    } else if (command === 'STARTTLS') this.at = 'starttls';
    else if (this.at === 'greeting') this.at = 'hello';
    if (command !== 'LOGOUT') {
      this.#began = performance.now();
      this.#lines = 0;
      this.reply = undefined;
      this.#tag = tag ?? '';
      clock.start(limits.stepMs);
    }
    transcript.client(line);
  }

  #onServer(line: string): void {
    const { transcript, clock, limits, shut } = this.#with;
    this.#lines += 1;
    if (this.#lines > mostLines) {
      this.flooded = true;
      shut();
      return;
    }
    transcript.server(line);
    if (/^\* QUOTA /i.test(line) && this.quotaLines.length < mostQuotaLines) this.quotaLines.push(line.slice(0, 2_000));
    if (/^\* BYE\b/i.test(line)) this.bye ??= imapReply(transcript.conceal(line));
    const answers = this.#tag !== '' && line.startsWith(`${this.#tag} `);
    if (!answers) return;
    this.reply = imapReply(transcript.conceal(line));
    if (this.reply?.code !== 'OK') this.refusal ??= this.reply;
    if (this.#hiding) this.accepted = this.reply;
    this.#hiding = false;
    // After the OK to STARTTLS the handshake is a step of its own.
    if (this.at === 'starttls' && this.reply?.code === 'OK') clock.start(limits.stepMs);
    else clock.stop();
  }
}
