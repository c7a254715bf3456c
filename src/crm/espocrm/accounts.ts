import type { Security } from '../../model/config.ts';
import type { CrmMailAccount, CrmMailField, CrmMailService } from '../../model/crm/answers.ts';
import type { CrmClient } from '../../model/crm/connector.ts';
import type { Text } from '../../model/text.ts';
import { booleanIn, idIn, type Json, listIn, numberIn, textIn, utcIn } from '../reading.ts';
import { groupAccounts, outboundEmails, personalAccounts } from './places.ts';

type Kind = 'InboundEmail' | 'EmailAccount';

/** What is asked of a mail account; its passwords are not among it. */
export const accountFields: readonly string[] = [
  'id',
  'name',
  'emailAddress',
  'status',
  'host',
  'port',
  'security',
  'username',
  'monitoredFolders',
  'fetchSince',
  'connectedAt',
  'useImap',
  'useSmtp',
  'smtpHost',
  'smtpPort',
  'smtpAuth',
  'smtpSecurity',
  'smtpUsername',
  'imapHandler',
  'smtpHandler',
];

/** TLS is STARTTLS here, and SSL is TLS from the first byte. */
const securities: Readonly<Record<string, Security>> = { SSL: 'tls', TLS: 'starttls', '': 'none' };

export const securityOf = (value: unknown): Security | undefined =>
  value === null || value === undefined ? 'none' : typeof value === 'string' ? securities[value] : undefined;

export const securityTo = (security: string): string =>
  Object.entries(securities).find(([, one]) => one === security)?.[0] ?? '';

/** One fetch of one account, as `ScheduledJobLogRecord` keeps it; the newest first. */
export interface Attempt {
  readonly target: string;
  readonly at: string;
  readonly failed: boolean;
}

const history = (
  id: string,
  attempts: readonly Attempt[],
  says: string | undefined,
): Partial<Pick<CrmMailAccount, 'lastTried' | 'lastError' | 'failures'>> => {
  const own = attempts.filter(({ target }) => target === id);
  const [newest] = own;
  if (!newest) return {};
  const good = own.findIndex(({ failed }) => !failed);
  const failures = good === -1 ? own.length : good;
  return {
    lastTried: newest.at,
    ...(failures === 0 ? {} : { failures, lastError: { says: says ?? 'Failed', at: newest.at } }),
  };
};

const nothingOn: Text = {
  en: 'it is active, and neither IMAP nor SMTP is switched on in it',
  ja: '有効ですが、「IMAP を使用」も「SMTP を使用」もオンになっていません',
};

const service = (row: Json, prefix: '' | 'smtp', client: CrmClient): CrmMailService | undefined => {
  const key = (name: string): unknown => row[prefix === '' ? name : `smtp${name[0]?.toUpperCase()}${name.slice(1)}`];
  const host = textIn(key('host'));
  if (host === undefined) return undefined;
  const port = numberIn(key('port'));
  const username = textIn(key('username'));
  const security = securityOf(key('security'));
  const handler = textIn(prefix === '' ? row.imapHandler : row.smtpHandler);
  const anonymous = prefix === 'smtp' && booleanIn(row.smtpAuth) === false;
  const folders = prefix === '' ? listIn(row.monitoredFolders).flatMap((one) => textIn(one) ?? []) : [];
  return {
    host: client.printable(host, 255),
    ...(port === undefined ? {} : { port }),
    ...(security ? { security } : {}),
    ...(username === undefined || anonymous ? {} : { username: client.printable(username, 255) }),
    login: anonymous ? 'none' : handler === undefined ? 'password' : 'oauth',
    ...(folders.length > 0 ? { folders: folders.slice(0, 50).map((one) => client.printable(one)) } : {}),
  };
};

const writable: readonly CrmMailField[] = ['host', 'port', 'security', 'username', 'folder', 'enabled'];

export interface Around {
  readonly attempts: readonly Attempt[];
  /** What the application log says of an account, by its id. */
  readonly says: (id: string) => string | undefined;
  /** The address that the system writes from, in small letters. */
  readonly systemAddress: string | undefined;
}

/** A group account (shared) or a personal one, of one user. */
export const accountOf = (
  kind: Kind,
  row: Json,
  { attempts, says, systemAddress }: Around,
  client: CrmClient,
): CrmMailAccount | undefined => {
  const id = idIn(row.id);
  if (id === undefined) return undefined;
  const name = client.printable(textIn(row.name) ?? id, 100);
  const address = textIn(row.emailAddress);
  const imap = booleanIn(row.useImap) === false ? undefined : service(row, '', client);
  const smtp = booleanIn(row.useSmtp) === true ? service(row, 'smtp', client) : undefined;
  const enabled = row.status === 'Active';
  const since = textIn(row.fetchSince);
  const lastGood = utcIn(row.connectedAt);
  const isDefault = kind === 'InboundEmail' && enabled && smtp && address?.toLowerCase() === systemAddress;
  return {
    id: `${kind}/${id}`,
    name,
    ...(address === undefined ? {} : { address: client.printable(address, 255), from: client.printable(address, 255) }),
    services: { ...(smtp ? { smtp } : {}), ...(imap ? { imap } : {}) },
    enabled,
    ...(enabled && !imap && !smtp ? { unused: nothingOn } : {}),
    ...(isDefault ? { isDefault: true } : {}),
    place: (kind === 'InboundEmail' ? groupAccounts : personalAccounts)(name),
    ...(lastGood === undefined ? {} : { lastGood }),
    ...history(id, attempts, says(id)),
    ...(since !== undefined && /^\d{4}-\d\d-\d\d$/.test(since) ? { fetchSince: `${since}T00:00:00.000Z` } : {}),
    ...(imap ? { creates: kind === 'InboundEmail' && booleanIn(row.createCase) === true ? 'Case' : 'Email' } : {}),
    writable,
  };
};

/** Where the system's own SMTP settings are kept; since 9.1 a group account takes their place. */
export const systemId = 'Settings';

export const systemAccount = (settings: Json, client: CrmClient): CrmMailAccount | undefined => {
  const host = textIn(settings.smtpServer);
  if (host === undefined) return undefined;
  const smtp = service({ ...settings, smtpHost: host }, 'smtp', client);
  const from = textIn(settings.outboundEmailFromAddress);
  return {
    id: systemId,
    name: 'SMTP',
    ...(from === undefined ? {} : { address: client.printable(from, 255), from: client.printable(from, 255) }),
    services: smtp ? { smtp } : {},
    enabled: true,
    isDefault: true,
    place: outboundEmails(),
    writable: ['host', 'port', 'security', 'username', 'from'],
  };
};
