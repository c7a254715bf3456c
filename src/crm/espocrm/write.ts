import type { CrmMailField } from '../../model/crm/answers.ts';
import type { CrmClient, CrmWrite } from '../../model/crm/connector.ts';
import type { Text } from '../../model/text.ts';
import { booleanIn, idIn, type Json, listIn, numberIn, objectIn } from '../reading.ts';
import { type Found, refuse } from '../refusal.ts';
import { accountFields, securityOf, securityTo, systemId } from './accounts.ts';
import { adminNeeded, type Door } from './door.ts';

type Value = string | number | boolean | null;

/** How a field is kept by one kind of account: its name there, and its value from there and to there. */
interface Column {
  readonly name: string;
  readonly read: (value: unknown) => Value;
  readonly to: (value: Value, before: unknown) => unknown;
}

const text = (name: string): Column => ({ name, read: (value) => idIn(value) ?? null, to: (value) => value });
const port = (name: string): Column => ({ name, read: (value) => numberIn(value) ?? null, to: (value) => value });
const security = (name: string): Column => ({
  name,
  read: (value) => securityOf(value) ?? null,
  to: (value) => securityTo(String(value)),
});
const enabled: Column = {
  name: 'status',
  read: (value) => value === 'Active',
  to: (value) => (booleanIn(value) === true ? 'Active' : 'Inactive'),
};
/** One of several folders: the others stay. */
const folder: Column = {
  name: 'monitoredFolders',
  read: (value) => idIn(listIn(value)[0]) ?? null,
  to: (value, before) => [value, ...listIn(before).slice(1)],
};

type Columns = Partial<Record<CrmMailField, Column>>;

const system: Columns = {
  host: text('smtpServer'),
  port: port('smtpPort'),
  security: security('smtpSecurity'),
  username: text('smtpUsername'),
  from: text('outboundEmailFromAddress'),
};

const sending: Columns = {
  host: text('smtpHost'),
  port: port('smtpPort'),
  security: security('smtpSecurity'),
  username: text('smtpUsername'),
  enabled,
};

const fetching: Columns = {
  host: text('host'),
  port: port('port'),
  security: security('security'),
  username: text('username'),
  folder,
  enabled,
};

const meanwhile = (field: string): Text => ({
  en: `${field} was changed in EspoCRM meanwhile; nothing was written`,
  ja: `${field} がその間に EspoCRM 側で変更されたため、何も書き込みませんでした`,
});

/** Writes what was agreed to and nothing else, and says what stands there afterwards. */
export const writeAccount = async (
  door: Door,
  { account, protocol, changes }: CrmWrite,
  client: CrmClient,
  signal: AbortSignal,
): Promise<Found<{ readonly written: readonly CrmMailField[] }>> => {
  const path = `/${account}`;
  const isSystem = account === systemId;
  const columns = isSystem ? system : protocol === 'smtp' ? sending : fetching;
  if (!isSystem && !/^(?:InboundEmail|EmailAccount)\/\w{1,40}$/.test(account)) {
    return refuse({ kind: 'not-found', what: client.printable(path), says: 'no mail account of EspoCRM' });
  }
  const read = (): Promise<Json> =>
    door.object(path, signal, isSystem ? undefined : { select: accountFields.join(',') }, adminNeeded);
  const before = await read();
  const json: Record<string, unknown> = {};
  for (const { field, from, to } of changes) {
    const column = columns[field];
    if (!column) return refuse({ kind: 'config', what: path, says: `${field} cannot be written here` });
    const present = column.read(before[column.name]);
    if (present !== from && present !== to) {
      return refuse({ kind: 'config', what: path, says: client.printable(String(present)), needs: meanwhile(field) });
    }
    json[column.name] = column.to(to, before[column.name]);
  }
  await door.ask({ method: 'PUT', path, json, again: false }, signal, adminNeeded);
  const after = objectIn(await read());
  const written = changes.flatMap(({ field, to }) => {
    const column = columns[field];
    return column && column.read(after[column.name]) === to ? [field] : [];
  });
  return { value: { written } };
};
