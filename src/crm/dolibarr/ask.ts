import type { CrmAccess, CrmClient, CrmRequest, CrmResponse } from '../../model/crm/connector.ts';
import type { CrmFailure, CrmFailureKind } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import { httpFailure, waitIn } from '../http-failure.ts';
import { isObject, textIn } from '../reading.ts';
import { refuse } from '../refusal.ts';

/** One question to the REST API, which is below `/api/index.php`. */
export type Ask = (
  path: string,
  signal: AbortSignal,
  query?: NonNullable<CrmRequest['query']>,
) => Promise<{ readonly json: unknown; readonly response: CrmResponse }>;

const administrator: Text = {
  en: 'an administrator, or a login that API_LOGINS_ALLOWED_FOR_CONST_READ names (Home > Setup > Other Setup)',
  ja: '管理者、または API_LOGINS_ALLOWED_FOR_CONST_READ に登録されたログイン名（ホーム > 設定 > その他の設定）',
};

const thisAddress: Text = {
  en: 'the IP address of this machine in API_RESTRICT_ON_IP (module API REST > setup)',
  ja: 'API_RESTRICT_ON_IP へのこのマシンの IP アドレスの追加（API REST モジュールの設定）',
};

const rightToRead: Text = {
  en: 'the right to read this, for the user whose API key it is (Home > Users & Groups > Permissions)',
  ja: 'API キーのユーザーに対する読み取り権限（ホーム > ユーザーとグループ > 権限）',
};

/** A failed query is answered with its SQL, values and all (503). */
const withoutSql = (message: string): string => {
  const at = message.search(/\b(?:SELECT|INSERT|UPDATE|DELETE) /);
  return at < 0 ? message : message.slice(0, at).replace(/[\s:]+$/, '');
};

const kindOf = (status: number, message: string): CrmFailureKind => {
  // Older ones say 503 of a key that nobody has.
  if (status === 401 || /login user from api key|user not valid/i.test(message)) return 'auth';
  if (status === 403) return 'permission';
  if (status === 404) return 'not-found';
  if (status === 429) return 'rate-limited';
  // "API not found (failed to include API file)": the module behind it is off.
  if (status === 501) return 'api-off';
  return 'server-error';
};

const needsOf = (path: string): Text => (path.startsWith('/setup/') ? administrator : rightToRead);

const errorIn = (response: CrmResponse, path: string, client: CrmClient): CrmFailure | undefined => {
  const { json, status, headers } = response;
  const error = isObject(json) ? json.error : undefined;
  if (!isObject(error)) return undefined;
  const message = textIn(error.message) ?? '';
  const kind = kindOf(status, message);
  return {
    kind,
    what: path,
    status,
    // `debug.source` tells a file of the server and its line; it is not looked at.
    says: client.printable(withoutSql(message)),
    ...(kind === 'permission' ? { needs: needsOf(path) } : {}),
    ...waitIn(response),
    ...(headers.date === undefined ? {} : { date: client.printable(headers.date, 40) }),
  };
};

/** Words outside of the API's own form: from before it starts. */
const wordsIn = (response: CrmResponse, path: string, client: CrmClient): CrmFailure | undefined => {
  const page = response.body.slice(0, 5_000);
  const base = { what: path, status: response.status };
  // "Module <b>Api</b> must be enabled", with status 200 and in the language of the company.
  if (/<b>Api<\/b>/i.test(page))
    return { ...base, kind: 'api-off', says: client.printable(page.replace(/<[^<>]{0,50}>/g, ' ')) };
  const notHere = /APIs? (?:are )?not allowed from (?:the|your) IP/i.exec(page);
  return notHere ? { ...base, kind: 'permission', says: client.printable(page), needs: thisAddress } : undefined;
};

export const apiOf =
  (access: CrmAccess, client: CrmClient): Ask =>
  async (path, signal, query = {}) => {
    const secret = access.secret() ?? refuse({ kind: 'config', what: 'secret', says: '' });
    const headers = { dolapikey: secret };
    const answer = await client.ask({ path: `/api/index.php${path}`, query, headers, what: path }, signal);
    if (answer.kind === 'failed') return refuse(answer.failure);
    const { response } = answer;
    const failure = errorIn(response, path, client);
    if (failure) return refuse(failure);
    if (response.status === 200 && response.json !== undefined) return { json: response.json, response };
    return refuse(wordsIn(response, path, client) ?? httpFailure(response, path, client));
  };
