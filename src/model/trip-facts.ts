import type { Step } from './wire-facts.ts';

/** What became of one text of the test message on its way. */
export type TextChange =
  | { readonly kind: 'same' }
  /** The text is whole, and something stands before or after it: a footer, a tag of a spam filter. */
  | { readonly kind: 'added'; readonly words: string }
  /** The letters are whole, and other parts of the text were changed: links, blanks, markup. */
  | { readonly kind: 'rewritten'; readonly reads: string }
  /** The bytes are as they were sent, under the name of another charset. */
  | { readonly kind: 'relabelled'; readonly charset: string }
  /** The bytes were taken for another charset and encoded anew. */
  | { readonly kind: 'double-encoded'; readonly as: string }
  /** The highest bit of each byte is gone. */
  | { readonly kind: 'eight-bit-stripped' }
  /** The escape signs that switch ISO-2022-JP to Japanese and back are gone. */
  | { readonly kind: 'escapes-lost' }
  /** Question marks stand where letters were. */
  | { readonly kind: 'replaced' }
  | { readonly kind: 'truncated' }
  /** The text is not there at all. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'other'; readonly reads: string };

/** The texts of the test message: its subject, and one part a way to send Japanese. */
export type TripPart = 'subject' | 'utf-8' | '8bit' | 'iso-2022-jp';

/** A text that did not arrive as it was sent; `message`: a part that nobody of us has put in. */
export interface Alteration {
  readonly part: TripPart | 'message';
  readonly change: Exclude<TextChange, { kind: 'same' }>;
}

/** One method of Authentication-Results (RFC 8601 section 2.2). */
export interface AuthenticationResult {
  /** spf, dkim, dmarc, arc, iprev … */
  readonly method: string;
  /** pass, fail, softfail, none, neutral, temperror, permerror … */
  readonly result: string;
  readonly reason?: string;
  /** `header.d`, `smtp.mailfrom`, `header.from` … */
  readonly properties: Readonly<Record<string, string>>;
}

/** What the receiving server says of the sender; the topmost field is the last server's own. */
export interface AuthenticationResults {
  readonly server: string;
  readonly results: readonly AuthenticationResult[];
}

/** A report of the mail system on our message (RFC 3464). */
export interface DeliveryReport {
  readonly kind: 'failed' | 'delayed' | 'other';
  readonly folder: string;
  readonly afterMs: number;
  /** Who reports. */
  readonly by: string;
  readonly recipient: string;
  /** 5.1.1 */
  readonly status: string;
  /** The words of the server that refused, without the type in front of them. */
  readonly says: string;
  /** The server that refused, where there was one. */
  readonly remote?: string;
  /** RFC 3339: until when it is tried again. */
  readonly until?: string;
  readonly removed: boolean;
}

/** What a look at the mailbox before and after the message shows of others who read it. */
export interface Passage {
  /** Ours was there at one look and gone at the next. */
  readonly vanishedFrom?: string;
  /** Messages that came into the polled folder after ours was sent and were gone by the end. */
  readonly taken: number;
}

/** What the round trip saw beside the message itself; every part may be absent from older runs. */
export interface TripSurroundings {
  /** RFC 3339, when the message was handed over. */
  readonly sentAt?: string;
  /** Ours again, beside the one that was found; the same folder twice is a duplicate. */
  readonly copies?: readonly { readonly folder: string; readonly role: 'inbox' | 'junk' | 'configured' | 'other' }[];
  /** Copies in the folder of sent messages; absent where no folder is marked as that. */
  readonly sentCopies?: number;
  readonly reports?: readonly DeliveryReport[];
  readonly passage?: Passage;
  /** Special uses that the server marks (RFC 6154): `\Sent`, `\Junk` … */
  readonly specialUses?: readonly string[];
  /** A search for Japanese words in UTF-8, as a CRM makes it. */
  readonly utf8Search?: Step;
}
