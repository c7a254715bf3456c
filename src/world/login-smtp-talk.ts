import type { Socket } from 'node:net';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Limits } from './kit.ts';
import type { StepClock } from './login-clock.ts';
import type { SmtpLog } from './login-smtp-log.ts';
import type { SmtpSteps } from './login-smtp-steps.ts';
import type { Transcript } from './login-transcript.ts';

/** The part of nodemailer's context that is used. */
export interface CustomAuthContext {
  readonly sendCommand: (
    line: string,
    done: (error: Error | null, data: { readonly response: string }) => void,
  ) => void;
}

/** What nodemailer's public `customAuth`, the one public way to send a command, is to run next. */
export interface OwnCommands {
  run: ((context: CustomAuthContext) => void) | undefined;
}

/** A connection, with what listens to it. */
export interface SmtpTalk {
  readonly connection: SMTPConnection;
  /** The socket below, and below TLS. */
  readonly raw: Socket;
  readonly own: OwnCommands;
  readonly log: SmtpLog;
  readonly clock: StepClock;
  readonly limits: Limits;
  readonly transcript: Transcript;
  readonly signal: AbortSignal;
  readonly steps: SmtpSteps;
  /** Rejects when the connection ends, whatever ends it. */
  readonly failure: Promise<never>;
}
