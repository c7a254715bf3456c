import type { CrmMailField } from '../../model/crm/answers.ts';
import type { CrmWrite } from '../../model/crm/connector.ts';
import { booleanIn, type Json, numberIn, textIn } from '../reading.ts';
import { type Found, refuse } from '../refusal.ts';
import type { Site } from './site.ts';

type Value = CrmWrite['changes'][number]['to'];

/** One setting in one direction of an Email Account: what is written for it, and how it is read again. */
interface Setting {
  readonly fields: readonly string[];
  readonly values: (to: Value) => Json | undefined;
  readonly read: (row: Json) => Value;
}

const on = (value: unknown): boolean => booleanIn(value) === true;

const text = (name: string): Setting => ({
  fields: [name],
  values: (to) => ({ [name]: to ?? '' }),
  read: (row) => textIn(row[name]) ?? null,
});

const number = (name: string): Setting => ({
  fields: [name],
  // Ports are texts there.
  values: (to) => ({ [name]: to === null ? '' : String(to) }),
  read: (row) => numberIn(row[name]) ?? null,
});

const flag = (name: string): Setting => ({
  fields: [name],
  values: (to) => ({ [name]: to === true ? 1 : 0 }),
  read: (row) => on(row[name]),
});

/** Two switches, of which at most one is on. */
const security = (tls: string, starttls: string): Setting => ({
  fields: [tls, starttls],
  values: (to) =>
    to === 'tls' || to === 'starttls' || to === 'none'
      ? { [tls]: to === 'tls' ? 1 : 0, [starttls]: to === 'starttls' ? 1 : 0 }
      : undefined,
  read: (row) => (on(row[tls]) ? 'tls' : on(row[starttls]) ? 'starttls' : 'none'),
});

const settings: Readonly<Record<'in' | 'out', Partial<Record<CrmMailField, Setting>>>> = {
  in: {
    host: text('email_server'),
    port: number('incoming_port'),
    security: security('use_ssl', 'use_starttls'),
    enabled: flag('enable_incoming'),
  },
  out: {
    host: text('smtp_server'),
    port: number('smtp_port'),
    security: security('use_ssl_for_outgoing', 'use_tls'),
    enabled: flag('enable_outgoing'),
  },
};

const unwritable = (field: CrmMailField): never =>
  refuse({ kind: 'config', what: field, says: '', needs: { en: field, ja: field } });

/** Writes settings of one Email Account and reads them again. Frappe itself logs in with new settings before it takes them. */
export const writeMail = async (
  site: Site,
  { account, changes }: CrmWrite,
  signal: AbortSignal,
): Promise<Found<{ readonly written: readonly CrmMailField[] }>> => {
  const [direction, name] = /^(in|out):(.+)$/s.exec(account)?.slice(1) ?? [];
  if ((direction !== 'in' && direction !== 'out') || name === undefined) {
    return refuse({ kind: 'not-found', what: account, says: '' });
  }
  const doctype = 'Email Account';
  const wanted = changes.map(({ field, to }) => ({
    field,
    to,
    setting: settings[direction][field] ?? unwritable(field),
  }));
  const fields = await site.among(
    doctype,
    wanted.flatMap(({ setting }) => setting.fields),
    signal,
  );
  const values = Object.fromEntries(
    wanted
      .flatMap(({ field, to, setting }) => Object.entries(setting.values(to) ?? unwritable(field)))
      .filter(([key, value]) => {
        if (fields.includes(key)) return true;
        // A switch that this version does not have cannot be set, and need not be cleared.
        return value === 0 ? false : unwritable('security');
      }),
  );
  const one = async (): Promise<Json> => {
    const [row] = await site.frappe.list(
      doctype,
      { fields: ['name', ...fields], filters: [['name', '=', name]] },
      signal,
    );
    return row ?? refuse({ kind: 'not-found', what: account, says: '' });
  };
  await one();
  await site.frappe.put(doctype, name, values, signal);
  const after = await one();
  return {
    value: { written: wanted.filter(({ to, setting }) => setting.read(after) === to).map(({ field }) => field) },
  };
};
