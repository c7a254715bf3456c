import type { ClientName, Step } from './login-facts.ts';
import type { SpfResult } from './policy-facts.ts';

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

/** One hop of the way, newest last. */
export interface Hop {
  readonly by: string;
  /** The name under which the sending side came in; absent where the line does not tell. */
  readonly from?: string;
  /** The address that the server saw the sending side come from. */
  readonly address?: string;
  readonly at: string;
  /** Milliseconds since the hop before; absent for the first. */
  readonly afterMs?: number;
}

/** What one DKIM-Signature of a message that was seen is worth (RFC 6376, RFC 8463). */
export interface DkimResult {
  /** d= and s=; empty where the signature is too broken to say. */
  readonly domain: string;
  readonly selector: string;
  readonly result: 'pass' | 'fail' | 'permerror' | 'temperror';
  /**
   * fail: `signature`, `body-hash`, `expired`, `from-the-future`; permerror: `no-key`, `key-revoked`, `key-…` for a key
   * that is not usable, else what is wrong with the signature itself (`syntax`, `version`, `algorithm`,
   * `from-not-signed`, …); temperror: `dns`.
   */
  readonly why?: string;
  /** Whether the body is the one that was signed; with `mismatch` and a good signature something on the way changed it. */
  readonly bodyHash?: 'ok' | 'mismatch';
  /** Length of the key, where one was found. */
  readonly bits?: number;
  /** The key is marked as being tested (t=y). */
  readonly testing?: true;
}

/** Where a message was handed to the servers of the mailbox by those of somebody else. */
export interface Border {
  /** The server that took it. */
  readonly by: string;
  /** How the sending server called itself, and where it came from. */
  readonly from: string;
  readonly address: string;
}

/** The server that sent the message, as those who receive it look it up. */
export interface SendingAddress extends ClientName, Border {
  /** What SPF says of it; absent where the envelope's sender is of another domain, or nobody can say. */
  readonly spf?: { readonly domain: string; readonly result: SpfResult };
}

/** mail.round-trip: one marked message from the mailbox to itself. */
export interface RoundTripFact extends TripSurroundings {
  readonly messageId: string;
  /** Answer to each step of sending; the first that is not accepted ends it. */
  readonly sent: Step;
  readonly at?: 'mail' | 'rcpt' | 'data';
  readonly bytes: number;
  /** How it was looked for. */
  readonly through: 'imap' | 'pop3' | 'none';
  readonly found?: {
    readonly folder: string;
    readonly role: 'inbox' | 'junk' | 'configured' | 'other';
    readonly afterMs: number;
    readonly hops: readonly Hop[];
    readonly subjectIntact: boolean;
    readonly bodyIntact: boolean;
    readonly messageIdKept: boolean;
    /** Each DKIM-Signature of the message as it arrived, top first; empty: it carries none. Absent: not verified. */
    readonly dkim?: readonly DkimResult[];
    /** The Message-ID that it arrived with, where it is another. */
    readonly newMessageId?: string;
    /** The texts that are not as they were sent; the booleans above are their sum. */
    readonly altered?: readonly Alteration[];
    /** The body's bytes: as sent, the same text encoded otherwise, or another text. */
    readonly bodyBytes?: 'same' | 'reencoded' | 'changed';
    readonly authentication?: readonly AuthenticationResults[];
    /** The envelope's sender as the last server noted it (Return-Path, RFC 5321 section 4.4). */
    readonly returnPath?: string;
    /** The step from the sending side's servers to those of the mailbox; absent where the message stayed with one side. */
    readonly border?: Border;
    /** What the DNS says of the address that came over that border; absent where it is no public one. */
    readonly sentFrom?: SendingAddress;
    /** A Reply-To that we did not write. */
    readonly replyTo?: string;
    /** The folder's special use (RFC 6154), where the server marks one. */
    readonly specialUse?: string;
    readonly flags?: readonly string[];
    /** Servers by how often the message came to them, and X-Loop or Delivered-To that say that it went in a circle. */
    readonly rounds?: {
      readonly received: number;
      readonly most: number;
      readonly by: string;
      readonly delivered: number;
    };
  };
  /** Set when looking itself failed. */
  readonly lookupFailed?: Step;
  readonly waitedMs: number;
  readonly removed: boolean;
  /** The receiving side's mailbox and the sending side's address are the same by configuration. */
  readonly sameMailbox: boolean;
}
