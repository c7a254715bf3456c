import type { Protocol } from '../../src/model/config.ts';
import type { Reply } from '../../src/model/login-facts.ts';
import type { Text } from '../../src/model/text.ts';
import type { ReplyStep } from '../../src/reason/replies.ts';
import { protocolName } from '../mail/service.ts';

/** One sentence in both languages, where it is short enough for a line each. */
export const both = (en: string, ja: string): Text => ({ en, ja });

const longestQuote = 300;

/** A reply as the server wrote it, its code in front. */
export const saidBy = ({ code, status, text }: Reply): string => {
  const withStatus = status === undefined || text.includes(status) ? text : `${status} ${text}`;
  const whole = (withStatus.startsWith(code) ? withStatus : `${code} ${withStatus}`).replace(/\s+/g, ' ').trim();
  return whole.length > longestQuote ? `${whole.slice(0, longestQuote)}…` : whole;
};

/** A service as a detail keeps it. */
export interface Place {
  readonly protocol: Protocol;
  readonly host: string;
  readonly port: number;
}

const listed = (items: readonly string[], last: string): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')}${last}${items.at(-1) ?? ''}`;

/** `SMTP (smtp.example.jp:587) and IMAP (imap.example.jp:993)`. */
export const placesText = (places: readonly Place[]): Text => {
  const names = places.map(({ protocol, host, port }) => `${protocolName[protocol]} (${host}:${port})`);
  return both(listed(names, ' and '), names.join('、'));
};

/** `SMTP, IMAP and POP3`. */
export const protocolsText = (protocols: readonly Protocol[]): Text => {
  const names = protocols.map((protocol) => protocolName[protocol]);
  return both(listed(names, ' and '), names.join('、'));
};

const stepNames: Readonly<Record<ReplyStep, Text>> = {
  greeting: both('greeting', '最初の応答'),
  hello: both('answer to EHLO', 'EHLO への応答'),
  starttls: both('answer to STARTTLS', 'STARTTLS への応答'),
  login: both('answer to the login', 'ログインへの応答'),
  mail: both('answer to MAIL FROM', 'MAIL FROM（差出人）への応答'),
  rcpt: both('answer to RCPT TO', 'RCPT TO（宛先）への応答'),
  data: both('answer to the message', 'メール本体への応答'),
  select: both('answer to SELECT', 'SELECT（フォルダーを開く操作）への応答'),
  stat: both('answer to STAT', 'STAT への応答'),
  quota: both('answer to GETQUOTAROOT', 'GETQUOTAROOT への応答'),
};

/** What a server said, with the step that it answered. */
export const answerText = (step: ReplyStep, says: string): Text =>
  both(`${stepNames[step].en}: "${says}"`, `${stepNames[step].ja}:「${says}」`);
