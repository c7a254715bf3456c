import type { Protocol } from '../model/config.ts';
import type { Reply } from '../model/login-facts.ts';

/** Where in a dialogue a reply came. */
export type ReplyStep =
  | 'greeting'
  | 'hello'
  | 'starttls'
  | 'login'
  | 'mail'
  | 'rcpt'
  | 'data'
  | 'select'
  | 'stat'
  | 'quota';

/** One line of the table: every part that is given must match. */
export interface ReplyPattern {
  readonly cause: string;
  /** How surely this reply alone shows the cause, 0 to 1. */
  readonly confidence: number;
  /** A plain refusal that says nothing more. */
  readonly generic?: true;
  readonly protocols?: readonly Protocol[];
  readonly steps?: readonly ReplyStep[];
  readonly code?: RegExp;
  /** Enhanced status code (RFC 3463). */
  readonly status?: RegExp;
  /** Response codes of IMAP (RFC 5530) and POP3 (RFC 2449, RFC 3206). */
  readonly tags?: readonly string[];
  /** Of the words after code, status and tag. */
  readonly says?: RegExp;
}

/** A reply with its parts told apart, however the server laid them out. */
export interface ReplyParts {
  readonly code: string;
  readonly status: string;
  readonly tag: string;
  readonly words: string;
}

const statusAtStart = /^(?:[245]\d\d[ -])?([245]\.\d{1,3}\.\d{1,3})(?![.\d])/;
// qmail writes "(#5.7.1)" at the end.
const statusInBrackets = /\(#([245]\.\d{1,3}\.\d{1,3})\)/;
const tagAtStart = /^(?:\* )?(?:(?:NO|BAD|BYE|OK|-ERR) )?\[([A-Z][A-Z/-]{1,40})/i;

/** What is left when code and status, which Gmail repeats on every line, are taken out of the text. */
const wordsOf = (text: string, code: string, status: string): string => {
  const repeated = status === '' ? [] : [`${code}-${status}`, `${code} ${status}`, status];
  return repeated
    .reduce((left, piece) => ` ${left} `.replaceAll(` ${piece} `, ' ').trim(), text)
    .replace(/^(?:\* )?(?:[245]\d\d[ -]|(?:NO|BAD|BYE|-ERR)(?: |$))/i, '')
    .trim();
};

// SMTP has no such codes; Yahoo's [TSS04] is words.
const withoutTag = (words: string): string => words.replace(/^\[[^\]]{1,80}\] ?/, '');

export const partsOf = (reply: Reply): ReplyParts => {
  const status = reply.status ?? statusAtStart.exec(reply.text)?.[1] ?? statusInBrackets.exec(reply.text)?.[1] ?? '';
  const words = wordsOf(reply.text, reply.code, status);
  if (/^\d/.test(reply.code)) return { code: reply.code, status, tag: '', words };
  const tag = (reply.tag ?? tagAtStart.exec(reply.text)?.[1] ?? '').toUpperCase();
  return { code: reply.code.toUpperCase(), status, tag, words: withoutTag(words) };
};

export const matches = (
  pattern: ReplyPattern,
  { code, status, tag, words }: ReplyParts,
  { protocol, step }: { readonly protocol: Protocol; readonly step: ReplyStep },
): boolean =>
  (pattern.protocols === undefined || pattern.protocols.includes(protocol)) &&
  (pattern.steps === undefined || pattern.steps.includes(step)) &&
  (pattern.code === undefined || pattern.code.test(code)) &&
  (pattern.status === undefined || pattern.status.test(status)) &&
  (pattern.tags === undefined || pattern.tags.includes(tag)) &&
  (pattern.says === undefined || pattern.says.test(words));
