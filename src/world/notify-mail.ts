import type { Step } from '../model/login-facts.ts';
import type { Service } from '../model/mailbox.ts';
import { wireAddress } from './login-address.ts';
import { entryStep, inTurn, type LoginKit, prepared, refusesName } from './login-attempt.ts';
import { openTranscript } from './login-transcript.ts';
import { enterSmtp, type Seen } from './smtp-login.ts';

export interface Mail {
  /** Unique, and the same at every attempt: part of the Message-ID. */
  readonly id: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly date: Date;
}

export type Mailed =
  | { readonly kind: 'sent'; readonly rejected: readonly string[] }
  /** Surely not sent; `again`: it may go another time; `login`: the name or password was refused. */
  | { readonly kind: 'unsent'; readonly again: boolean; readonly login?: true; readonly says: string }
  | { readonly kind: 'uncertain'; readonly says: string };

const compose = async ({ id, from, to, subject, text, date }: Mail): Promise<Buffer> => {
  const { default: MimeNode } = await import('nodemailer/lib/mime-node');
  const domain = /@([a-z0-9.-]+)$/i.exec(from)?.[1] ?? 'crm-doctor.invalid';
  const root = new MimeNode('text/plain; charset=utf-8', {
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  root.setHeader({
    from,
    to: to.join(', '),
    subject,
    'message-id': `<${id.replace(/[^A-Za-z0-9.-]/g, '-')}@${domain}>`,
    date: date.toUTCString().replace('GMT', '+0000'),
    // RFC 3834: nobody answers it by himself.
    'Auto-Submitted': 'auto-generated',
    'X-Auto-Response-Suppress': 'All',
  });
  root.setContent(text);
  return new Promise<Buffer>((resolve, reject) => {
    root.build((error, message) => (error || !message ? reject(error ?? new Error('no message')) : resolve(message)));
  });
};

const wordsOf = (step: Step): string =>
  step.kind === 'broken' ? step.says || step.how : `${step.reply.code} ${step.reply.text}`.trim();

/** A server that is busy, or not there, may be another time; one that says no in earnest is not. */
const mayAgain = (step: Step): boolean =>
  step.kind === 'broken'
    ? step.how !== 'tls' && step.how !== 'garbled'
    : step.kind === 'refused' && step.reply.code.startsWith('4');

/**
 * Sends one mail through an account as it is configured: with its TLS and no less, with its login or not at all.
 */
export const sendMail = async (kit: LoginKit, service: Service, mail: Mail, signal: AbortSignal): Promise<Mailed> => {
  const addresses = [mail.from, ...mail.to].map(wireAddress);
  const bad = addresses.find((one) => one.kind === 'unusable');
  if (bad?.kind === 'unusable') return { kind: 'unsent', again: false, says: bad.says };
  const raw = await compose(mail);
  const login = await prepared(kit, service, signal);
  if (login.kind === 'withheld') return { kind: 'unsent', again: true, says: `no login: ${login.withheld}` };
  const credentials = login.kind === 'ready' ? login.credentials : undefined;
  const seen: Seen = { ehlo: '' };
  const enter = () => enterSmtp(kit, service, { credentials, transcript: openTranscript(credentials), seen, signal });
  const entered = credentials ? await inTurn(kit, service, enter) : await enter();
  if (entered.kind === 'out') {
    const step = entryStep(entered);
    const login = 'login' in entered && refusesName(step) ? { login: true as const } : {};
    return { kind: 'unsent', again: mayAgain(step), ...login, says: wordsOf(step) };
  }
  const { session } = entered;
  if (credentials && !entered.login) {
    session.quit();
    return { kind: 'unsent', again: false, says: 'the server offers no login' };
  }
  const {
    step,
    at,
    rejected = [],
  } = await session.send({ from: mail.from, to: mail.to, size: raw.length, eightBit: false }, raw);
  session.quit();
  if (step.kind === 'accepted') return { kind: 'sent', rejected };
  // The end of the message was on its way when the connection broke: the server may have it.
  if (step.kind === 'broken' && at === 'data') return { kind: 'uncertain', says: wordsOf(step) };
  return { kind: 'unsent', again: mayAgain(step), says: wordsOf(step) };
};
