import type { CrmAccess, CrmClient } from '../../model/crm/connector.ts';
import type { CrmFailure } from '../../model/crm/failure.ts';
import { listIn } from '../reading.ts';
import { Refusal, refuse } from '../refusal.ts';
import { rpc } from './calls.ts';

/** The databases of the server; undefined where it does not tell (`list_db = False`, usual where it is open to the internet). */
const namesAt = async (client: CrmClient, signal: AbortSignal): Promise<readonly string[] | undefined> => {
  try {
    const path = '/web/database/list';
    const { result } = await rpc(client, { path, params: {}, what: path }, signal);
    return listIn(result).filter((name) => typeof name === 'string');
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
};

const shown = (names: readonly string[] | undefined, client: CrmClient): string =>
  (names ?? [])
    .slice(0, 10)
    .map((name) => client.printable(name, 63))
    .join(', ');

const missing = (names: readonly string[] | undefined, client: CrmClient): CrmFailure => ({
  kind: 'config',
  what: 'database',
  says: shown(names, client),
  needs: { en: 'crm: database', ja: 'crm: の database' },
});

/** The database that is configured, else the only one that there is. */
export const databaseOf = async ({ database }: CrmAccess, client: CrmClient, signal: AbortSignal): Promise<string> => {
  if (database !== undefined) return database;
  const names = await namesAt(client, signal);
  const [only, ...others] = names ?? [];
  return only !== undefined && others.length === 0 ? only : refuse(missing(names, client));
};

/**
 * Why an Odoo that tells its version finds nothing at an address that needs a database: none was named and it cannot choose,
 * or it has none of that name. Undefined where the database is there, so that something else keeps the API away.
 */
export const databaseTrouble = async (
  { database }: CrmAccess,
  client: CrmClient,
  signal: AbortSignal,
): Promise<CrmFailure | undefined> => {
  const names = await namesAt(client, signal);
  if (database === undefined) return names?.length === 1 ? undefined : missing(names, client);
  if (names?.includes(database)) return undefined;
  return { kind: 'wrong-database', what: 'database', says: shown(names, client) };
};
