import type { Text } from '../model/text.ts';
import type { Content } from './builder.ts';
import { plainText } from './message.ts';
import { type Item, isEnd, type Notice } from './notice.ts';

/** A mail of plain text; the composer encodes both. */
export const mailOf = ({ message }: Content): { readonly subject: string; readonly text: string } => ({
  subject: message.subject,
  text: plainText(message),
});

/** The mailbox that notices are sent through, and who gets them. */
export interface MailWay {
  /** Its label in reports. */
  readonly label: string;
  readonly address: string;
  readonly to: readonly string[];
}

const isAboutSending = ({ affects, cause }: Item): boolean =>
  cause !== 'unexplained'
    ? affects.some((target) => !/^(imap|pop3) /.test(target))
    : affects.some((target) => target.startsWith('smtp '));

const itemsOf = (notice: Notice): readonly Item[] => {
  if (notice.kind === 'digest') {
    return notice.held.flatMap((one) => (one.ended === undefined && !isEnd(one.notice) ? [one.notice.item] : []));
  }
  return 'item' in notice && !isEnd(notice) ? [notice.item] : [];
};

/** Why a notice cannot be sent through a mailbox: it tells that this very mailbox cannot send, or that its reader cannot read. */
export const unfitFor =
  ({ label, address, to }: MailWay) =>
  (notice: Notice): Text | undefined => {
    const mine = itemsOf(notice).filter(
      ({ severity, mailboxes }) => severity === 'critical' && mailboxes.includes(label),
    );
    if (mine.some(isAboutSending)) {
      return {
        en: `not sent by e-mail through ${label}: that mailbox is itself the problem`,
        ja: `${label} からのメールでは通知していません。このメールボックス自体に問題があるためです`,
      };
    }
    if (mine.length > 0 && to.every((one) => one.toLowerCase() === address.toLowerCase())) {
      return {
        en: `not sent by e-mail to ${address}: that mailbox cannot be read at present`,
        ja: `${address} 宛てのメールでは通知していません。現在このメールボックスを読めないためです`,
      };
    }
    return undefined;
  };
