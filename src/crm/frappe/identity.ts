import type { CrmIdentity } from '../../model/crm/answers.ts';
import type { Text } from '../../model/text.ts';
import { clockOf } from '../http-failure.ts';
import { isObject, objectIn, textIn } from '../reading.ts';
import { type Found, refuse, unlessRefused } from '../refusal.ts';
import { failureOf } from './ask.ts';
import type { Site } from './site.ts';

const tolerated = ['permission', 'not-found', 'server-error'] as const;

const appsHidden: Text = {
  en: 'the installed apps and their versions',
  ja: 'インストール済みのアプリとそのバージョン',
};

/** Whose key it is; nobody's is `Guest`. */
const whoIs = async ({ frappe, client }: Site, signal: AbortSignal) => {
  const what = 'frappe.auth.get_logged_user';
  const response = await frappe.raw({ path: `/api/method/${what}`, what }, signal);
  const login = isObject(response.json) ? textIn(response.json.message) : undefined;
  if (response.status === 200 && login !== undefined && login !== 'Guest') return { login, response };
  const failure = failureOf(response, what, client);
  if (response.status === 200 && login === 'Guest') return refuse({ ...failure, kind: 'auth', says: 'Guest' });
  // Guests may not ask who they are.
  if (failure.kind === 'permission') return refuse({ ...failure, kind: 'auth' });
  const other = failure.kind === 'malformed' || failure.kind === 'not-found';
  return refuse(other ? { ...failure, kind: 'not-this-crm' } : failure);
};

export const identityOf = async (site: Site, signal: AbortSignal): Promise<Found<CrmIdentity>> => {
  const { frappe, client, access } = site;
  const { login, response } = await whoIs(site, signal);
  const gaps: Text[] = [];
  const apps = await unlessRefused(
    async () => objectIn(await frappe.method('frappe.utils.change_log.get_versions', signal)),
    tolerated,
    () => gaps.push(appsHidden),
  );
  const modules = Object.entries(apps ?? {})
    .slice(0, 100)
    .map(([name, app]) => {
      const version = textIn(objectIn(app).version);
      return {
        name: client.printable(name, 100),
        ...(version === undefined ? {} : { version: client.printable(version, 40) }),
      };
    });
  const zone = await site.zone(signal);
  const held = await unlessRefused(
    () => frappe.list('Has Role', { fields: ['role'], filters: [['parent', '=', login]], parent: 'User' }, signal),
    tolerated,
    () => {},
  );
  const admin = login === 'Administrator' || (held ? held.some((row) => row.role === 'System Manager') : undefined);
  // ERPNext and the other apps are bound to a series of Frappe and end with it.
  const version = modules.find(({ name }) => name === 'frappe')?.version;
  return {
    value: {
      product: 'frappe',
      name: 'Frappe',
      ...(version === undefined ? {} : { version }),
      ...(modules.length > 0 ? { modules } : {}),
      user: { login: client.printable(login, 200), ...(admin === undefined ? {} : { admin }) },
      ...clockOf(response, access.now()),
      ...(zone === undefined ? {} : { timeZone: client.printable(zone, 60) }),
    },
    gaps,
  };
};
