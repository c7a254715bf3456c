import type { CrmMailAccount, CrmMailField, CrmMailService } from '../../model/crm/answers.ts';
import type { CrmClient } from '../../model/crm/connector.ts';
import type { Text } from '../../model/text.ts';
import { booleanIn, idIn, type Json, numberIn, textIn } from '../reading.ts';
import { archivedToo, type OdooCalls, searchRead } from './calls.ts';
import type { OdooFields } from './fields.ts';
import { outgoingPlace } from './places.ts';

/** Never smtp_pass, the client certificate's key or a token: an administrator gets them in clear. */
const wanted = [
  'name',
  'active',
  'sequence',
  'from_filter',
  'smtp_host',
  'smtp_port',
  'smtp_user',
  'smtp_authentication',
  'smtp_encryption',
  // 19: a server of one user for their own mail.
  'owner_user_id',
];

const writable: readonly CrmMailField[] = ['host', 'port', 'security', 'username', 'enabled'];

/** `_strict` checks the certificate (since 18), the plain ones encrypt only (smtplib without a context). */
const encryption: Readonly<Record<string, Pick<CrmMailService, 'security' | 'verify'>>> = {
  none: { security: 'none' },
  starttls: { security: 'starttls', verify: false },
  ssl: { security: 'tls', verify: false },
  starttls_strict: { security: 'starttls' },
  ssl_strict: { security: 'tls' },
};

const providers: Readonly<Record<string, string>> = { gmail: 'google', outlook: 'microsoft' };

const loginOf = (authentication: string | undefined, username: string | undefined): CrmMailService['login'] => {
  switch (authentication) {
    case 'login':
    case undefined:
      return username === undefined ? 'none' : 'password';
    case 'certificate':
      return 'certificate';
    case 'gmail':
    case 'outlook':
      return 'oauth';
    default:
      return 'unknown';
  }
};

export const isAddress = (text: string | undefined): text is string =>
  text !== undefined && /^[^\s@,;<>]{1,200}@[^\s@,;<>]{1,200}$/.test(text);

/** What `odoo-bin neutralize` puts in the place of all servers, so that a copy sends nothing. */
const isStandIn = (host: string | undefined): boolean => host === 'invalid';

const standIn: Text = {
  en: 'it stands in the place of the real ones, so that this neutralised copy sends nothing',
  ja: '無害化された複製データベースが何も送信しないように、本来のサーバーの代わりに置かれたものです',
};

const serviceOf = (row: Json, client: CrmClient): CrmMailService | undefined => {
  const host = textIn(row.smtp_host)?.trim();
  const authentication = textIn(row.smtp_authentication);
  // `cli`: host, port and password are those of the configuration file.
  if (host === undefined || authentication === 'cli') return undefined;
  const port = numberIn(row.smtp_port);
  const username = textIn(row.smtp_user);
  return {
    host: client.printable(host, 255),
    ...(port === undefined || port === 0 ? {} : { port }),
    ...encryption[textIn(row.smtp_encryption) ?? ''],
    ...(username === undefined ? {} : { username: client.printable(username, 255) }),
    login: loginOf(authentication, username),
  };
};

/** The servers that have a refresh token, without reading one. */
const withTokens = async (
  calls: OdooCalls,
  rows: readonly Json[],
  model: string,
  kind: string,
  fields: OdooFields,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> => {
  const tokens = { gmail: 'google_gmail_refresh_token', outlook: 'microsoft_outlook_refresh_token' };
  const found = new Set<string>();
  for (const [type, token] of Object.entries(tokens)) {
    const ids = rows.filter((row) => row[kind] === type).flatMap(({ id }) => numberIn(id) ?? []);
    if (ids.length === 0 || !(await fields.of(model, signal)).has(token)) continue;
    const domain = [['id', 'in', ids], archivedToo, [token, '!=', false]];
    for (const row of await searchRead(calls, model, { domain, fields: ['id'] }, signal)) {
      found.add(`${type} ${idIn(row.id)}`);
    }
  }
  return found;
};

/** Which of the servers that log in with Gmail's or Outlook's OAuth were connected by somebody. */
export const oauthOf = async (
  calls: OdooCalls,
  { rows, model, kind }: { readonly rows: readonly Json[]; readonly model: string; readonly kind: string },
  fields: OdooFields,
  signal: AbortSignal,
): Promise<(row: Json) => Pick<CrmMailAccount, 'oauth'>> => {
  const connected = await withTokens(calls, rows, model, kind, fields, signal);
  const known = await fields.of(model, signal);
  return (row) => {
    const type = textIn(row[kind]) ?? '';
    const provider = providers[type];
    if (provider === undefined) return {};
    const visible = known.has(type === 'gmail' ? 'google_gmail_refresh_token' : 'microsoft_outlook_refresh_token');
    const missing = visible && !connected.has(`${type} ${idIn(row.id)}`);
    return { oauth: { provider, ...(missing ? { state: 'missing' } : {}) } };
  };
};

/** The outgoing servers, archived ones too; which one a message takes is decided by its sender, then by the order. */
export const outgoingAccounts = async (
  calls: OdooCalls,
  fields: OdooFields,
  client: CrmClient,
  signal: AbortSignal,
): Promise<readonly CrmMailAccount[]> => {
  const model = 'ir.mail_server';
  const names = await fields.among(model, wanted, signal);
  const domain = [archivedToo];
  const rows = await searchRead(calls, model, { domain, fields: names, order: 'sequence, id', limit: 200 }, signal);
  const oauth = await oauthOf(calls, { rows, model, kind: 'smtp_authentication' }, fields, signal);
  const shared = rows.filter((row) => booleanIn(row.active) !== false && !row.owner_user_id);
  const usual = shared.find((row) => textIn(row.from_filter) === undefined) ?? shared[0];
  return rows.map((row): CrmMailAccount => {
    const smtp = serviceOf(row, client);
    const filter = textIn(row.from_filter)?.trim();
    const name = client.printable(textIn(row.name) ?? '', 100);
    const address = [filter, smtp?.username].find(isAddress);
    return {
      id: `${model},${idIn(row.id)}`,
      name,
      ...(address === undefined ? {} : { address: client.printable(address, 255) }),
      ...(isAddress(filter) ? { from: client.printable(filter, 255) } : {}),
      services: smtp ? { smtp } : {},
      enabled: booleanIn(row.active) !== false,
      ...(isStandIn(smtp?.host) ? { unused: standIn } : {}),
      ...(row === usual ? { isDefault: true } : {}),
      place: outgoingPlace(name),
      ...oauth(row),
      writable,
    };
  });
};
