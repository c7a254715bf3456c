import { performance } from 'node:perf_hooks';
import type { Broken, Reply, Step } from '../model/login-facts.ts';
import { printable } from './printable.ts';

/** RFC 3463: class, subject, detail, at the start of a reply's text. */
const enhanced = /^([245]\.\d{1,3}\.\d{1,3})(?=\s|$)/;

/** An SMTP reply of one or several lines (RFC 5321 section 4.2); every line repeats the code, many the status too. */
export const smtpReply = (raw: string): Reply => {
  const lines = raw.split(/\r?\n/);
  const code = /^\d{3}/.exec(lines[0] ?? '')?.[0] ?? '';
  const texts = lines.map((line) => line.replace(/^\d{3}(?:[ -]|$)/, '').trim());
  const status = enhanced.exec(texts[0] ?? '')?.[1];
  const [first = '', ...rest] = texts;
  const others = status
    ? rest.map((text) => (text.startsWith(`${status} `) ? text.slice(status.length + 1).trim() : text))
    : rest;
  const text = [first, ...others].filter(Boolean).join(' ');
  return { code, ...(status ? { status } : {}), text: printable(text) };
};

/** The outcome of an IMAP command, or BYE: `A1 NO [CODE] text`, `* BYE text` (RFC 3501 section 7.1). */
export const imapReply = (line: string): Reply | undefined => {
  const [, code, text = ''] = /^\S+ (OK|NO|BAD|BYE|PREAUTH)(?: ([\s\S]*))?$/i.exec(line) ?? [];
  if (code === undefined) return undefined;
  const tag = /^\[([A-Z0-9-]+)[^\]]*\]/i.exec(text)?.[1]?.toUpperCase();
  // A login's OK brings the whole list of capabilities, which says nothing of the login.
  if (tag === 'CAPABILITY') return { code: code.toUpperCase(), text: printable(text.replace(/^\[[^\]]*\] ?/, '')) };
  return { code: code.toUpperCase(), ...(tag ? { tag } : {}), text: printable(text) };
};

/** A POP3 status line; the tag is a response code, hierarchical ones as they are: SYS/TEMP (RFC 2449, RFC 3206). */
export const pop3Reply = (line: string): Reply | undefined => {
  const [, code, text = ''] = /^(\+OK|-ERR)(?: ([\s\S]*))?$/i.exec(line) ?? [];
  if (code === undefined) return undefined;
  const tag = /^\[([A-Z0-9/-]+)\]/i.exec(text)?.[1]?.toUpperCase();
  return { code: code.toUpperCase(), ...(tag ? { tag } : {}), text: printable(text) };
};

/** Milliseconds since a time of `performance.now()`. */
export const since = (start: number): number => Math.round(performance.now() - start);

export const broken = (how: Broken, says: string, ms = 0): Step => ({ kind: 'broken', how, says: printable(says), ms });

const tlsCode =
  /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|INVALID_|PATH_LENGTH|EPROTO$|STARTTLS_INJECTION$)/;

const byCode: Readonly<Record<string, Broken>> = {
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ECONNABORTED: 'reset',
  ETIMEDOUT: 'silent',
  ETIMEOUT: 'silent',
  CONNECT_TIMEOUT: 'silent',
  GREETING_TIMEOUT: 'silent',
  UPGRADE_TIMEOUT: 'silent',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  LineTooLarge: 'flood',
  LiteralTooLarge: 'flood',
  ResponseTooLarge: 'flood',
  NoConnection: 'closed',
  EConnectionClosed: 'closed',
  ClosedAfterConnectText: 'closed',
  ClosedAfterConnectTLS: 'closed',
};

const field = (error: unknown, name: string): string => {
  if (typeof error !== 'object' || error === null || !(name in error)) return '';
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' ? value : '';
};

/** The code of a system or TLS error; nodemailer keeps it beside its own. */
export const codeOf = (error: unknown): string => field(error, 'originalCode') || field(error, 'code');

/** The words of an error; those of several addresses together are empty in Node 20, their parts are not. */
export const wordsOf = (error: unknown): string => {
  const parts: unknown = typeof error === 'object' && error !== null && 'errors' in error ? error.errors : undefined;
  if (Array.isArray(parts) && parts.length > 0) return parts.map(wordsOf).join('; ');
  return field(error, 'message') || codeOf(error) || String(error);
};

/** How a library's error reads as a fact; an error that says nothing of the wire is an answer that made no sense. */
export const howOf = (error: unknown): Broken => {
  const code = codeOf(error);
  const known = byCode[code];
  if (known) return known;
  if (tlsCode.test(code)) return 'tls';
  const words = wordsOf(error);
  if (/exceeds maximum/.test(words)) return 'flood';
  // What Node says when the other side ends during the handshake.
  if (/before secure TLS connection was established/.test(words)) return 'closed';
  if (/\bclose|socket is already|ended by the other/i.test(words)) return 'closed';
  return 'garbled';
};
