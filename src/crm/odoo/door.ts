import type { CrmIdentity } from '../../model/crm/answers.ts';
import type { CrmAccess, CrmClient, CrmResponse } from '../../model/crm/connector.ts';
import type { CrmFailure } from '../../model/crm/failure.ts';
import { clockOf, httpFailure } from '../http-failure.ts';
import { type Json, listIn, numberIn, objectIn, textIn } from '../reading.ts';
import { Refusal, refuse } from '../refusal.ts';
import { json2Calls, jsonRpcCalls, type OdooCalls, rpc } from './calls.ts';
import { databaseOf, databaseTrouble } from './database.ts';

/** An Odoo that answered with its version, before any login. */
export interface OdooServer {
  /** `16.0`, `saas~17.4`. */
  readonly version: string;
  readonly major: number;
  readonly edition: 'Enterprise' | 'Community';
  readonly clock: Pick<CrmIdentity, 'clock'>;
}

/** And let us in. */
export interface OdooDoor {
  readonly server: OdooServer;
  readonly calls: OdooCalls;
  readonly uid: number;
  readonly api: NonNullable<CrmIdentity['api']>;
}

/** `17.0+e`: the enterprise edition; `saas~17.4`: Odoo Online between two majors. */
const serverOf = (info: Json, response: CrmResponse, now: Date): OdooServer | undefined => {
  const written = textIn(info.server_version) ?? textIn(info.version);
  const parts = listIn(info.server_version_info ?? info.version_info);
  const match = /^(?:saas~)?(\d{1,3})\.\d{1,3}/.exec(written ?? '');
  if (!match?.[1]) return undefined;
  const edition = written?.includes('+e') || parts[5] === 'e' ? 'Enterprise' : 'Community';
  return { version: match[0], major: Number(match[1]), edition, clock: clockOf(response, now) };
};

const refusedAs = async <Value>(ask: () => Promise<Value>): Promise<Value | Refusal> => {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
};

/** Odoo shows a page for what it does not route, and so does a proxy that keeps a route away. */
const isUnrouted = ({ kind }: CrmFailure): boolean => kind === 'not-found' || kind === 'not-this-crm';

/** Which version answers. Both routes need no login; the first is there to 19, the second from 19 on. */
const serverAt = async (access: CrmAccess, client: CrmClient, signal: AbortSignal): Promise<OdooServer> => {
  const older = await refusedAs(() =>
    rpc(client, { path: '/web/webclient/version_info', params: {}, what: '/web/webclient/version_info' }, signal),
  );
  if (!(older instanceof Refusal)) {
    const server = serverOf(objectIn(older.result), older.response, access.now());
    if (server) return server;
  } else if (!isUnrouted(older.failure)) {
    throw older;
  }
  const newer = await client.ask({ path: '/web/version' }, signal);
  if (newer.kind === 'failed') return refuse(newer.failure);
  const { response } = newer;
  const server = response.status === 200 ? serverOf(objectIn(response.json), response, access.now()) : undefined;
  if (server) return server;
  const failure = httpFailure(response, '/web/version', client);
  const other = response.status < 300 || isUnrouted(failure);
  return refuse(other ? { ...failure, kind: 'not-this-crm' } : failure);
};

/** API keys are 20 random bytes in hexadecimal (res.users.apikeys); what is none is a password, which JSON-2 does not take. */
const isApiKey = (secret: string): boolean => /^[0-9a-f]{40}$/.test(secret);

/** Since 22 nothing but JSON-2 is there. */
const lastWithJsonRpc = 21;

const missingKey = (key: 'secret' | 'username'): never =>
  refuse({ kind: 'config', what: key, says: '', needs: { en: `crm: ${key}`, ja: `crm: の ${key}` } });

const byJson2 = async (
  server: OdooServer,
  { access, client, secret }: { readonly access: CrmAccess; readonly client: CrmClient; readonly secret: string },
  signal: AbortSignal,
): Promise<OdooDoor> => {
  const calls = json2Calls(client, access, secret);
  const own = await refusedAs(() => calls.call({ model: 'res.users', method: 'context_get' }, signal));
  if (own instanceof Refusal) {
    // Without a database that it knows, Odoo routes nothing that needs one: the version answers, this address is "not found".
    const { failure } = own;
    if (!isUnrouted(failure) || failure.code?.includes('odoo.exceptions')) throw own;
    const trouble = await databaseTrouble(access, client, signal);
    return refuse({ ...failure, ...(trouble ?? { kind: 'api-off' }) });
  }
  const uid = numberIn(objectIn(own).uid);
  if (uid === undefined) return refuse({ kind: 'malformed', what: 'res.users.context_get', says: '' });
  return { server, calls, uid, api: { used: 'JSON-2', newest: 'JSON-2' } };
};

const byJsonRpc = async (
  server: OdooServer,
  { access, client, secret }: { readonly access: CrmAccess; readonly client: CrmClient; readonly secret: string },
  signal: AbortSignal,
): Promise<OdooDoor> => {
  const username = access.username ?? missingKey('username');
  const database = await databaseOf(access, client, signal);
  const params = { service: 'common', method: 'authenticate', args: [database, username, secret, {}] };
  // A wrong password costs a second and counts towards a lock: never asked again.
  const asked = { path: '/jsonrpc', params, what: 'common.authenticate', database, again: false };
  const answer = await refusedAs(() => rpc(client, asked, signal));
  if (answer instanceof Refusal) {
    // The version answered, so Odoo is here; a proxy or the removal of the service keeps this route away.
    if (isUnrouted(answer.failure)) return refuse({ ...answer.failure, kind: 'api-off' });
    if (answer.failure.kind !== 'wrong-database') throw answer;
    // Which ones there are helps more than the words of PostgreSQL.
    const trouble = await databaseTrouble(access, client, signal);
    return refuse({ ...answer.failure, says: trouble?.says ?? '' });
  }
  const uid = answer.result;
  if (uid === false || uid === null)
    return refuse({ kind: 'auth', what: 'common.authenticate', says: 'common.authenticate: false' });
  if (typeof uid !== 'number') return refuse({ kind: 'malformed', what: 'common.authenticate', says: '' });
  const api = server.major < 19 ? { used: 'JSON-RPC' } : { used: 'JSON-RPC', newest: 'JSON-2', ends: 'Odoo 22' };
  return { server, calls: jsonRpcCalls(client, { database, uid, secret }), uid, api };
};

/** Finds out which Odoo it is and logs in, once. */
export const openDoor = async (access: CrmAccess, client: CrmClient, signal: AbortSignal): Promise<OdooDoor> => {
  const secret = access.secret() ?? missingKey('secret');
  const server = await serverAt(access, client, signal);
  const json2 = server.major >= 19 && (isApiKey(secret) || server.major > lastWithJsonRpc);
  return (json2 ? byJson2 : byJsonRpc)(server, { access, client, secret }, signal);
};
