import type { CrmMailField } from '../../model/crm/answers.ts';
import type { CrmWrite } from '../../model/crm/connector.ts';
import { booleanIn, type Json, numberIn, objectIn, textIn } from '../reading.ts';
import { type Found, refuse } from '../refusal.ts';
import { archivedToo, searchRead } from './calls.ts';
import type { OdooDoor } from './door.ts';

type Value = CrmWrite['changes'][number]['to'];

/** How a setting is called, and written, in one of the two models. */
interface Column {
  readonly name: string;
  readonly write: (to: Value, before: Json) => unknown;
  readonly read: (row: Json) => Value;
}

const plain = (name: string): Column => ({
  name,
  write: (to) => to ?? false,
  read: (row) => textIn(row[name]) ?? null,
});

const port = (name: string): Column => ({ name, write: (to) => to ?? 0, read: (row) => numberIn(row[name]) ?? null });

const active: Column = { name: 'active', write: (to) => to === true, read: (row) => booleanIn(row.active) ?? null };

const isStrict = (row: Json): boolean => textIn(row.smtp_encryption)?.endsWith('_strict') === true;

const encryption: Column = {
  name: 'smtp_encryption',
  // Whoever checks certificates goes on checking them.
  write: (to, before) => {
    const plainName = { none: 'none', starttls: 'starttls', tls: 'ssl' }[String(to)];
    return plainName !== undefined && plainName !== 'none' && isStrict(before) ? `${plainName}_strict` : plainName;
  },
  read: (row) => {
    const written = textIn(row.smtp_encryption)?.replace(/_strict$/, '');
    return written === 'ssl' ? 'tls' : (written ?? null);
  },
};

const isSsl: Column = {
  name: 'is_ssl',
  // There is no STARTTLS for incoming mail.
  write: (to) => ({ none: false, tls: true })[String(to)],
  read: (row) => (booleanIn(row.is_ssl) === true ? 'tls' : 'none'),
};

const columns: Readonly<Record<string, Partial<Record<CrmMailField, Column>>>> = {
  'ir.mail_server': {
    host: plain('smtp_host'),
    port: port('smtp_port'),
    security: encryption,
    username: plain('smtp_user'),
    enabled: active,
  },
  'fetchmail.server': {
    host: plain('server'),
    port: port('port'),
    security: isSsl,
    username: plain('user'),
    enabled: active,
  },
};

const unwritable = (field: CrmMailField): never =>
  refuse({ kind: 'config', what: field, says: '', needs: { en: field, ja: field } });

/** Writes settings of one mail server and reads them again; what came back other than written is not reported as written. */
export const writeMail = async (
  { calls }: OdooDoor,
  { account, changes }: CrmWrite,
  signal: AbortSignal,
): Promise<Found<{ readonly written: readonly CrmMailField[] }>> => {
  const [, model = '', digits] = /^(ir\.mail_server|fetchmail\.server),(\d{1,9})$/.exec(account) ?? [];
  const known = columns[model];
  if (!known) return refuse({ kind: 'not-found', what: account, says: '' });
  const id = Number(digits);
  const wanted = changes.map(({ field, to }) => ({ field, to, column: known[field] ?? unwritable(field) }));
  const fields = wanted.map(({ column }) => column.name);
  const one = async (): Promise<Json> => {
    const rows = await searchRead(calls, model, { domain: [['id', '=', id], archivedToo], fields, limit: 1 }, signal);
    return rows.length === 1 ? objectIn(rows[0]) : refuse({ kind: 'not-found', what: account, says: '' });
  };
  const before = await one();
  const values = Object.fromEntries(
    wanted.map(({ field, to, column }) => [column.name, column.write(to, before) ?? unwritable(field)]),
  );
  // One call for all: Odoo's own rules look at them together.
  await calls.call({ model, method: 'write', ids: [id], args: { vals: values }, writes: true }, signal);
  const after = await one();
  return { value: { written: wanted.filter(({ to, column }) => column.read(after) === to).map(({ field }) => field) } };
};
