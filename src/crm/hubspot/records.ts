import type { CrmRecord, CrmRecordPage, CrmRecordQuery } from '../../model/crm/connector.ts';
import type { Text } from '../../model/text.ts';
import { type Api, malformed } from '../cloud/ask.ts';
import { fitting, isName, isSecretName } from '../cloud/fields.ts';
import { idIn, type Json, numberIn, objectIn, textIn } from '../reading.ts';
import { scope, version } from './errors.ts';
import { pages } from './pages.ts';

export const recordTypes = {
  contacts: 'contacts',
  companies: 'companies',
  leads: 'leads',
  opportunities: 'deals',
  tickets: 'tickets',
} as const;

/** So long may the list of properties be that goes in an address. */
const longest = 6_000;

const recordOf = ({ id, properties, createdAt, updatedAt, archived }: Json): CrmRecord => ({
  id,
  ...objectIn(properties),
  createdAt,
  updatedAt,
  archived,
});

interface Asked {
  readonly api: Api;
  readonly type: string;
  readonly properties: readonly string[];
  readonly leftOut: Pick<Extract<CrmRecordPage, { kind: 'page' }>, 'leftOut'>;
  readonly right: Text;
}

/** The list of an object; it goes as far as there are records. */
async function* listed(
  { api, type, properties, leftOut, right }: Asked,
  { archived, since, limit }: { readonly archived: boolean; readonly since?: string; readonly limit: number },
  signal: AbortSignal,
): AsyncGenerator<CrmRecordPage> {
  const query = { limit, archived, properties: properties.join(',') };
  for await (const page of pages(api, { path: `/crm/objects/${version}/${type}`, query, right }, signal)) {
    if (page.kind === 'failed') return yield page;
    const rows = page.rows.filter(
      (row) => since === undefined || (textIn(row.archivedAt) ?? textIn(row.updatedAt) ?? '') >= since,
    );
    yield { kind: 'page', records: rows.map(recordOf), ...leftOut };
  }
}

/**
 * What changed since a time. A search ends at its 10,000th result: each page asks anew for ids beyond the last one, so
 * that no search has more than one page.
 */
async function* searched(
  { api, type, properties, leftOut, right }: Asked,
  { since, limit }: { readonly since: Date; readonly limit: number },
  signal: AbortSignal,
): AsyncGenerator<CrmRecordPage> {
  const path = `/crm/objects/${version}/${type}/search`;
  const changed = type === 'contacts' || type === '0-1' ? 'lastmodifieddate' : 'hs_lastmodifieddate';
  let last = 0;
  for (;;) {
    const filters = [
      { propertyName: changed, operator: 'GTE', value: String(since.getTime()) },
      { propertyName: 'hs_object_id', operator: 'GT', value: String(last) },
    ];
    const json = {
      filterGroups: [{ filters }],
      sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
      properties,
      limit,
    };
    const told = await api({ method: 'POST', path, json, again: true, right, list: 'results' }, signal);
    if (told.kind === 'failed') return yield told;
    const { rows } = told;
    const count = last === 0 ? numberIn(told.object.total) : undefined;
    yield { kind: 'page', records: rows.map(recordOf), ...leftOut, ...(count === undefined ? {} : { total: count }) };
    if (rows.length < limit) return;
    const end = Math.max(...rows.map(({ id }) => numberIn(idIn(id)) ?? 0));
    // A page that does not move on would never end.
    if (end <= last) return yield malformed(path, told.response);
    last = end;
  }
}

export async function* readRecords(
  api: Api,
  { type, fields, since, includeArchived = false, pageSize = 100 }: CrmRecordQuery,
  signal: AbortSignal,
): AsyncGenerator<CrmRecordPage> {
  const object = Object.hasOwn(recordTypes, type) ? recordTypes[type as keyof typeof recordTypes] : type; // own: one of its keys
  if (!/^\w[\w-]{0,99}$/.test(object)) {
    return yield { kind: 'failed', failure: { kind: 'not-found', what: 'objects', says: '' } };
  }
  let names: readonly string[] = fields ?? [];
  if (!fields) {
    const told = await api(
      { path: `/crm/properties/${version}/${object}`, right: scope(`crm.schemas.${object}.read`), list: 'results' },
      signal,
    );
    if (told.kind === 'failed') return yield told;
    names = told.rows.flatMap(({ name }) => textIn(name) ?? []);
  }
  const known = names.filter((name) => isName(name) && !isSecretName(name));
  const { fit: properties, ...leftOut } = fitting(known, longest, (name) => name.length + 1);
  const asked: Asked = { api, type: object, properties, leftOut, right: scope(`crm.objects.${object}.read`) };
  const at = since === undefined ? undefined : new Date(since);
  const limit = Math.min(100, Math.max(1, pageSize));
  if (at && !Number.isNaN(at.getTime())) yield* searched(asked, { since: at, limit }, signal);
  else yield* listed(asked, { archived: false, limit }, signal);
  // A search does not see archived records.
  if (includeArchived)
    yield* listed(asked, { archived: true, limit, ...(at ? { since: at.toISOString() } : {}) }, signal);
}
