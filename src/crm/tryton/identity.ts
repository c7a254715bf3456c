import type { CrmIdentity } from '../../model/crm/answers.ts';
import type { CrmAccess } from '../../model/crm/connector.ts';
import type { CrmFailure, CrmReply } from '../../model/crm/failure.ts';
import { clockOf } from '../http-failure.ts';
import { booleanIn, listIn, objectIn, textIn } from '../reading.ts';
import type { Rpc } from './rpc.ts';

const isVersion = (text: string | undefined): text is string =>
  text !== undefined && /^\d{1,3}\.\d{1,3}(?:\.\w{1,20})?/.test(text);

/**
 * What is at the address when no version came. trytond asks for a login and names itself wherever a database could be: the
 * name of the database stands in the address, and Tryton is above it.
 */
const notHere = (failure: CrmFailure, url: string): CrmFailure => {
  const above = url.replace(/\/[^/]*$/, '');
  return failure.kind === 'auth' && failure.says.includes('realm="Tryton"') && /^https?:\/\/[^/]/.test(above)
    ? { ...failure, kind: 'not-this-crm', says: '', location: above }
    : failure;
};

/** The names of its databases, as far as it tells them to anybody (`[database] list`). */
const withDatabases = async (rpc: Rpc, failure: CrmFailure, signal: AbortSignal): Promise<CrmFailure> => {
  if (failure.kind !== 'wrong-database') return failure;
  const listed = await rpc.server('common.db.list', signal);
  const names = listed.kind === 'told' ? listIn(listed.value).filter((name) => typeof name === 'string') : [];
  if (names.length === 0) return failure;
  const needs = rpc.printable(names.slice(0, 10).join(', '), 200);
  return {
    ...failure,
    needs: { en: `databases of this server: ${needs}`, ja: `このサーバーのデータベース: ${needs}` },
  };
};

const modulesOf = async (rpc: Rpc, signal: AbortSignal): Promise<Pick<CrmIdentity, 'modules'>> => {
  const domain = [['state', 'in', ['activated', 'to upgrade']]];
  const rows = await rpc.search('ir.module', { domain, fields: ['name', 'version'], limit: 500 }, signal);
  if (rows.kind === 'failed') return {};
  return {
    modules: rows.value.flatMap((row) => {
      const name = textIn(row.name);
      // `ir` and `res` are part of the server and have no version of their own.
      const version = textIn(row.version);
      return name === undefined
        ? []
        : [
            {
              name: rpc.printable(name, 80),
              ...(version === undefined ? {} : { version: rpc.printable(version, 40) }),
            },
          ];
    }),
  };
};

/** Who may change users is an administrator, whatever the groups are called. */
const isAdmin = async (rpc: Rpc, signal: AbortSignal): Promise<boolean | undefined> => {
  const told = await rpc.model('ir.model.access.get_access', [['res.user']], signal);
  return told.kind === 'told' ? booleanIn(objectIn(objectIn(told.value)['res.user']).write) : undefined;
};

/** The version, which anybody is told, then one login, then as whom we are in. */
export const identify = async (rpc: Rpc, access: CrmAccess, signal: AbortSignal): Promise<CrmReply<CrmIdentity>> => {
  const first = await rpc.server('common.server.version', signal);
  if (first.kind === 'failed') return { kind: 'failed', failure: notHere(first.failure, access.url) };
  const version = textIn(first.value);
  if (!isVersion(version)) {
    return { kind: 'failed', failure: { kind: 'not-this-crm', what: 'common.server.version', status: 200, says: '' } };
  }
  const clock = clockOf(first.response, access.now());
  const login = await rpc.login(signal);
  if (login.kind === 'failed') return { kind: 'failed', failure: await withDatabases(rpc, login.failure, signal) };
  const admin = await isAdmin(rpc, signal);
  return {
    kind: 'answered',
    value: {
      product: 'tryton',
      name: 'Tryton',
      version: rpc.printable(version, 40),
      ...(await modulesOf(rpc, signal)),
      user: { login: rpc.printable(access.username ?? '', 200), ...(admin === undefined ? {} : { admin }) },
      ...clock,
      timeZone: 'UTC',
    },
  };
};
