import type { CrmRecord, CrmRecordPage, CrmRecordQuery } from '../../model/crm/connector.ts';
import { fitting, isName, isSecretName } from '../cloud/fields.ts';
import { type Json, textIn } from '../reading.ts';
import { rights } from './errors.ts';
import { type Org, pages } from './query.ts';

export const recordTypes = {
  contacts: 'Contact',
  companies: 'Account',
  leads: 'Lead',
  opportunities: 'Opportunity',
  tickets: 'Case',
} as const;

/** So long may a query be that goes in an address. */
const longestSelect = 12_000;

/** Types whose values are files or are masked. */
const unread: readonly string[] = ['base64', 'encryptedstring'];

const failed = (what: string, code: string): CrmRecordPage => ({
  kind: 'failed',
  failure: { kind: 'not-found', what, code, says: '' },
});

const fieldsIn = (fields: readonly Json[]): readonly string[] =>
  fields.flatMap(({ name, type }) => {
    const text = textIn(name);
    return text === undefined || !isName(text) || isSecretName(text) || unread.includes(textIn(type) ?? '')
      ? []
      : [text];
  });

const withoutAttributes = ({ attributes: _, ...record }: Json): CrmRecord => record;

/** Rows of a SOQL query, page by page. */
export async function* readRecords(
  org: Org,
  { type, fields, since, includeArchived = false, pageSize }: CrmRecordQuery,
  signal: AbortSignal,
): AsyncGenerator<CrmRecordPage> {
  const object = Object.hasOwn(recordTypes, type) ? recordTypes[type as keyof typeof recordTypes] : type; // own: one of its keys
  const what = `SOQL ${object}`;
  if (!isName(object)) return yield failed(what, 'INVALID_TYPE');
  let columns: readonly string[] = fields?.filter((name) => name.split('.').every(isName) && !isSecretName(name)) ?? [];
  if (!fields) {
    const path = `${org.data}/sobjects/${object}/describe`;
    const described = await org.api({ path, right: rights.records, list: 'fields' }, signal);
    if (described.kind === 'failed') return yield described;
    columns = fieldsIn(described.rows);
  }
  const names = [...new Set(['Id', ...columns])];
  const { fit, ...left } = fitting(names, longestSelect, (name) => name.length + 2);
  const at = since === undefined ? undefined : new Date(since);
  const when = at === undefined || Number.isNaN(at.getTime()) ? '' : ` WHERE SystemModstamp >= ${at.toISOString()}`;
  const batch = Math.min(2_000, Math.max(200, pageSize ?? 2_000));
  const asked = {
    path: `${org.data}/${includeArchived ? 'queryAll' : 'query'}`,
    query: { q: `SELECT ${fit.join(', ')} FROM ${object}${when} ORDER BY Id` },
    what,
    right: rights.records,
    headers: { 'sforce-query-options': `batchSize=${batch}` },
  };
  for await (const page of pages(org, asked, signal)) {
    if (page.kind === 'failed') return yield page;
    const { rows, total } = page;
    yield { kind: 'page', records: rows.map(withoutAttributes), ...left, ...(total === undefined ? {} : { total }) };
  }
}
