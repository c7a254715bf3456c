import type { CrmQueue, CrmQueuedMessage } from '../../model/crm/answers.ts';
import type { CrmReply } from '../../model/crm/failure.ts';
import { answered } from '../cloud/answering.ts';
import { idIn, type Json, numberIn, textIn, timeIn } from '../reading.ts';
import { readOf } from './errors.ts';
import { type Environment, pageOf } from './rows.ts';

/** statuscode of Email: 6 pending send, 7 sending, 8 failed. */
const messageStates: Readonly<Record<number, CrmQueuedMessage['state']>> = { 6: 'waiting', 7: 'sending', 8: 'failed' };

const messageOf = (row: Json, { printable }: Environment): readonly CrmQueuedMessage[] => {
  const id = idIn(row.activityid);
  const state = messageStates[numberIn(row.statuscode) ?? 0];
  if (id === undefined || state === undefined) return [];
  const since = timeIn(row.createdon);
  const attempts = numberIn(row.deliveryattempts);
  const to = /@([\w.-]{1,253})/.exec(textIn(row.torecipients) ?? '')?.[1];
  return [
    {
      id: printable(id, 40),
      state,
      ...(since === undefined ? {} : { since }),
      ...(attempts === undefined ? {} : { attempts }),
      ...(to === undefined ? {} : { to: printable(to) }),
    },
  ];
};

/** Mail that waits or failed; neither subject nor body. */
export const readQueue = async (environment: Environment, signal: AbortSignal): Promise<CrmReply<CrmQueue>> => {
  const right = readOf('Activity');
  const ask = ($filter: string, $orderby: string, size: number) =>
    pageOf(
      environment,
      {
        path: '/emails',
        query: {
          $select: 'activityid,statuscode,createdon,senton,deliveryattempts,torecipients',
          $filter,
          $orderby,
          $count: true,
        },
        right,
        size,
      },
      signal,
    );
  const [waiting, failed, sent] = await Promise.all([
    ask('statuscode eq 6 or statuscode eq 7', 'createdon asc', 50),
    ask('statuscode eq 8', 'createdon desc', 50),
    ask('statuscode eq 3', 'senton desc', 1),
  ]);
  if (waiting.kind === 'failed') return waiting;
  if (failed.kind === 'failed') return failed;
  const oldest = timeIn(waiting.rows[0]?.createdon);
  const last = sent.kind === 'page' ? timeIn(sent.rows[0]?.senton) : undefined;
  const counts = [waiting, failed].map(({ total, rows }) => total ?? rows.length);
  return answered<CrmQueue>(
    {
      waiting: counts[0] ?? 0,
      failed: counts[1] ?? 0,
      ...(oldest === undefined ? {} : { oldestWaiting: oldest }),
      ...(last === undefined ? {} : { lastSent: last }),
      messages: [...failed.rows, ...waiting.rows].flatMap((row) => messageOf(row, environment)).slice(0, 50),
      place: { en: 'Activities > All Emails', ja: '活動 > すべての電子メール' },
    },
    [
      // $count of Dataverse ends there.
      ...(counts.some((count) => count >= 5_000) ? [{ en: '5000 or more', ja: '5000 件以上です' }] : []),
      ...([waiting, failed].some(({ total, next }) => total === undefined && next !== undefined)
        ? [
            {
              en: 'how many they are was not told: 50 or more',
              ja: '全体の件数は取得できませんでした（50 件以上です）',
            },
          ]
        : []),
      ...(sent.kind === 'failed'
        ? [{ en: 'when the last message was sent was not told', ja: '最後に送信した日時は取得できませんでした' }]
        : []),
    ],
  );
};
