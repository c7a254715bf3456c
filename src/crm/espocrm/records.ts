import type { CrmClient, CrmRecordPage, CrmRecordQuery } from '../../model/crm/connector.ts';
import type { Text } from '../../model/text.ts';
import { isSecretName } from '../../reason/workflow/secrets.ts';
import { idIn, numberIn, objectIn, rowsIn } from '../reading.ts';
import { Refusal } from '../refusal.ts';
import { recordsWithoutSecrets } from '../without-secrets.ts';
import { type Door, largestPage } from './door.ts';
import { userFields } from './users.ts';

export const recordTypes: Readonly<Record<string, string>> = {
  contacts: 'Contact',
  companies: 'Account',
  leads: 'Lead',
  opportunities: 'Opportunity',
  tickets: 'Case',
};

/** Types whose records may hold keys are read by these names only. */
const namedOnly: Readonly<Record<string, readonly string[]>> = { User: userFields };

const readRight = (type: string): Text => ({
  en: `read access to ${type} in a role of the API user (Administration > Roles)`,
  ja: `API ユーザーの役割（「管理 > 役割」）での ${type} の読み取り権限`,
});

/** `2026-11-21T00:00:00Z` as EspoCRM writes it: UTC, without a zone mark. */
const stored = (time: string): string => new Date(time).toISOString().slice(0, 19).replace('T', ' ');

/** A smaller limit of this installation, as its refusal names it. */
const limitIn = (error: unknown): number | undefined =>
  error instanceof Refusal && error.failure.kind === 'permission'
    ? numberIn(/^Max size should not exceed (\d{1,4})\./.exec(error.failure.says)?.[1])
    : undefined;

/**
 * Records in the order of their ids, each page after the last id of the one before: a record that is added or changed
 * meanwhile moves no other one over the edge of a page.
 */
export async function* readRecords(
  door: Door,
  query: CrmRecordQuery,
  client: CrmClient,
  signal: AbortSignal,
): AsyncGenerator<CrmRecordPage> {
  const type = Object.hasOwn(recordTypes, query.type) ? (recordTypes[query.type] ?? query.type) : query.type;
  if (!/^[A-Za-z]\w{0,99}$/.test(type)) {
    yield {
      kind: 'failed',
      failure: { kind: 'config', what: client.printable(type), says: 'no name of an entity type' },
    };
    return;
  }
  const fields = query.fields ?? namedOnly[type];
  const select = fields && [...new Set(['id', ...fields.filter((name) => !isSecretName(name))])].join(',');
  const withoutKeys = recordsWithoutSecrets();
  let size = Math.min(query.pageSize ?? largestPage, largestPage);
  let last: string | undefined;
  for (;;) {
    const since =
      query.since === undefined ? [] : [['greaterThanOrEquals', 'modifiedAt', stored(query.since)] as const];
    const where = [...since, ...(last === undefined ? [] : [['greaterThan', 'id', last] as const])];
    const parameters = Object.fromEntries(
      where.flatMap(([kind, attribute, value], at) => [
        [`where[${at}][type]`, kind],
        [`where[${at}][attribute]`, attribute],
        [`where[${at}][value]`, value],
      ]),
    );
    try {
      const response = await door.ask(
        {
          path: `/${type}`,
          query: {
            ...(select === undefined ? {} : { select }),
            maxSize: size,
            offset: 0,
            orderBy: 'id',
            order: 'asc',
            ...parameters,
          },
          // The first page tells how many there are; counting again and again is slow in large tables.
          ...(last === undefined ? {} : { headers: { 'x-no-total': 'true' } }),
          mostBytes: 64 * 1024 * 1024,
        },
        signal,
        readRight(type),
      );
      const { json } = response;
      const records = rowsIn(objectIn(json).list);
      const end = records?.at(-1)?.id;
      const id = idIn(end);
      // A page that does not go on from the one before would be read for ever.
      if (!records || (records.length > 0 && (id === undefined || id === last))) {
        const says = client.printable(response.body);
        yield { kind: 'failed', failure: { kind: 'malformed', what: `/${type}`, status: response.status, says } };
        return;
      }
      const total = last === undefined ? numberIn(objectIn(json).total) : undefined;
      yield {
        kind: 'page',
        records: records.map(withoutKeys),
        ...(total === undefined || total < 0 ? {} : { total }),
      };
      if (records.length < size || id === undefined) return;
      last = id;
    } catch (error) {
      const limit = limitIn(error);
      if (limit !== undefined && limit > 0 && limit < size) {
        size = limit;
        continue;
      }
      if (!(error instanceof Refusal)) throw error;
      yield { kind: 'failed', failure: error.failure };
      return;
    }
  }
}
