import type { CrmRecord, CrmRecordPage, CrmRecordQuery } from '../../model/crm/connector.ts';
import type { CrmFailure } from '../../model/crm/failure.ts';
import { numberIn, objectIn, rowsIn, textIn } from '../reading.ts';
import { fieldsIn, isSecret, withoutValue } from './fields.ts';
import type { Rpc } from './rpc.ts';
import { momentFor, plainValue } from './value.ts';

export const recordTypes = {
  contacts: 'party.party',
  companies: 'party.party',
  leads: 'sale.opportunity',
  opportunities: 'sale.opportunity',
} as const;

const modelOf = (type: string): string =>
  Object.hasOwn(recordTypes, type) ? recordTypes[type as keyof typeof recordTypes] : type; // hasOwn has just said so

/** A name of a model; anything else would ask for another method. */
const isModel = (name: string): boolean => /^[a-z_]\w{0,60}(?:\.\w{1,60}){1,6}$/i.test(name);

const isField = (name: string): boolean => /^\w{1,80}(?:\.\w{1,80}){0,3}$/.test(name) && !isSecret(name);

/** write_date is empty until the first change. */
const touched = (since: string): readonly unknown[] => [
  'OR',
  ['write_date', '>=', momentFor(since)],
  ['create_date', '>=', momentFor(since)],
];

/** A changed address or number leaves the party's own write_date as it was; `active` asks for those that were archived too. */
const changed = (model: string, since: string): readonly unknown[] =>
  model === 'party.party'
    ? ['OR', touched(since), ['contact_mechanisms', 'where', [touched(since), ['active', 'in', [true, false]]]]]
    : touched(since);

/** Lists of other records, files, and sums that are computed from a whole ledger are read only when they are asked for. */
const isCheap = (field: Readonly<Record<string, unknown>>): boolean => {
  const type = textIn(field.type) ?? '';
  const isList = type === 'one2many' || type === 'many2many';
  return !isList && !withoutValue.includes(type) && !(type === 'numeric' && field.loading === 'lazy');
};

const readableFields = async (rpc: Rpc, model: string, signal: AbortSignal) => {
  const told = await rpc.model(`${model}.fields_get`, [null], signal);
  if (told.kind === 'failed') return told;
  const names = fieldsIn(told.value).flatMap(([name, field]) => (isCheap(field) && !isSecret(name) ? [name] : []));
  return { kind: 'fields' as const, names };
};

const failed = (failure: CrmFailure): CrmRecordPage => ({ kind: 'failed', failure });

const recordOf = (row: Readonly<Record<string, unknown>>): CrmRecord => objectIn(plainValue(row));

/** Pages in the order of the id, each beginning behind the last one: what is added meanwhile moves nothing. */
export const readRecords = async function* (
  rpc: Rpc,
  query: CrmRecordQuery,
  signal: AbortSignal,
): AsyncIterable<CrmRecordPage> {
  const model = modelOf(query.type);
  if (!isModel(model)) {
    yield failed({ kind: 'not-found', what: rpc.printable(query.type, 120), says: '' });
    return;
  }
  const own = query.fields ? undefined : await readableFields(rpc, model, signal);
  if (own?.kind === 'failed') {
    yield failed(own.failure);
    return;
  }
  const fields = (query.fields ?? own?.names ?? []).filter(isField);
  const size = Math.min(1_000, Math.max(1, query.pageSize ?? 200));
  const base = query.since === undefined ? [] : [changed(model, query.since)];
  const context = query.includeArchived ? { active_test: false } : {};
  const counted = await rpc.model(`${model}.search_count`, [base], signal, context);
  if (counted.kind === 'failed') {
    yield failed(counted.failure);
    return;
  }
  const total = numberIn(counted.value);
  for (let last: number | undefined; ; ) {
    const domain = [...base, ...(last === undefined ? [] : [['id', '>', last]])];
    const params = [domain, 0, size, [['id', 'ASC']], ['id', ...fields.filter((name) => name !== 'id')]];
    const told = await rpc.model(`${model}.search_read`, params, signal, context);
    if (told.kind === 'failed') {
      yield failed(told.failure);
      return;
    }
    const rows = rowsIn(told.value);
    if (!rows) {
      yield failed({ kind: 'malformed', what: `model.${model}.search_read`, status: 200, says: '' });
      return;
    }
    yield { kind: 'page', records: rows.map(recordOf), ...(total === undefined ? {} : { total }) };
    const next = numberIn(rows.at(-1)?.id);
    if (rows.length < size) return;
    // A server that does not keep to the order would be asked for ever.
    if (next === undefined || (last !== undefined && next <= last)) {
      yield failed({ kind: 'malformed', what: `model.${model}.search_read`, says: 'id' });
      return;
    }
    last = next;
  }
};
