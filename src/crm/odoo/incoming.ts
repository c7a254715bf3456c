import type { CrmMailAccount, CrmMailField, CrmMailService } from '../../model/crm/answers.ts';
import type { CrmClient } from '../../model/crm/connector.ts';
import type { Text } from '../../model/text.ts';
import { booleanIn, idIn, type Json, listIn, numberIn, textIn, utcIn } from '../reading.ts';
import { archivedToo, type OdooCalls, searchRead } from './calls.ts';
import type { OdooFields } from './fields.ts';
import { isAddress, oauthOf } from './outgoing.ts';
import { incomingPlace } from './places.ts';

/** Never the password. */
const wanted = [
  'name',
  'active',
  'state',
  'server',
  'port',
  'server_type',
  'is_ssl',
  'user',
  'date',
  'object_id',
  'priority',
  // Since 19; up to 18 a failed run leaves no trace but a line of the log at level INFO.
  'error_date',
  'error_message',
];

const writable: readonly CrmMailField[] = ['host', 'port', 'security', 'username', 'enabled'];

const notConfirmed: Text = {
  en: 'it is "Not Confirmed", and Odoo fetches from confirmed servers only (button "Test & Confirm")',
  ja: '「未確認」の状態です。Odoo は確認済みのサーバーからしか受信しません（ボタン「テストと確認」）',
};

/** Gmail and Outlook are IMAP with OAuth; `local` is a script that the mail server starts, and nothing to log in to. */
const protocols: Readonly<Record<string, 'imap' | 'pop3'>> = {
  imap: 'imap',
  gmail: 'imap',
  outlook: 'imap',
  pop: 'pop3',
};

const serviceOf = (row: Json, type: string, client: CrmClient): CrmMailService | undefined => {
  const host = textIn(row.server)?.trim();
  if (host === undefined) return undefined;
  const port = numberIn(row.port);
  const username = textIn(row.user);
  const oauth = type === 'gmail' || type === 'outlook';
  return {
    host: client.printable(host, 255),
    ...(port === undefined || port === 0 ? {} : { port }),
    // Incoming mail has no STARTTLS; imaplib and poplib without a context do not look at the certificate.
    ...(booleanIn(row.is_ssl) === true ? { security: 'tls', verify: false } : { security: 'none' }),
    ...(username === undefined ? {} : { username: client.printable(username, 255) }),
    login: oauth ? 'oauth' : username === undefined ? 'none' : 'password',
  };
};

/** `[7, "Lead/Opportunity"]`: the name of what a relation leads to. */
export const nameIn = (value: unknown): string | undefined => textIn(listIn(value)[1]);

/** The incoming servers, archived ones too. */
export const incomingAccounts = async (
  calls: OdooCalls,
  fields: OdooFields,
  client: CrmClient,
  signal: AbortSignal,
): Promise<readonly CrmMailAccount[]> => {
  const model = 'fetchmail.server';
  const names = await fields.among(model, wanted, signal);
  const domain = [archivedToo];
  const rows = await searchRead(calls, model, { domain, fields: names, order: 'priority, id', limit: 200 }, signal);
  const oauth = await oauthOf(calls, { rows, model, kind: 'server_type' }, fields, signal);
  return rows.flatMap((row): readonly CrmMailAccount[] => {
    const type = textIn(row.server_type) ?? '';
    const protocol = protocols[type];
    if (protocol === undefined) return [];
    const service = serviceOf(row, type, client);
    const name = client.printable(textIn(row.name) ?? '', 100);
    const enabled = booleanIn(row.active) !== false;
    const tried = utcIn(row.date);
    const failed = textIn(row.error_message);
    const failedAt = utcIn(row.error_date);
    const knowsErrors = 'error_date' in row;
    const creates = nameIn(row.object_id);
    return [
      {
        id: `${model},${idIn(row.id)}`,
        name,
        ...(isAddress(service?.username) ? { address: service.username } : {}),
        services: service ? { [protocol]: service } : {},
        enabled,
        ...(textIn(row.state) === 'done' ? {} : { unused: notConfirmed }),
        place: incomingPlace(name),
        ...(tried === undefined ? {} : { lastTried: tried }),
        ...(tried !== undefined && knowsErrors && failedAt === undefined ? { lastGood: tried } : {}),
        ...(failed !== undefined || failedAt !== undefined
          ? { lastError: { says: client.printable(failed ?? ''), ...(failedAt === undefined ? {} : { at: failedAt }) } }
          : {}),
        ...(protocol === 'imap' ? { unreadOnly: true } : {}),
        ...(creates === undefined ? {} : { creates: client.printable(creates, 100) }),
        ...oauth(row),
        writable,
      },
    ];
  });
};
