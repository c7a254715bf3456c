import type { CrmAccess, CrmClient, CrmRequest, CrmResponse } from '../../model/crm/connector.ts';
import type { CrmFailure } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import { base64 } from '../basic-login.ts';
import { httpFailure } from '../http-failure.ts';
import { isObject, type Json, textIn } from '../reading.ts';
import { refuse } from '../refusal.ts';

export interface Answer {
  readonly json: Json;
  readonly response: CrmResponse;
}

export interface Door {
  readonly get: (
    path: string,
    query: NonNullable<CrmRequest['query']>,
    signal: AbortSignal,
    mostBytes?: number,
  ) => Promise<Answer>;
  /** With a user's password; an API token opens single apps only. */
  readonly person: boolean;
}

const wrongToken: Text = {
  en: 'the API token is not one of this app, or was not saved with "Update App": App Settings > API Token; several tokens are joined by commas',
  ja: 'API トークンがこのアプリのものではないか、「アプリを更新」が押されていません。アプリの設定 > API トークンを確認してください（複数のトークンはコンマで区切ります）',
};

const wrongLogin: Text = {
  en: 'crm.username is the login name of cybozu.com; users with two-factor authentication or SAML only cannot use a password here',
  ja: 'crm.username には cybozu.com のログイン名を指定します。2 要素認証のユーザーや SAML 認証だけのユーザーは、パスワードでは利用できません',
};

const noLogin: Text = {
  en: 'kintone did not take the login: crm.username with crm.secret as its password, or crm.secret as API token with crm.apps',
  ja: 'ログイン情報が受け付けられませんでした。crm.username とパスワード（crm.secret）、または API トークン（crm.secret）と crm.apps を指定してください',
};

const tokenMayNot: Text = {
  en: 'a right of the API token: App Settings > API Token (View records, Manage app); some questions need a user name and a password',
  ja: 'API トークンの権限（アプリの設定 > API トークンの「レコード閲覧」「アプリ管理」。ユーザー名とパスワードが必要な項目もあります）',
};

const userMayNot: Text = {
  en: "the user's right: App Settings > Permissions (for settings: Manage app)",
  ja: 'ユーザーの権限（アプリの設定 > アクセス権。設定の読み取りには「アプリ管理」）',
};

const wall: Text = {
  en: 'Basic authentication of cybozu.com stands before the API: Users & System Administration > Login Security > Basic Authentication',
  ja: 'cybozu.com の Basic 認証が有効です。cybozu.com 共通管理 > ログインのセキュリティ設定 > Basic 認証を確認してください',
};

const restricted: Text = {
  en: 'cybozu.com admits certain IP addresses only, or asks for a client certificate (https://NAME.s.cybozu.com): Users & System Administration > Login Security',
  ja: 'cybozu.com の IP アドレス制限か、クライアント証明書（https://NAME.s.cybozu.com）が有効です。cybozu.com 共通管理 > ログインのセキュリティ設定を確認してください',
};

/** Codes are the same in every language; messages come in the language of the caller. */
const codes: Readonly<Record<string, Partial<CrmFailure>>> = {
  CB_WA01: { kind: 'auth', needs: wrongLogin },
  CB_AU01: { kind: 'auth', needs: noLogin },
  GAIA_IA02: { kind: 'auth', needs: wrongToken },
  GAIA_NO01: { kind: 'permission', needs: tokenMayNot },
  CB_NO02: { kind: 'permission', needs: userMayNot },
  CB_NO01: { kind: 'permission', needs: userMayNot },
  GAIA_AP01: { kind: 'not-found' },
  GAIA_RE01: { kind: 'not-found' },
  GAIA_IQ11: { kind: 'not-found' },
  GAIA_TM12: { kind: 'rate-limited' },
};

const meaning = (response: CrmResponse, code: string | undefined): Partial<CrmFailure> => {
  const known = code !== undefined && Object.hasOwn(codes, code) ? codes[code] : undefined;
  if (known) return known;
  if (code !== undefined) return {};
  if (response.status === 401) return { kind: 'login-page', needs: wall };
  if (response.status === 403) return { kind: 'permission', needs: restricted };
  if (response.status === 404) return { kind: 'not-this-crm' };
  return {};
};

export const openDoor = (access: CrmAccess, client: CrmClient): Door => {
  const person = access.username !== undefined && access.username !== '';
  const login = (): Readonly<Record<string, string>> => {
    const secret = access.secret() ?? '';
    if (!person) return { 'x-cybozu-api-token': secret };
    const encoded = base64(`${access.username}:${secret}`);
    access.learn(encoded);
    return { 'x-cybozu-authorization': encoded };
  };
  return {
    person,
    get: async (path, query, signal, mostBytes) => {
      const app = query.app ?? query.id;
      const what = app === undefined ? path : `${path} (app ${app})`;
      const asked = await client.ask(
        { path, what, query, headers: login(), ...(mostBytes === undefined ? {} : { mostBytes }) },
        signal,
      );
      if (asked.kind === 'failed') return refuse(asked.failure);
      const { response } = asked;
      const { json } = response;
      if (response.status === 200 && isObject(json)) return { json, response };
      const code = isObject(json) ? textIn(json.code) : undefined;
      const says = isObject(json) ? textIn(json.message) : undefined;
      return refuse({
        ...httpFailure(response, what, client, says),
        ...(code === undefined ? {} : { code: client.printable(code, 40) }),
        ...meaning(response, code),
      });
    },
  };
};
