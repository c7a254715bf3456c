import { performance } from 'node:perf_hooks';
import type { Limits } from './kit.ts';
import type { StepClock } from './login-clock.ts';
import { since } from './login-reply.ts';
import type { Transcript } from './login-transcript.ts';

/** What an SmtpLog works with. */
interface Listening {
  readonly transcript: Transcript;
  readonly clock: StepClock;
  readonly limits: Limits;
}

const silent = (): void => undefined;

/** The dialogue as nodemailer's transaction log tells it: how far it came, and what the server said last. */
export class SmtpLog {
  at: 'greeting' | 'hello' | 'starttls' = 'greeting';
  /** The last whole reply to what was asked last. */
  reply: string | undefined;
  hello = '';
  helloRefusal: string | undefined;
  /** When what was asked last was asked. */
  began = performance.now();
  inAuth = false;
  readonly #with: Listening;

  constructor(listening: Listening) {
    this.#with = listening;
  }

  /** Since what was asked last. */
  get ms(): number {
    return since(this.began);
  }

  // The words that go to the network are masked by nodemailer already; `masked` ones are commands of `customAuth`.
  readonly logger = {
    level: silent,
    trace: silent,
    debug: (entry: unknown, words: unknown) => {
      const tnx = typeof entry === 'object' && entry !== null && 'tnx' in entry ? entry.tnx : undefined;
      if (tnx === 'client' && words !== '/* secret */') this.#onClient(String(words));
      if (tnx === 'server') this.#onServer(String(words));
    },
    info: silent,
    warn: silent,
    error: silent,
    fatal: silent,
  };

  #onClient(line: string): void {
    const { transcript, clock, limits } = this.#with;
    this.began = performance.now();
    this.reply = undefined;
    if (/^(EHLO|HELO) /.test(line)) this.at = 'hello';
    if (line === 'STARTTLS') this.at = 'starttls';
    // Nobody waits for the answer to the farewell.
    if (line !== 'QUIT') clock.start(limits.stepMs);
    if (this.inAuth) {
      transcript.hidden();
      return;
    }
    if (/^AUTH /.test(line)) this.inAuth = true;
    transcript.client(line);
  }

  #onServer(words: string): void {
    const { transcript, clock, limits } = this.#with;
    this.reply = words;
    if (this.at === 'hello' && /^250/.test(words)) this.hello = words;
    if (this.at === 'hello' && /^[45]/.test(words)) this.helloRefusal ??= words;
    if (this.inAuth && !/^3/.test(words)) this.inAuth = false;
    // After the 220 to STARTTLS the handshake is a step of its own.
    if (this.at === 'starttls' && /^2/.test(words)) clock.start(limits.stepMs);
    else clock.stop();
    transcript.server(words);
  }
}
