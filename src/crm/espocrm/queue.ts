import type { CrmQueue, CrmQueuedMessage } from '../../model/crm/answers.ts';
import type { CrmClient } from '../../model/crm/connector.ts';
import type { Text } from '../../model/text.ts';
import { idIn, type Json, numberIn, textIn, utcIn } from '../reading.ts';
import { type Found, unlessRefused } from '../refusal.ts';
import { adminNeeded, type Door, type Listed } from './door.ts';

const most = 50;

const nothing: Listed = { items: [], total: 0 };

/** Mail of people and of the system: not its subject, which nobody asks for. */
const emails = (door: Door, status: string, signal: AbortSignal): Promise<Listed> =>
  door.list(
    'Email',
    {
      select: ['id', 'status', 'createdAt', 'sendAt'],
      where: [{ type: 'equals', attribute: 'status', value: status }],
      orderBy: 'createdAt',
      order: 'desc',
      maxSize: most,
    },
    signal,
    adminNeeded,
  );

/** Mass mailings have a queue of their own. */
const mass = (door: Door, status: string, signal: AbortSignal): Promise<Listed> =>
  door.list(
    'EmailQueueItem',
    {
      select: ['id', 'status', 'createdAt', 'attemptCount', 'emailAddress'],
      where: [{ type: 'equals', attribute: 'status', value: status }],
      orderBy: 'createdAt',
      order: 'desc',
      maxSize: most,
    },
    signal,
    adminNeeded,
  );

const states: Readonly<Record<string, CrmQueuedMessage['state']>> = {
  Sending: 'sending',
  Pending: 'waiting',
  Failed: 'failed',
};

const messageOf = (row: Json, client: CrmClient): CrmQueuedMessage | undefined => {
  const id = idIn(row.id);
  const state = states[textIn(row.status) ?? ''];
  if (id === undefined || !state) return undefined;
  const since = utcIn(row.createdAt);
  const attempts = numberIn(row.attemptCount);
  const to = textIn(row.emailAddress)?.split('@').at(-1);
  return {
    id,
    state,
    ...(since === undefined ? {} : { since }),
    ...(attempts === undefined ? {} : { attempts }),
    ...(to === undefined ? {} : { to: client.printable(to, 255) }),
  };
};

const countOf = ({ items, total }: Listed): number => total ?? items.length;

const noReason: Text = {
  en: 'why a message failed is not kept with it: the reason is in data/logs/espo-DATE.log',
  ja: '送信に失敗した理由はメールには記録されません。data/logs/espo-日付.log にあります',
};

export const queueOf = async (door: Door, client: CrmClient, signal: AbortSignal): Promise<Found<CrmQueue>> => {
  const absent = (): void => undefined;
  const optional = async (ask: () => Promise<Listed>): Promise<Listed> =>
    (await unlessRefused(ask, ['not-found', 'permission'], absent)) ?? nothing;
  const sending = await emails(door, 'Sending', signal);
  const failed = await emails(door, 'Failed', signal);
  const massWaiting = await optional(() => mass(door, 'Pending', signal));
  const massFailed = await optional(() => mass(door, 'Failed', signal));
  const oldest = await door.list(
    'Email',
    {
      select: ['id', 'createdAt'],
      where: [{ type: 'equals', attribute: 'status', value: 'Sending' }],
      orderBy: 'createdAt',
      maxSize: 1,
    },
    signal,
    adminNeeded,
  );
  const sent = await door.list(
    'Email',
    {
      select: ['id', 'dateSent'],
      where: [{ type: 'equals', attribute: 'status', value: 'Sent' }],
      orderBy: 'dateSent',
      order: 'desc',
      maxSize: 1,
    },
    signal,
    adminNeeded,
  );
  const messages = [sending, failed, massWaiting, massFailed]
    .flatMap(({ items }) => items)
    .flatMap((row) => messageOf(row, client) ?? [])
    .toSorted((one, other) => (other.since ?? '').localeCompare(one.since ?? ''))
    .slice(0, most);
  const waitingSince = [utcIn(oldest.items[0]?.createdAt), utcIn(massWaiting.items.at(-1)?.createdAt)]
    .filter((at) => at !== undefined)
    .toSorted();
  const lastSent = utcIn(sent.items[0]?.dateSent);
  return {
    value: {
      waiting: countOf(sending) + countOf(massWaiting),
      failed: countOf(failed) + countOf(massFailed),
      ...(waitingSince[0] === undefined ? {} : { oldestWaiting: waitingSince[0] }),
      ...(lastSent === undefined ? {} : { lastSent }),
      messages,
      place: {
        en: 'Emails, filtered by the status Sending or Failed; mass mailings: Campaigns > Mass Emails',
        ja: '「メール」の一覧で、ステータスが「送信中」または「失敗した」のもの。一斉送信は「キャンペーン > 大量メール」',
      },
    },
    gaps: messages.some(({ state }) => state === 'failed') ? [noReason] : [],
  };
};
