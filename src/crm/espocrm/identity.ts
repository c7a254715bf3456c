import type { CrmIdentity } from '../../model/crm/answers.ts';
import type { CrmAccess, CrmClient, CrmResponse } from '../../model/crm/connector.ts';
import type { Text } from '../../model/text.ts';
import { clockOf } from '../http-failure.ts';
import { isObject, type Json, objectIn, objectsIn, textIn } from '../reading.ts';
import { type Found, Refusal, refuse, unlessRefused } from '../refusal.ts';
import type { Door } from './door.ts';

const rewriting: Text = {
  en: 'EspoCRM is at this address, and its API is not: the rewrite rules of the web server are missing (Apache: AllowOverride All and mod_rewrite)',
  ja: 'このアドレスに EspoCRM はありますが、API に到達できません。Web サーバーの書き換えルールがありません（Apache では AllowOverride All と mod_rewrite が必要です）',
};

/** The page that starts EspoCRM in a browser loads its client. */
const isFrontPage = ({ body }: CrmResponse): boolean =>
  /client\/(?:lib\/espo|custom\/|img\/)|EspoCRM/.test(body.slice(0, 50_000));

/** The version, which every user may ask; with it a login is tried for the first time. */
const about = async (door: Door, client: CrmClient, signal: AbortSignal) => {
  try {
    return await door.ask({ path: '/App/about' }, signal);
  } catch (error) {
    if (!(error instanceof Refusal) || error.failure.kind !== 'not-this-crm') throw error;
    const front = await client.ask({ path: '/', mostBytes: 256 * 1024 }, signal);
    if (front.kind === 'response' && isFrontPage(front.response)) {
      return refuse({ ...error.failure, kind: 'api-off', needs: rewriting });
    }
    throw error;
  }
};

/** Notices of new versions are the business of the table of versions. */
const isComplaint = (notice: Json): boolean => !(textIn(notice.type) ?? '').endsWith('VersionIsAvailable');

const noticesOf = (response: CrmResponse, client: CrmClient): readonly string[] =>
  objectsIn(response.json)
    .filter(isComplaint)
    .flatMap((notice) => textIn(notice.message) ?? textIn(notice.type) ?? [])
    .slice(0, 20)
    .map((words) => client.printable(words));

/** What `Admin > System Requirements` shows in red. */
const unmet = (requirements: Json, client: CrmClient): readonly string[] =>
  Object.values(requirements)
    .flatMap((group) => Object.entries(objectIn(group)))
    .flatMap(([name, item]) => {
      const { acceptable, actual, required } = objectIn(item);
      if (acceptable !== false) return [];
      const facts = [textIn(actual), textIn(required) && `required: ${textIn(required)}`].filter(Boolean).join(', ');
      return [client.printable(facts === '' ? name : `${name}: ${facts}`)];
    })
    .slice(0, 20);

/** Settings that say of themselves that not all is on. */
const switchedOff = (settings: Json): readonly string[] =>
  ['maintenanceMode', 'cronDisabled'].filter((name) => settings[name] === true).map((name) => `${name} = true`);

const modulesOf = async (door: Door, client: CrmClient, signal: AbortSignal): Promise<CrmIdentity['modules']> => {
  const { items } = await door.list(
    'Extension',
    {
      select: ['id', 'name', 'version', 'isInstalled'],
      where: [{ type: 'isTrue', attribute: 'isInstalled' }],
      maxSize: 50,
    },
    signal,
  );
  return items.flatMap(({ name, version }) => {
    const [called, at] = [textIn(name), textIn(version)];
    if (called === undefined) return [];
    return [
      { name: client.printable(called, 100), ...(at === undefined ? {} : { version: client.printable(at, 40) }) },
    ];
  });
};

export const identify = async (
  { door, settings }: { readonly door: Door; readonly settings: (signal: AbortSignal) => Promise<Json> },
  access: CrmAccess,
  client: CrmClient,
  signal: AbortSignal,
): Promise<Found<CrmIdentity>> => {
  const first = await about(door, client, signal);
  const version = isObject(first.json) ? textIn(first.json.version) : undefined;
  if (version === undefined) {
    return refuse({
      kind: 'not-this-crm',
      what: '/App/about',
      status: first.status,
      says: client.printable(first.body),
    });
  }
  const missed = (): void => undefined;
  // Every failure of the notices but "you may not" is one of the whole.
  const notices = door.person
    ? await unlessRefused(
        () => door.ask({ path: '/Admin/action/adminNotificationList' }, signal),
        ['permission'],
        missed,
      )
    : undefined;
  const admin = notices !== undefined;
  const own = await settings(signal);
  const requirements = admin
    ? await unlessRefused(
        () => door.object('/Admin/action/systemRequirementList', signal),
        ['permission', 'not-found', 'server-error'],
        missed,
      )
    : undefined;
  const modules = admin
    ? await unlessRefused(() => modulesOf(door, client, signal), ['permission', 'not-found'], missed)
    : undefined;
  const complaints = [
    ...(notices ? noticesOf(notices, client) : []),
    ...unmet(requirements ?? {}, client),
    ...switchedOff(own),
  ];
  const [ownUrl, timeZone] = [textIn(own.siteUrl), textIn(own.timeZone)];
  return {
    value: {
      product: 'espocrm',
      name: 'EspoCRM',
      version: client.printable(version, 40),
      ...(modules && modules.length > 0 ? { modules } : {}),
      user: { login: door.person ? client.printable(access.username ?? '', 100) : 'API key', admin },
      ...clockOf(first, access.now()),
      ...(timeZone === undefined ? {} : { timeZone: client.printable(timeZone, 60) }),
      ...(ownUrl === undefined ? {} : { ownUrl: client.printable(ownUrl) }),
      ...(complaints.length > 0 ? { complaints } : {}),
    },
    ...(admin ? {} : { gaps: [notAdmin] }),
  };
};

const notAdmin: Text = {
  en: 'this login is no administrator, so EspoCRM shows neither its own health checks nor mail accounts and jobs',
  ja: 'このログインは管理者ではないため、EspoCRM 自身の点検結果、メールアカウント、ジョブは表示されません',
};
