import type { CrmQueue, CrmQueuedMessage } from '../../model/crm/answers.ts';
import type { Text } from '../../model/text.ts';
import { numberIn } from '../reading.ts';
import { type Found, unlessRefused } from '../refusal.ts';
import type { Door, ListQuery, Row } from './door.ts';
import { momentIn } from './jobs.ts';

const most = 50;

/** The newest ones, and how many there are: with one record a page, the pages are counted in records. */
const counted = async (door: Door, module: string, query: ListQuery, signal: AbortSignal) => {
  const { rows, pages } = await door.list(module, { ...query, size: most }, signal);
  const count =
    pages > 1 ? (await door.list(module, { ...query, fields: ['date_entered'], size: 1 }, signal)).pages : rows.length;
  return { rows, count };
};

const messageOf = (row: Row, state: CrmQueuedMessage['state']): CrmQueuedMessage => {
  const since = momentIn(row.date_entered);
  const attempts = numberIn(row.send_attempts);
  return {
    id: row.id,
    state,
    ...(since === undefined ? {} : { since }),
    ...(attempts === undefined ? {} : { attempts }),
  };
};

const noReason: Text = {
  en: 'why a message failed is only in suitecrm.log',
  ja: '送信に失敗した理由は suitecrm.log だけに残ります',
};

const noCampaigns: Text = {
  en: 'the queue of the campaigns (Email Queue) could not be read',
  ja: 'キャンペーンの送信キュー（Email Queue）は読み取れませんでした',
};

export const queueOf = async (door: Door, signal: AbortSignal): Promise<Found<CrmQueue>> => {
  const gaps: Text[] = [];
  const failed = await counted(
    door,
    'Emails',
    { fields: ['status', 'date_entered'], filter: [['status', 'eq', 'send_error']], sort: '-date_entered' },
    signal,
  );
  const waiting = await unlessRefused(
    () => counted(door, 'EmailMan', { fields: ['date_entered', 'send_attempts'], sort: '-date_entered' }, signal),
    ['permission', 'not-found', 'server-error'],
    () => gaps.push(noCampaigns),
  );
  const sent = await door.list(
    'Emails',
    {
      fields: ['status', 'date_sent_received'],
      filter: [['status', 'eq', 'sent']],
      sort: '-date_sent_received',
      size: 1,
    },
    signal,
  );
  const lastSent = momentIn(sent.rows[0]?.date_sent_received);
  if (failed.count > 0) gaps.push(noReason);
  return {
    value: {
      waiting: waiting?.count ?? 0,
      failed: failed.count,
      ...(lastSent === undefined ? {} : { lastSent }),
      messages: [
        ...failed.rows.map((row) => messageOf(row, 'failed')),
        ...(waiting?.rows ?? []).map((row) => messageOf(row, 'waiting')),
      ]
        .toSorted((one, other) => (other.since ?? '').localeCompare(one.since ?? ''))
        .slice(0, most),
      place: {
        en: 'Emails (status Send Error); campaigns: Admin > Email Queue',
        ja: 'メール（ステータスが送信エラーのもの）。キャンペーンは「管理 > Email Queue」',
      },
    },
    gaps,
  };
};
