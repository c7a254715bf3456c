import type { CrmQueue, CrmQueuedMessage } from '../../model/crm/answers.ts';
import type { CrmClient } from '../../model/crm/connector.ts';
import type { Text } from '../../model/text.ts';
import { idIn, type Json, listIn, textIn, utcIn } from '../reading.ts';
import type { Found } from '../refusal.ts';
import { countOf, searchRead } from './calls.ts';
import type { OdooDoor } from './door.ts';
import type { OdooFields } from './fields.ts';
import { emailsPlace } from './places.ts';
import { odooTime } from './time.ts';

/** No subject and no body; `recipient_ids` would need the contacts. */
const wanted = ['state', 'create_date', 'failure_reason', 'failure_type', 'email_to', 'mail_server_id'];

const sentAreDeleted: Text = {
  en: 'sent messages: Odoo deletes most of them after sending, so the last one that is left may be old',
  ja: '送信済みのメール（Odoo は送信後にほとんど削除するため、残っている最後のものは古い場合があります）',
};

/** `Anna <anna@example.com>, …`: the first one's domain. */
const domainOf = (recipients: string | undefined): string | undefined =>
  /@([^\s@<>,;"]{1,255})/.exec(recipients?.slice(0, 1_000) ?? '')?.[1];

const messageOf = (row: Json, client: CrmClient): CrmQueuedMessage => {
  const since = utcIn(row.create_date);
  const says = textIn(row.failure_reason) ?? textIn(row.failure_type);
  const to = domainOf(textIn(row.email_to));
  const server = idIn(listIn(row.mail_server_id)[0]);
  return {
    id: `mail.mail,${idIn(row.id)}`,
    state: row.state === 'exception' ? 'failed' : 'waiting',
    ...(since === undefined ? {} : { since }),
    ...(says === undefined ? {} : { says: client.printable(says) }),
    ...(to === undefined ? {} : { to: client.printable(to, 255) }),
    ...(server === undefined ? {} : { account: `ir.mail_server,${server}` }),
  };
};

/** What waits in `mail.mail` or failed there; what is planned for later is not waiting yet. */
export const queueOf = async (
  { calls }: OdooDoor,
  { client, fields, now }: { readonly client: CrmClient; readonly fields: OdooFields; readonly now: Date },
  signal: AbortSignal,
): Promise<Found<CrmQueue>> => {
  const model = 'mail.mail';
  const names = await fields.among(model, [...wanted, 'scheduled_date'], signal);
  const due = names.includes('scheduled_date')
    ? ['|', ['scheduled_date', '=', false], ['scheduled_date', '<=', odooTime(now)]]
    : [];
  const waiting = [['state', '=', 'outgoing'], ...due];
  const failed = [['state', '=', 'exception']];
  const one = { fields: ['create_date'], limit: 1 };
  const oldest = await searchRead(calls, model, { domain: waiting, ...one }, signal);
  const newest = { fields: ['write_date'], limit: 1, order: 'write_date desc' };
  const sent = await searchRead(calls, model, { domain: [['state', '=', 'sent']], ...newest }, signal);
  const domain = due.length > 0 ? ['|', ...failed, '&', ...waiting] : ['|', ...failed, ...waiting];
  const shown = names.filter((name) => name !== 'scheduled_date');
  const rows = await searchRead(calls, model, { domain, fields: shown, order: 'id desc', limit: 50 }, signal);
  const oldestWaiting = utcIn(oldest[0]?.create_date);
  const lastSent = utcIn(sent[0]?.write_date);
  return {
    value: {
      waiting: await countOf(calls, model, waiting, signal),
      failed: await countOf(calls, model, failed, signal),
      ...(oldestWaiting === undefined ? {} : { oldestWaiting }),
      ...(lastSent === undefined ? {} : { lastSent }),
      messages: rows.map((row) => messageOf(row, client)),
      place: emailsPlace(),
    },
    gaps: [sentAreDeleted],
  };
};
