import type { CrmIdentity } from '../../model/crm/answers.ts';
import type { CrmAccess, CrmClient } from '../../model/crm/connector.ts';
import type { Text } from '../../model/text.ts';
import { clockOf, httpFailure } from '../http-failure.ts';
import { booleanIn, listIn, objectIn, textIn } from '../reading.ts';
import { type Found, Refusal, refuse, unlessRefused } from '../refusal.ts';
import type { Ask } from './ask.ts';

const modulesHidden: Text = {
  en: 'the modules that are on: only an administrator may see them',
  ja: '有効なモジュールの一覧（管理者だけが見られます）',
};

const ownHidden: Text = {
  en: 'whose API key it is: its user may not read users',
  ja: 'API キーの持ち主（このユーザーにはユーザーを読む権限がありません）',
};

const refusals = ['permission', 'not-found', 'server-error', 'api-off'] as const;

/** At the address of something else there is no `/api/index.php/status`. */
const statusOf = async (ask: Ask, signal: AbortSignal) => {
  try {
    return await ask('/status', signal);
  } catch (error) {
    if (error instanceof Refusal && error.failure.kind === 'not-found') {
      return refuse({ ...error.failure, kind: 'not-this-crm' });
    }
    throw error;
  }
};

export const identityOf = async (
  ask: Ask,
  access: CrmAccess,
  client: CrmClient,
  signal: AbortSignal,
): Promise<Found<CrmIdentity>> => {
  const { json, response } = await statusOf(ask, signal);
  const status = objectIn(objectIn(json).success);
  const version = textIn(status.dolibarr_version);
  if (version === undefined) {
    return refuse({ ...httpFailure(response, '/status', client), kind: 'not-this-crm' });
  }
  const gaps: Text[] = [];
  const own = await unlessRefused(
    () => ask('/users/info', signal),
    refusals,
    () => gaps.push(ownHidden),
  );
  const user = objectIn(own?.json);
  const login = textIn(user.login) ?? access.username;
  const admin = own ? booleanIn(user.admin) : undefined;
  const modules = await unlessRefused(
    () => ask('/setup/modules', signal),
    refusals,
    () => gaps.push(modulesHidden),
  );
  // Only this login is let in for now (MAIN_ONLY_LOGIN_ALLOWED); '0' where everybody is.
  const locked = textIn(status.access_locked);
  return {
    value: {
      product: 'dolibarr',
      name: 'Dolibarr',
      version: client.printable(version, 40),
      ...(modules
        ? {
            modules: listIn(modules.json)
              .slice(0, 500)
              .flatMap((name) => (typeof name === 'string' ? [{ name: client.printable(name, 100) }] : [])),
          }
        : {}),
      ...(login === undefined
        ? {}
        : { user: { login: client.printable(login, 200), ...(admin === undefined ? {} : { admin }) } }),
      ...clockOf(response, access.now()),
      ...(locked !== undefined && locked !== '0' ? { complaints: [client.printable(`access_locked: ${locked}`)] } : {}),
    },
    gaps,
  };
};
