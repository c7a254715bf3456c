import type { CrmRecordPage, CrmRecordQuery } from '../../model/crm/connector.ts';
import { type Json, objectsIn, textIn } from '../reading.ts';
import { Refusal, refuse, unlessRefused } from '../refusal.ts';
import { clockAt, ofEvery, type Site } from './site.ts';
import { doctypes, holdsSecret, layout } from './types.ts';

/** The first of the names that is installed here. */
const typeOf = async (
  { frappe }: Site,
  asked: string,
  signal: AbortSignal,
): Promise<{ readonly name: string; readonly doctype: Json }> => {
  const names = (Object.hasOwn(doctypes, asked) ? doctypes[asked] : undefined) ?? [asked];
  for (const name of names) {
    const doctype = await unlessRefused(
      () => frappe.doctype(name, signal),
      ['not-found'],
      () => {},
    );
    if (doctype) return { name, doctype };
  }
  return refuse({ kind: 'not-found', what: `DocType ${names.join(', ')}`, says: '' });
};

const fieldsFor = ({ fields: asked }: CrmRecordQuery, name: string, doctype: Json): readonly string[] => {
  const rows = objectsIn(doctype.fields).filter(({ fieldtype }) => !layout.includes(textIn(fieldtype) ?? ''));
  const known = rows.flatMap((row) => textIn(row.fieldname) ?? []);
  const passwords = rows.flatMap((row) => (row.fieldtype === 'Password' ? (textIn(row.fieldname) ?? []) : []));
  const isSecret = (field: string): boolean => holdsSecret(field) || passwords.includes(field);
  if (!asked) return [...ofEvery, ...known].filter((field) => !isSecret(field));
  const secret = asked.find(isSecret);
  if (secret !== undefined) refuse({ kind: 'permission', what: `${name}.${secret}`, says: '' });
  // Custom fields are no part of the type's own list; the site itself refuses what it does not know.
  return [...new Set(['name', ...asked])];
};

const sinceFilter = async (site: Site, since: string | undefined, signal: AbortSignal) => {
  if (since === undefined) return [];
  const zone = await site.zone(signal);
  const clock = zone === undefined ? undefined : clockAt(new Date(since), zone);
  // Without the zone a whole day more is read, in which any clock on earth lies.
  const earlier = new Date(new Date(since).getTime() - 14 * 60 * 60 * 1000).toISOString().slice(0, 19);
  return [['modified', '>=', clock ?? earlier.replace('T', ' ')]];
};

async function* pages(site: Site, query: CrmRecordQuery, signal: AbortSignal): AsyncGenerator<CrmRecordPage> {
  const { name, doctype } = await typeOf(site, query.type, signal);
  const fields = fieldsFor(query, name, doctype);
  const filters = await sinceFilter(site, query.since, signal);
  const limit = Math.max(1, Math.min(query.pageSize ?? 200, 1_000));
  const total = await site.frappe.count(name, filters, signal);
  let last: string | undefined;
  for (;;) {
    // By the key, in the order in which the database itself compares names.
    const behind = last === undefined ? [] : [['name', '>', last]];
    const asked = { fields, filters: [...filters, ...behind], order: 'name asc', limit };
    const records = await site.frappe.list(name, asked, signal);
    const first = last === undefined;
    if (first || records.length > 0) yield { kind: 'page', records, ...(first ? { total } : {}) };
    if (records.length < limit) return;
    const end = textIn(records.at(-1)?.name);
    if (end === undefined || end === last) return refuse({ kind: 'malformed', what: name, says: '' });
    last = end;
  }
}

/** Documents by their names, streamed; a failure ends the stream. */
export async function* recordsOf(
  site: Site,
  query: CrmRecordQuery,
  signal: AbortSignal,
): AsyncGenerator<CrmRecordPage> {
  try {
    yield* pages(site, query, signal);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    yield { kind: 'failed', failure: error.failure };
  }
}
