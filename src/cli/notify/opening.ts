import type { Login, Waiting } from '../../model/login.ts';
import type { Content } from '../../notify/builder.ts';
import type { Outcome } from '../../notify/outbox.ts';
import type { LoginKit } from '../../world/login-attempt.ts';
import type { Redact } from '../redact-report.ts';
import type { Endpoints } from './open-http.ts';

/** What every channel is opened with. */
export interface Opening {
  readonly kit: LoginKit;
  readonly redact: Redact;
  readonly endpoints: Endpoints;
  readonly env: NodeJS.ProcessEnv;
  /** Logins that wait because they were refused before. */
  readonly waiting?: Waiting;
  /** A login was refused. */
  readonly refused?: (login: Login) => void;
}

/** An open channel below its words. */
export interface Sender {
  readonly repeatable: boolean;
  /** Where it leads to, as far as that may be told. */
  readonly host: string;
  readonly send: (content: Content, signal: AbortSignal) => Promise<Outcome>;
}
