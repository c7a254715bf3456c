import type { CrmQueue } from '../../model/crm/answers.ts';
import type { CrmClient } from '../../model/crm/connector.ts';
import type { CrmReply } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import { idIn, textIn, timeIn } from '../reading.ts';
import type { Rest } from './ask.ts';
import { pageOf } from './lists.ts';
import { rights } from './rights.ts';

const days = 14;
const most = 50;

const place: Text = {
  en: 'the history of each ticket ("System error")',
  ja: '各チケットの履歴（「システムエラー」）',
};

const limits: readonly Text[] = [
  {
    en: `RT keeps no queue of its own: only mail that sendmail refused in the last ${days} days is seen, not what sendmail took and could not deliver`,
    ja: `RT は自分の送信キューを持ちません。見えるのは直近 ${days} 日間に sendmail が受け取らなかったメールだけで、受け取った後に配送できなかったものは見えません`,
  },
];

const partly: Text = {
  en: 'only tickets that this user may see',
  ja: 'このユーザーが見られるチケットの分だけです',
};

/**
 * RT leaves a transaction at the ticket for each message that its mail program refused (Type SystemError, written at one
 * place only), and one for each that was taken (EmailRecord, unless $RecordOutgoingEmail is off).
 */
export const readQueue = async (
  rest: Rest,
  tools: { readonly printable: CrmClient['printable']; readonly now: Date; readonly admin: boolean },
  signal: AbortSignal,
): Promise<CrmReply<CrmQueue>> => {
  const { printable, now, admin } = tools;
  const since = new Date(now.getTime() - days * 86_400_000).toISOString().slice(0, 10);
  const transactions = (type: string, number: number) =>
    pageOf(
      rest,
      {
        path: '/transactions',
        query: {
          query: `ObjectType = 'RT::Ticket' AND Type = '${type}' AND Created > '${since}'`,
          fields: 'Created,Data,ObjectId',
          orderby: 'id',
          order: 'DESC',
          per_page: number,
        },
        right: rights.tickets,
      },
      signal,
    );
  const failed = await transactions('SystemError', most);
  if (failed.kind === 'failed') return failed;
  const sent = await transactions('EmailRecord', 1);
  if (sent.kind === 'failed') return sent;
  const { items, total } = failed;
  const [newest] = sent.items;
  const lastSent = timeIn(newest?.Created);
  return {
    kind: 'answered',
    value: {
      waiting: 0,
      failed: total ?? items.length,
      ...(lastSent === undefined ? {} : { lastSent }),
      messages: items.slice(0, most).map((item) => {
        const since = timeIn(item.Created);
        const says = textIn(item.Data);
        return {
          id: printable(`ticket ${idIn(item.ObjectId) ?? '?'}, transaction ${idIn(item.id) ?? '?'}`),
          state: 'failed' as const,
          ...(since === undefined ? {} : { since }),
          ...(says === undefined ? {} : { says: printable(says) }),
        };
      }),
      place,
    },
    gaps: [...limits, ...(admin ? [] : [partly])],
  };
};
