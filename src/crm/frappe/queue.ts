import type { CrmQueue, CrmQueuedMessage } from '../../model/crm/answers.ts';
import type { CrmClient } from '../../model/crm/connector.ts';
import { type Json, numberIn, textIn } from '../reading.ts';
import type { Found } from '../refusal.ts';
import { lastLine, momentIn, type Site } from './site.ts';

/** Not `message`, which is the mail itself. */
const wanted = ['name', 'status', 'creation', 'error', 'retry', 'email_account', 'send_after'];

const waitingStates = ['Not Sent', 'Sending'];
const failedStates = ['Error', 'Partially Errored', 'Expired'];

const most = 500;

const messageOf = (row: Json, zone: string | undefined, client: CrmClient): CrmQueuedMessage => {
  const since = momentIn(row.creation, zone);
  const says = lastLine(textIn(row.error));
  const attempts = numberIn(row.retry);
  const account = textIn(row.email_account);
  const status = textIn(row.status) ?? '';
  return {
    id: client.printable(textIn(row.name) ?? '', 140),
    state: failedStates.includes(status) ? 'failed' : status === 'Sending' ? 'sending' : 'waiting',
    ...(since === undefined ? {} : { since }),
    ...(says === undefined ? {} : { says: client.printable(says) }),
    ...(attempts === undefined ? {} : { attempts }),
    ...(account === undefined ? {} : { account: `out:${client.printable(account, 140)}` }),
  };
};

/** The Email Queue; what is planned for later is not waiting yet. */
export const queueOf = async (site: Site, signal: AbortSignal): Promise<Found<CrmQueue>> => {
  const { frappe, client, access } = site;
  const doctype = 'Email Queue';
  const zone = await site.zone(signal);
  const fields = await site.among(doctype, wanted, signal);
  const waitingFilter = [['status', 'in', waitingStates]];
  const failedFilter = [['status', 'in', failedStates]];
  const oldestFirst = await frappe.list(doctype, { fields, filters: waitingFilter, limit: most }, signal);
  const isDue = (row: Json): boolean => (momentIn(row.send_after, zone) ?? '') <= access.now().toISOString();
  const waiting = oldestFirst.filter(isDue);
  // More of them than are read at once are counted by the site; those that are planned among them cannot be told then.
  const all = oldestFirst.length < most ? waiting.length : await frappe.count(doctype, waitingFilter, signal);
  const newest = { fields, filters: failedFilter, order: 'creation desc', limit: 50 };
  const failed = await frappe.list(doctype, newest, signal);
  const lastOne = { fields: ['modified'], filters: [['status', '=', 'Sent']], order: 'modified desc', limit: 1 };
  const [sent] = await frappe.list(doctype, lastOne, signal);
  const oldestWaiting = momentIn(waiting[0]?.creation, zone);
  const lastSent = momentIn(sent?.modified, zone);
  return {
    value: {
      waiting: all,
      failed: await frappe.count(doctype, failedFilter, signal),
      ...(oldestWaiting === undefined ? {} : { oldestWaiting }),
      ...(lastSent === undefined ? {} : { lastSent }),
      messages: [...waiting.toReversed(), ...failed].slice(0, 50).map((row) => messageOf(row, zone, client)),
      place: { en: 'Email Queue', ja: 'メールキュー (Email Queue)' },
    },
  };
};
