import type { LogKind } from '../model/log-facts.ts';
import type { Cut } from './dialect.ts';

/** A line that tells that something worked. */
export interface Success {
  readonly kinds: readonly LogKind[];
  readonly relay?: string;
  readonly recipient?: string;
}

/** Strings at which the reader stops for these lines. */
export const successNeedles: readonly string[] = [
  'status=sent',
  'login: user=<',
  'sasl_username=',
  'server -> client: 235',
  'server -> client: 250',
  'successfully sent',
  'email(s) on',
  ' => ',
  ' p=esmtp',
  ',deliver',
  '"deliver',
  ',send',
];

const relayIn = (text: string): string | undefined =>
  /\brelay=([^,[\s]{1,250})/.exec(text)?.[1] ??
  /\bH=([^\s[]{1,250})/.exec(text)?.[1] ??
  /\bconnect to ([^\s[]{1,250})\[/.exec(text)?.[1];

const recipientIn = (text: string): string | undefined =>
  /\bto=<([^<>]{1,250})>/.exec(text)?.[1] ??
  / (?:\*\*|==|=>|->) (?:\S{1,64} )?<?([^\s<>]{1,128}@[^\s<>:]{1,128})/.exec(text)?.[1];

/** Where a line says that mail goes. */
export const wayIn = (text: string): Omit<Success, 'kinds'> => {
  const relay = relayIn(text)?.toLowerCase();
  const recipient = recipientIn(text)?.toLowerCase();
  return {
    ...(relay === undefined || relay === 'none' ? {} : { relay }),
    ...(recipient === undefined ? {} : { recipient }),
  };
};

type Reader = (cut: Cut) => readonly LogKind[] | undefined;

const readers: Readonly<Record<string, Reader>> = {
  postfix: ({ text }) =>
    /\bstatus=sent\b/.test(text) ? ['send'] : /\bclient=\S+.*\bsasl_username=/.test(text) ? ['login'] : undefined,
  exim: ({ text }) => (/ (?:=>|->) \S/.test(text) ? ['send'] : / <= .* A=\w+:/.test(text) ? ['login'] : undefined),
  dovecot: ({ text }) =>
    /: ?Login: user=</.test(text) || /^Login: user=</.test(text) ? ['login', 'fetch'] : undefined,
  exchange: ({ text }) => (/^(?:deliver|delivered|send)\b/i.test(text) ? ['send'] : undefined),
  odoo: ({ text }) =>
    /successfully sent/i.test(text)
      ? ['send']
      : /Fetched \d+ email\(s\) on .* 0 failed/i.test(text)
        ? ['fetch', 'login']
        : undefined,
  phpmailer: ({ text }) =>
    /SERVER -> CLIENT: 235/.test(text)
      ? ['login']
      : /SERVER -> CLIENT: 250[ -].*(?:queued|2\.0\.0|2\.6\.0)/i.test(text)
        ? ['send', 'login']
        : undefined,
};

/** What a line tells to have worked, if it does. */
export const successIn = (cut: Cut): Success | undefined => {
  const kinds = readers[cut.dialect]?.(cut);
  return kinds && { kinds, ...wayIn(cut.text) };
};
