import type { CrmRecordPage, CrmRecordQuery } from '../../model/crm/connector.ts';
import { malformed } from '../cloud/ask.ts';
import { fitting, isName, isSecretName } from '../cloud/fields.ts';
import { booleanIn, objectIn, textIn } from '../reading.ts';
import { scope } from './errors.ts';
import type { Account } from './read.ts';

export const recordTypes = {
  contacts: 'Contacts',
  companies: 'Accounts',
  leads: 'Leads',
  opportunities: 'Deals',
  tickets: 'Cases',
} as const;

/** So many may be named in one request. */
const mostFields = 50;

export async function* readRecords(
  { api }: Account,
  { type, fields, since, includeArchived = false, pageSize = 200 }: CrmRecordQuery,
  signal: AbortSignal,
): AsyncGenerator<CrmRecordPage> {
  const module = Object.hasOwn(recordTypes, type) ? recordTypes[type as keyof typeof recordTypes] : type; // own: one of its keys
  if (!isName(module))
    return yield { kind: 'failed', failure: { kind: 'not-found', what: 'modules', code: 'INVALID_MODULE', says: '' } };
  const right = scope(`ZohoCRM.modules.${module}.READ`);
  let names: readonly string[] = fields ?? [];
  if (!fields) {
    const told = await api(
      { path: '/settings/fields', query: { module }, right: scope('ZohoCRM.settings.fields.READ'), list: 'fields' },
      signal,
    );
    if (told.kind === 'failed') return yield told;
    names = told.rows.flatMap(({ api_name }) => textIn(api_name) ?? []);
  }
  const known = [...new Set(names.filter((name) => isName(name) && !isSecretName(name)))];
  const { fit: asked, ...left } = fitting(known, mostFields, () => 1);
  const at = since === undefined ? undefined : new Date(since);
  // With an offset, as the vendor's examples write it.
  const headers =
    at && !Number.isNaN(at.getTime()) ? { 'if-modified-since': at.toISOString().replace(/\.\d{3}Z$/, '+00:00') } : {};
  const limit = Math.min(200, Math.max(1, pageSize));
  const paths = [`/${module}`, ...(includeArchived ? [`/${module}/deleted`] : [])];
  for (const path of paths) {
    const query = path === `/${module}` ? { fields: asked.join(',') } : { type: 'all' };
    let token: string | undefined;
    for (let page = 1; ; page += 1) {
      const told = await api(
        {
          path,
          query: { ...query, per_page: limit, ...(token === undefined ? { page } : { page_token: token }) },
          headers,
          right,
          list: 'data',
        },
        signal,
      );
      if (told.kind === 'failed') return yield told;
      const records = told.rows;
      yield { kind: 'page', records, ...left };
      const info = objectIn(told.object.info);
      const next = textIn(info.next_page_token);
      if (booleanIn(info.more_records) !== true) break;
      // What does not move on would never end.
      if (records.length === 0 || (next !== undefined && next === token)) return yield malformed(path, told.response);
      token = next;
    }
  }
}
