import type { CrmAccess, CrmClient } from '../../model/crm/connector.ts';
import type { Text } from '../../model/text.ts';
import { idIn, type Json, objectsIn, textIn } from '../reading.ts';
import { refuse } from '../refusal.ts';
import type { Answer, Door } from './door.ts';

export interface App {
  readonly id: string;
  readonly name: string;
  /** The code that an administrator gave it, if any. */
  readonly code?: string;
}

export interface Apps {
  readonly apps: readonly App[];
  readonly whole: boolean;
  /** The first answer of kintone, for its clock. */
  readonly first: Answer;
}

const appsNeeded: Text = {
  en: 'crm.apps: an API token opens only the apps that it was made in, so their numbers are needed (the number in …/k/NUMBER/)',
  ja: 'crm.apps を指定してください。API トークンは発行元のアプリだけで使えるため、アプリの番号（…/k/番号/ の番号）が必要です',
};

const pageSize = 100;
const most = 1_000;

const appOf = (json: Json, client: CrmClient): App | undefined => {
  const id = idIn(json.appId);
  const code = textIn(json.code);
  return id === undefined || !/^\d{1,12}$/.test(id)
    ? undefined
    : {
        id,
        name: client.printable(textIn(json.name) ?? id, 100),
        ...(code === undefined ? {} : { code: client.printable(code, 100) }),
      };
};

/** One app after the other, as `crm.apps` lists them. */
const named = async (ids: readonly string[], door: Door, client: CrmClient, signal: AbortSignal): Promise<Apps> => {
  const apps: App[] = [];
  let first: Answer | undefined;
  for (const id of ids) {
    const answer = await door.get('/k/v1/app.json', { id }, signal);
    first ??= answer;
    const app = appOf(answer.json, client);
    const { response } = answer;
    apps.push(
      app ??
        refuse({
          kind: 'not-this-crm',
          what: '/k/v1/app.json',
          status: response.status,
          says: client.printable(response.body),
        }),
    );
  }
  return first
    ? { apps, whole: true, first }
    : refuse({ kind: 'config', what: 'crm.apps', says: '', needs: appsNeeded });
};

const seen = async (door: Door, client: CrmClient, signal: AbortSignal): Promise<Apps> => {
  const apps: App[] = [];
  let first: Answer | undefined;
  let offset = 0;
  for (;;) {
    const answer: Answer = await door.get('/k/v1/apps.json', { limit: pageSize, offset }, signal);
    first ??= answer;
    const { response, json } = answer;
    if (!Array.isArray(json.apps)) {
      return refuse({
        kind: 'not-this-crm',
        what: '/k/v1/apps.json',
        status: response.status,
        says: client.printable(response.body),
      });
    }
    apps.push(...objectsIn(json.apps).flatMap((one) => appOf(one, client) ?? []));
    offset += pageSize;
    const whole = json.apps.length < pageSize;
    if (whole || offset >= most) return { apps, whole, first };
  }
};

/** The apps that this login opens: those of the configuration, else all that its user sees. */
export const readApps = async (
  access: CrmAccess,
  door: Door,
  client: CrmClient,
  signal: AbortSignal,
): Promise<Apps> => {
  const ids = access.apps ?? [];
  const wrong = ids.find((id) => !/^\d{1,12}$/.test(id));
  if (wrong !== undefined || (ids.length === 0 && !door.person)) {
    return refuse({ kind: 'config', what: 'crm.apps', says: client.printable(wrong ?? '', 60), needs: appsNeeded });
  }
  return ids.length > 0 ? named(ids, door, client, signal) : seen(door, client, signal);
};
