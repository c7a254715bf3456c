import type { CrmClient, CrmRecordPage, CrmRecordQuery } from '../../model/crm/connector.ts';
import { isObject } from '../reading.ts';
import { Refusal } from '../refusal.ts';
import { type Door, type ListQuery, largestPage } from './door.ts';
import { fieldsOf, readable } from './schema.ts';

export const recordTypes: Readonly<Record<string, string>> = {
  contacts: 'Contacts',
  companies: 'Accounts',
  leads: 'Leads',
  opportunities: 'Opportunities',
  tickets: 'Cases',
};

/** All fields with a value of their own; links would be asked for one by one. */
const ownFields = async (door: Door, module: string, signal: AbortSignal): Promise<readonly string[]> =>
  Object.entries(await fieldsOf(door, module, signal)).flatMap(([name, field]) =>
    isObject(field) && field.type !== 'link' && readable(name, field) ? [name] : [],
  );

const stored = (time: string): string => new Date(time).toISOString().slice(0, 19).replace('T', ' ');

/** By id, each page after the last one's: pages by number would lose records that move over their edges. */
export async function* readRecords(
  query: CrmRecordQuery,
  door: Door,
  client: CrmClient,
  signal: AbortSignal,
): AsyncGenerator<CrmRecordPage> {
  const type = Object.hasOwn(recordTypes, query.type) ? (recordTypes[query.type] ?? query.type) : query.type;
  if (!/^\w{1,100}$/.test(type)) {
    yield { kind: 'failed', failure: { kind: 'config', what: client.printable(type), says: 'no name of a module' } };
    return;
  }
  const size = Math.max(1, Math.min(query.pageSize ?? largestPage, largestPage));
  try {
    const asked = query.fields?.filter((name) => readable(name, {})) ?? (await ownFields(door, type, signal));
    const fields = [...new Set(['id', ...asked])];
    let last: string | undefined;
    for (;;) {
      const filter: ListQuery['filter'] = [
        ...(query.since === undefined ? [] : ([['date_modified', 'gte', stored(query.since)]] as const)),
        ...(last === undefined ? [] : ([['id', 'gt', last]] as const)),
      ];
      const { rows } = await door.list(type, { fields, filter, sort: 'id', size }, signal);
      const next = rows.at(-1)?.id;
      if (next !== undefined && next === last) {
        yield { kind: 'failed', failure: { kind: 'malformed', what: type, says: 'the same page came again' } };
        return;
      }
      yield { kind: 'page', records: rows };
      if (rows.length < size || next === undefined) return;
      last = next;
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    yield { kind: 'failed', failure: error.failure };
  }
}
