import type { Message } from './message.ts';
import type { Notice } from './notice.ts';
import type { Outcome } from './outbox.ts';

/** What of a notice a channel puts into its own form. */
export interface Content {
  readonly message: Message;
  readonly notice: Notice;
  /** Of the delivery. */
  readonly id: string;
}

export interface HttpRequest {
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What came back, bounded. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
  /** The same without secrets, for whoever reads what went wrong. */
  readonly said: string;
  readonly headers: { readonly retryAfter?: string; readonly date?: string; readonly reset?: string };
  readonly now: Date;
}

/** How a service of the web wants to be written to. Pure; where it is and what opens it is the sender's business. */
export interface HttpBuilder {
  /** Its receiver recognises a repetition. */
  readonly repeatable: boolean;
  readonly request: (content: Content) => HttpRequest;
  readonly judge: (answer: HttpAnswer) => Outcome;
}
