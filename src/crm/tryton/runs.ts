import type { CrmWorkflowRun } from '../../model/crm/answers.ts';
import type { CrmReply } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import { objectIn, textIn } from '../reading.ts';
import type { Rpc } from './rpc.ts';
import { momentIn } from './value.ts';

const most = 100;

/** Seen on 6.0: the row is written before the mail server is asked, and stays when that fails (trytond.sendmail only logs it). */
const handedOver: Text = {
  en: 'a row of the notification log says that a notification was made, not that its mail was sent: a failed send leaves a line in the log of trytond and nothing else',
  ja: '通知ログの行は通知が作られたことを示すだけで、メールが送信されたことは示しません。送信に失敗しても、trytond のログに 1 行残るだけです',
};

const noLog: Text = {
  en: 'only the notification log can be read; the log of triggers (ir.trigger.log) is closed to the API for everybody',
  ja: '読み取れるのは通知ログだけです。トリガーのログ (ir.trigger.log) は、どのユーザーも API では読み取れません',
};

/** Notifications that were made, the newest first. */
export const readRuns = async (rpc: Rpc, signal: AbortSignal): Promise<CrmReply<readonly CrmWorkflowRun[]>> => {
  const fields = ['date', 'resource', 'trigger.name'];
  const rows = await rpc.search('notification.email.log', { fields, limit: most, newestFirst: true }, signal);
  if (rows.kind === 'failed') {
    return rows.failure.kind === 'not-found' ? { kind: 'not-offered', why: noLog } : rows;
  }
  const value = rows.value.map((row): CrmWorkflowRun => {
    const at = momentIn(row.date);
    const record = textIn(row.resource);
    return {
      workflow: rpc.printable(textIn(objectIn(row['trigger.']).name) ?? '', 200),
      ...(at === undefined ? {} : { at }),
      state: 'ok',
      ...(record === undefined ? {} : { record: rpc.printable(record, 120) }),
    };
  });
  return { kind: 'answered', value, gaps: [handedOver, noLog] };
};
