import type { CrmRecordPage, CrmRecordQuery } from '../../model/crm/connector.ts';
import { type Json, numberIn } from '../reading.ts';
import { Refusal, refuse } from '../refusal.ts';
import { archivedToo, countOf, searchRead } from './calls.ts';
import type { OdooDoor } from './door.ts';
import { holdsSecret, type OdooFields } from './fields.ts';
import { odooTime } from './time.ts';

interface Type {
  readonly model: string;
  readonly domain: readonly unknown[];
}

/** The common names: Odoo keeps people and companies in one model, leads and opportunities in another. */
const types: Readonly<Record<string, Type>> = {
  contacts: { model: 'res.partner', domain: [['is_company', '=', false]] },
  companies: { model: 'res.partner', domain: [['is_company', '=', true]] },
  leads: { model: 'crm.lead', domain: [['type', '=', 'lead']] },
  opportunities: { model: 'crm.lead', domain: [['type', '=', 'opportunity']] },
  tickets: { model: 'helpdesk.ticket', domain: [] },
};

export const recordTypes: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(types).map(([name, { model }]) => [name, model]),
);

/** What is stored and no file; computed fields cost a query a record, and some fail. */
const isPlain = ([name, field]: readonly [string, Json]): boolean =>
  field.store === true && field.type !== 'binary' && !holdsSecret(name);

const fieldsFor = (
  { fields: asked }: CrmRecordQuery,
  known: ReadonlyMap<string, Json>,
  model: string,
): readonly string[] => {
  if (!asked) return [...known].filter(isPlain).map(([name]) => name);
  const secret = asked.find(holdsSecret);
  const unknown = asked.find((name) => !known.has(name));
  if (secret !== undefined) refuse({ kind: 'permission', what: `${model}.${secret}`, says: '' });
  if (unknown !== undefined) refuse({ kind: 'not-found', what: `${model}.${unknown}`, says: '' });
  return asked;
};

const largestPage = 1_000;

async function* pages(
  { calls }: OdooDoor,
  { fields, query }: { readonly fields: OdooFields; readonly query: CrmRecordQuery },
  signal: AbortSignal,
): AsyncGenerator<CrmRecordPage> {
  const type = Object.hasOwn(types, query.type) ? types[query.type] : undefined;
  const { model, domain } = type ?? { model: query.type, domain: [] };
  const known = await fields.of(model, signal);
  const names = fieldsFor(query, known, model);
  const since = query.since === undefined ? [] : [['write_date', '>=', odooTime(new Date(query.since))]];
  const archived = query.includeArchived && known.has('active') ? [archivedToo] : [];
  const wanted = [...domain, ...since, ...archived];
  const limit = Math.max(1, Math.min(query.pageSize ?? 200, largestPage));
  let total: number | undefined = await countOf(calls, model, wanted, signal);
  let last = 0;
  for (;;) {
    // By the key and not by offset: records that come and go meanwhile move nothing.
    const ask = { domain: [...wanted, ['id', '>', last]], fields: names, limit };
    const records = await searchRead(calls, model, ask, signal);
    const end = numberIn(records.at(-1)?.id);
    if (records.length > 0 || total !== undefined) {
      yield { kind: 'page', records, ...(total === undefined ? {} : { total }) };
    }
    total = undefined;
    if (records.length < limit) return;
    if (end === undefined || end <= last) return refuse({ kind: 'malformed', what: `${model}.search_read`, says: '' });
    last = end;
  }
}

/** Records by their number, streamed; a failure ends the stream. */
export async function* recordsOf(
  open: () => Promise<{ readonly door: OdooDoor; readonly fields: OdooFields }>,
  query: CrmRecordQuery,
  signal: AbortSignal,
): AsyncGenerator<CrmRecordPage> {
  try {
    const { door, fields } = await open();
    yield* pages(door, { fields, query }, signal);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    yield { kind: 'failed', failure: error.failure };
  }
}
