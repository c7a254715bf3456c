import type { Protocol } from '../model/config.ts';
import type { Reply } from '../model/login-facts.ts';
import type { ReplyStep } from '../reason/replies.ts';
import { replyCause } from '../reason/replies.ts';

/** A server's refusal as it stands inside a line, and where in the dialogue it came. */
interface Quoted {
  readonly reply: Reply;
  readonly protocol: Protocol;
  readonly step: ReplyStep;
}

const stepOf = (command: string, code: string): ReplyStep => {
  if (/^RCPT/i.test(command)) return 'rcpt';
  if (/^MAIL/i.test(command)) return 'mail';
  if (/DATA|end of data|BDAT/i.test(command)) return 'data';
  if (/^(?:EHLO|HELO|LHLO)/i.test(command)) return 'hello';
  if (/^STARTTLS/i.test(command)) return 'starttls';
  if (/^AUTH/i.test(command) || /^(?:53[0458]|454|432)$/.test(code)) return 'login';
  return 'rcpt';
};

const smtp = (code: string, text: string, step: ReplyStep): Quoted => ({
  reply: { code, text: text.slice(0, 2000) },
  protocol: 'smtp',
  step,
});

type Reader = (text: string) => Quoted | undefined;

const readers: readonly Reader[] = [
  // Postfix as a client.
  (text) => {
    const [, how, code, words] = / (said|refused to talk to me): ([45]\d\d)[ -](.*)$/.exec(text) ?? [];
    if (code === undefined) return undefined;
    const command = /\(in reply to (.+?) command\)/.exec(words ?? '')?.[1] ?? '';
    const said = (words ?? '').replace(/ ?\(in reply to .+$/, '').replace(/\)$/, '');
    return smtp(code, said, how === 'said' ? stepOf(command, code) : 'greeting');
  },
  // Postfix as a server: what it said itself.
  (text) => {
    const [, verb, code, words] = /reject: (\w+) from \S+: ([45]\d\d) (.*?)(?:; from=|; proto=|$)/.exec(text) ?? [];
    return code === undefined ? undefined : smtp(code, words ?? '', stepOf(verb ?? '', code));
  },
  // Exim as a client.
  (text) => {
    const [, verb, code, words] =
      /remote mail server after ([^:]{1,200}?)(?:: |:<[^>]*>.*?: )(?:host \S+ \[[^\]]*\]: )?([45]\d\d)[ -](.*)$/.exec(
        text,
      ) ?? [];
    return code === undefined ? undefined : smtp(code, words ?? '', stepOf(verb ?? '', code));
  },
  // Python: smtplib.SMTPAuthenticationError: (535, b'5.7.8 …')
  (text) => {
    const [, code, words] = /\(([45]\d\d), b?['"](.*?)['"]/.exec(text) ?? [];
    if (code === undefined) return undefined;
    const verb = /SMTPSenderRefused/.test(text) ? 'MAIL' : /SMTPDataError/.test(text) ? 'DATA' : '';
    return smtp(code, words ?? '', stepOf(verb, code));
  },
  // PHPMailer's dialogue, nodemailer's and others' quotes: 535 5.7.8 …, 550-5.1.1 …
  (text) => {
    const [, code, words] =
      /(?:SERVER -> CLIENT: |Invalid login: |Can't send mail[^:]*: |(?:command|Message) failed: |^)([45]\d\d)[ -](\S.*)$/i.exec(
        text,
      ) ??
      /(?:^|[\s:"'(])([45]\d\d)[ -]([45]\.\d{1,3}\.\d{1,3} .*)$/.exec(text) ??
      [];
    return code === undefined ? undefined : smtp(code, words ?? '', stepOf('', code));
  },
  (text) => {
    const words = /(?:^|\s)-ERR (.*)$/.exec(text)?.[1];
    if (words === undefined) return undefined;
    return { reply: { code: '-ERR', text: words.slice(0, 2000) }, protocol: 'pop3', step: 'login' };
  },
  (text) => {
    const [, code, words] = /(?:^|\s)(NO|BAD|BYE) (\[[A-Z][A-Z /-]{1,30}\] .*|Command failed.*)$/.exec(text) ?? [];
    if (code === undefined) return undefined;
    return { reply: { code, text: (words ?? '').slice(0, 2000) }, protocol: 'imap', step: 'login' };
  },
  // Python's imaplib leaves the NO out: imaplib.error: b'[AUTHENTICATIONFAILED] …'
  (text) => {
    const words = /(?:^|\s)(?:b?['"])?(\[(?:AUTHENTICATIONFAILED|AUTHORIZATIONFAILED|EXPIRED)\] [^'"]*)/.exec(
      text,
    )?.[1];
    if (words === undefined) return undefined;
    return { reply: { code: 'NO', text: words.slice(0, 2000) }, protocol: 'imap', step: 'login' };
  },
];

/** What the pattern base of live replies says of the reply inside a line. */
export const causeOfReplyIn = (text: string): { readonly cause: string; readonly confidence: number } | undefined => {
  for (const read of readers) {
    const quoted = read(text);
    if (!quoted) continue;
    const found = replyCause(quoted.reply, quoted);
    // A quote in a log lacks the dialogue around it.
    if (found) return { cause: found.cause, confidence: Math.min(found.confidence, 0.85) };
  }
  return undefined;
};
