import type { CrmRecord, CrmRecordPage, CrmRecordQuery } from '../../model/crm/connector.ts';
import type { CrmFailure } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import { isObject, type Json, listIn, numberIn, objectsIn, textIn } from '../reading.ts';
import type { Rest } from './ask.ts';
import { ticketFields, userFields } from './fields.ts';
import { type Limit, largestPage, pageOf } from './lists.ts';
import { rights } from './rights.ts';

interface Kind {
  readonly path: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly right: Text;
  /** Both kinds are asked for what follows an id, so that a record which changes meanwhile is neither lost nor doubled. */
  readonly query: (after: number, since: Date | undefined) => string;
}

// A time without a zone is read in the time zone of the user, so that a day is asked for more and its rest dropped here.
const widened = (since: Date): string =>
  new Date(since.getTime() - 86_400_000).toISOString().slice(0, 19).replace('T', ' ');

const kinds = {
  ticket: {
    path: '/tickets',
    fields: ticketFields,
    right: rights.tickets,
    query: (after, since) => `id > ${after}${since ? ` AND LastUpdated > '${widened(since)}'` : ''}`,
  },
  user: {
    path: '/users',
    fields: userFields,
    right: rights.users,
    query: (after, since) => {
      const limits: readonly Limit[] = [
        { field: 'id', operator: '>', value: String(after) },
        ...(since ? [{ field: 'LastUpdated', operator: '>=', value: widened(since) }] : []),
      ];
      return JSON.stringify(limits);
    },
  },
} as const satisfies Readonly<Record<string, Kind>>;

const called: Readonly<Record<string, keyof typeof kinds>> = {
  ticket: 'ticket',
  tickets: 'ticket',
  user: 'user',
  users: 'user',
  contacts: 'user',
};

/** RT's own two users. */
const system = ['RT_System', 'Nobody'];

const customField = /^(?:CF|CustomField)\.\{([^{}]{1,200})\}$/;

/** The date of RT that means none. */
const never = '1970-01-01T00:00:00Z';

const plainValue = (value: unknown): unknown => {
  if (value === never) return null;
  if (Array.isArray(value)) return value.map(plainValue);
  if (!isObject(value)) return value;
  return textIn(value.EmailAddress) ?? textIn(value.Name) ?? value.id ?? null;
};

const customValues = (item: Json): ReadonlyMap<string, unknown> =>
  new Map(
    objectsIn(item.CustomFields).flatMap(({ name, values }) => {
      const called = textIn(name);
      const list = listIn(values).map(plainValue);
      return called === undefined ? [] : [[called, list.length > 1 ? list : (list[0] ?? null)] as const];
    }),
  );

const recordOf = (item: Json, fields: readonly string[], all: boolean): CrmRecord => {
  const custom = customValues(item);
  return {
    id: item.id,
    ...Object.fromEntries(
      fields.map((field) => {
        const own = customField.exec(field)?.[1];
        return [field, own === undefined ? plainValue(item[field]) : (custom.get(own) ?? null)];
      }),
    ),
    ...(all ? Object.fromEntries([...custom].map(([name, value]) => [`CF.{${name}}`, value])) : {}),
  };
};

const failed = (failure: CrmFailure): CrmRecordPage => ({ kind: 'failed', failure });

/** Tickets, or users, whom RT keeps its contacts as; a page at a time, by id. */
export async function* readRecords(
  rest: Rest,
  query: CrmRecordQuery,
  signal: AbortSignal,
): AsyncGenerator<CrmRecordPage> {
  const name = called[query.type.toLowerCase()];
  if (name === undefined) {
    yield failed({ kind: 'not-found', what: query.type, says: '' });
    return;
  }
  const { path, fields: known, right, query: ask }: Kind = kinds[name];
  const wanted = query.fields ?? Object.keys(known);
  // RT answers a name that it does not know with an empty text.
  const unknown = wanted.find((field) => !Object.hasOwn(known, field) && !customField.test(field));
  if (unknown !== undefined) {
    yield failed({ kind: 'not-found', what: `${name}.${unknown}`, says: '' });
    return;
  }
  const since = query.since === undefined ? undefined : new Date(query.since);
  const all = query.fields === undefined;
  const columns = new Set(['id', 'LastUpdated', ...(name === 'user' ? ['Name'] : [])]);
  for (const field of wanted) columns.add(customField.test(field) ? 'CustomFields' : field);
  if (all) columns.add('CustomFields');
  const perPage = Math.min(largestPage, Math.max(1, query.pageSize ?? largestPage));
  let after = 0;
  while (true) {
    const told = await pageOf(
      rest,
      {
        path,
        query: {
          query: ask(after, since),
          fields: [...columns].join(','),
          'fields[Queue]': 'Name',
          'fields[Requestor]': 'EmailAddress',
          'fields[Cc]': 'EmailAddress',
          'fields[AdminCc]': 'EmailAddress',
          orderby: 'id',
          per_page: perPage,
          ...(query.includeArchived ? { find_disabled_rows: 1 } : {}),
        },
        right,
      },
      signal,
    );
    if (told.kind === 'failed') {
      yield told;
      return;
    }
    const { items, total } = told;
    const ids = items.map(({ id }) => numberIn(id) ?? 0);
    const updated = items.map(({ LastUpdated }) => textIn(LastUpdated));
    // Whoever may not search for a field gets an answer as if nothing had been asked, without any error.
    const ignored = ids.some((id) => id <= after) || (since !== undefined && updated.some((at) => at === never));
    if (ignored) {
      yield failed({ kind: 'permission', what: `/REST/2.0${path}`, status: 200, says: '', needs: right });
      return;
    }
    const records = items.flatMap((item, n) => {
      const at = updated[n];
      const old = since !== undefined && at !== undefined && new Date(at) < since;
      return old || system.some((own) => name === 'user' && item.Name === own) ? [] : [recordOf(item, wanted, all)];
    });
    yield { kind: 'page', records };
    after = Math.max(after, ...ids);
    if (items.length === 0 || (total === undefined ? items.length < perPage : total <= perPage)) return;
  }
}
