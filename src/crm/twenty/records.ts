import type { CrmClient, CrmRecord, CrmRecordPage, CrmRecordQuery } from '../../model/crm/connector.ts';
import { isSecretName } from '../../reason/workflow/secrets.ts';
import { numberIn, objectIn, objectsIn, textIn } from '../reading.ts';
import { Refusal } from '../refusal.ts';
import { type Door, largestPage } from './door.ts';

export const recordTypes: Readonly<Record<string, string>> = {
  contacts: 'people',
  companies: 'companies',
  opportunities: 'opportunities',
};

/** Their records hold tokens and passwords. */
const closed: readonly string[] = ['connectedaccounts', 'apikeys', 'webhooks'];

const kept = (record: CrmRecord, fields: readonly string[] | undefined): CrmRecord =>
  Object.fromEntries(
    Object.entries(record).filter(
      ([name]) => !isSecretName(name) && (fields === undefined || name === 'id' || fields.includes(name)),
    ),
  );

/** In the order of ids, so that each page goes on after the last record of the one before. */
export async function* readRecords(
  query: CrmRecordQuery,
  door: Door,
  client: CrmClient,
  signal: AbortSignal,
): AsyncGenerator<CrmRecordPage> {
  const type = Object.hasOwn(recordTypes, query.type) ? (recordTypes[query.type] ?? query.type) : query.type;
  if (!/^[A-Za-z]\w{0,99}$/.test(type) || closed.includes(type.toLowerCase())) {
    const says = 'no object whose records are read';
    yield { kind: 'failed', failure: { kind: 'config', what: client.printable(type), says } };
    return;
  }
  const limit = Math.max(1, Math.min(query.pageSize ?? largestPage, largestPage));
  const filter = query.since === undefined ? undefined : `updatedAt[gte]:"${new Date(query.since).toISOString()}"`;
  let after: string | undefined;
  try {
    for (;;) {
      const { json, body } = await door.rest(
        `/rest/${type}`,
        { limit, depth: 0, order_by: 'id[AscNullsFirst]', filter, starting_after: after },
        signal,
      );
      const { data, pageInfo, totalCount } = objectIn(json);
      const list = objectIn(data)[type];
      if (!Array.isArray(list)) {
        const says = client.printable(body);
        yield { kind: 'failed', failure: { kind: 'malformed', what: `/rest/${type}`, status: 200, says } };
        return;
      }
      const total = after === undefined ? numberIn(totalCount) : undefined;
      const records = objectsIn(list).map((record) => kept(record, query.fields));
      yield { kind: 'page', records, ...(total === undefined ? {} : { total }) };
      const next = textIn(objectIn(pageInfo).endCursor);
      if (objectIn(pageInfo).hasNextPage !== true) return;
      if (records.length === 0 || next === undefined || next === after) {
        yield {
          kind: 'failed',
          failure: { kind: 'malformed', what: `/rest/${type}`, says: 'the next page cannot be asked for' },
        };
        return;
      }
      after = next;
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    yield { kind: 'failed', failure: error.failure };
  }
}
