import type { CrmIdentity } from '../../model/crm/answers.ts';
import type { CrmAccess, CrmClient } from '../../model/crm/connector.ts';
import type { Text } from '../../model/text.ts';
import { objectIn, textIn } from '../reading.ts';
import { type Found, unlessRefused } from '../refusal.ts';
import { searchRead } from './calls.ts';
import type { OdooDoor } from './door.ts';
import { parametersOf } from './parameters.ts';

type Module = NonNullable<CrmIdentity['modules']>[number];

/** `16.0.1.2`: compared number by number; a module that is gone from the disk counts as `SERIES.1.0`, which is never newer. */
export const isNewer = (one: string, other: string): boolean => {
  const [left, right] = [one, other].map((version) => version.split('.').slice(0, 8).map(Number));
  for (let at = 0; at < Math.max(left?.length ?? 0, right?.length ?? 0); at += 1) {
    const difference = (left?.[at] ?? 0) - (right?.[at] ?? 0);
    if (Number.isNaN(difference)) return false;
    if (difference !== 0) return difference > 0;
  }
  return false;
};

interface Modules {
  readonly modules: readonly Module[];
  /** Modules that wait to be installed, upgraded or removed: until then no scheduled action runs (ir.cron). */
  readonly waiting: readonly string[];
}

/**
 * The names of the two versions are the wrong way round in Odoo: `latest_version` is what is installed in the database,
 * `installed_version` what lies on the disk (ir.module.module says so itself).
 */
export const modulesOf = async ({ calls }: OdooDoor, client: CrmClient, signal: AbortSignal): Promise<Modules> => {
  const domain = [['state', 'in', ['installed', 'to install', 'to upgrade', 'to remove']]];
  const fields = ['name', 'state', 'latest_version', 'installed_version'];
  const rows = await searchRead(calls, 'ir.module.module', { domain, fields, order: 'name', limit: 3_000 }, signal);
  const modules = rows.flatMap((row): readonly Module[] => {
    const name = textIn(row.name);
    const version = textIn(row.latest_version);
    const onDisk = textIn(row.installed_version);
    if (name === undefined) return [];
    return [
      {
        name: client.printable(name, 100),
        ...(version === undefined ? {} : { version: client.printable(version, 40) }),
        ...(version !== undefined && onDisk !== undefined && isNewer(onDisk, version)
          ? { pending: client.printable(onDisk, 40) }
          : {}),
      },
    ];
  });
  const waiting = rows.flatMap(({ name, state }) =>
    textIn(state)?.startsWith('to ') ? [client.printable(`${textIn(name)}: ${textIn(state)}`, 150)] : [],
  );
  return { modules, waiting };
};

/** To 17 a method of the model, since 18 one of the user (res.users). */
const isAdmin = async ({ calls, uid, server }: OdooDoor, signal: AbortSignal): Promise<boolean | undefined> => {
  const group = { group_ext_id: 'base.group_system' };
  const ids = server.major >= 18 ? { ids: [uid] } : {};
  const answer = await calls.call({ model: 'res.users', method: 'has_group', ...ids, args: group }, signal);
  return typeof answer === 'boolean' ? answer : undefined;
};

const modulesHidden: Text = {
  en: 'the installed modules and their versions: only an administrator may see them',
  ja: 'インストール済みのモジュールとそのバージョン（管理者だけが見られます）',
};

const addressHidden: Text = {
  en: 'the address that Odoo believes to have (web.base.url): only an administrator may see it',
  ja: 'Odoo が自分のものと考えているアドレス web.base.url（管理者だけが見られます）',
};

export const identityOf = async (
  door: OdooDoor,
  access: CrmAccess,
  client: CrmClient,
  signal: AbortSignal,
): Promise<Found<CrmIdentity>> => {
  const { server, calls, uid, api } = door;
  const gaps: Text[] = [];
  const tolerant = <Value>(ask: () => Promise<Value>, gap?: Text): Promise<Value | undefined> =>
    unlessRefused(ask, ['permission', 'not-found', 'server-error'], () => gap && gaps.push(gap));
  const own = await tolerant(() =>
    searchRead(calls, 'res.users', { domain: [['id', '=', uid]], fields: ['login'], limit: 1 }, signal),
  );
  const login = textIn(objectIn(own?.[0]).login) ?? access.username ?? String(uid);
  const admin = await tolerant(() => isAdmin(door, signal));
  const installed = await tolerant(() => modulesOf(door, client, signal), modulesHidden);
  const parameters = await tolerant(() => parametersOf(calls, ['web.base.url'], signal), addressHidden);
  const ownUrl = parameters?.get('web.base.url');
  const waiting = installed?.waiting ?? [];
  return {
    value: {
      product: 'odoo',
      name: 'Odoo',
      version: server.version,
      edition: server.edition,
      api,
      ...(installed ? { modules: installed.modules } : {}),
      user: { login: client.printable(login, 200), ...(admin === undefined ? {} : { admin }) },
      ...server.clock,
      ...(ownUrl === undefined ? {} : { ownUrl: client.printable(ownUrl) }),
      ...(waiting.length > 0 ? { complaints: waiting.slice(0, 20) } : {}),
    },
    gaps,
  };
};
