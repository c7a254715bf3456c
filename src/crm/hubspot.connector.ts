import type { CrmIdentity, CrmUser } from '../model/crm/answers.ts';
import { type CrmAccess, type CrmClient, type CrmSession, defineConnector } from '../model/crm/connector.ts';
import type { CrmFailure, CrmReply } from '../model/crm/failure.ts';
import type { Text } from '../model/text.ts';
import { answered } from './cloud/answering.ts';
import { type Api, apiOf } from './cloud/ask.ts';
import { baseOf } from './cloud/vendor.ts';
import { clockOf } from './http-failure.ts';
import { errorIn, newestVersion, scope, version } from './hubspot/errors.ts';
import { readFlows } from './hubspot/flows.ts';
import { list } from './hubspot/pages.ts';
import { readRecords, recordTypes } from './hubspot/records.ts';
import { readSchema } from './hubspot/schema.ts';
import { clientSecrets, fetchToken } from './oauth.ts';
import { questions } from './questions.ts';
import { booleanIn, idIn, numberIn, objectsIn, textIn } from './reading.ts';

const notOffered = {
  mail: {
    en: 'HubSpot tells no API about connected mailboxes: look at Settings > General > Email, and at Settings > Inbox & Help Desk > Inboxes',
    ja: '接続されたメールボックスは API では分かりません。設定 > 全般 > Eメール と、設定 > 受信トレイとヘルプデスク > 受信トレイ を確認してください',
  },
  jobs: {
    en: 'HubSpot starts everything itself and shows no jobs',
    ja: 'HubSpot は処理をすべて自動で起動し、ジョブの一覧はありません',
  },
  queue: {
    en: 'HubSpot shows no queue of messages: each contact tells in its timeline whether a message was sent',
    ja: '送信キューは公開されていません。送信の結果は各コンタクトのタイムラインで確認できます',
  },
  log: {
    en: 'the API hands out no log: look at Settings > Account Management > Audit Logs, and at the logs of the app under Development > Monitoring',
    ja: 'API ではログを取得できません。設定 > アカウントの管理 > 監査ログ と、開発 > モニタリング のアプリのログを確認してください',
  },
  runs: {
    en: 'the API does not hand out what workflows did: Automation > Workflows > the workflow > Performance > Action logs',
    ja: 'ワークフローの実行結果は API では取得できません。自動化 > ワークフロー > 対象のワークフロー > パフォーマンス > アクションログ を確認してください',
  },
} as const satisfies Readonly<Record<string, Text>>;

const lacksRefresh: CrmFailure = {
  kind: 'config',
  what: '',
  says: '',
  needs: {
    en: 'crm.secret: the client secret, a blank, and the refresh token (with crm.clientId); or the token of a private app without crm.clientId',
    ja: 'crm.secret: クライアントシークレットと更新トークンを空白でつなげた値（crm.clientId がある場合）。非公開アプリのトークンを使う場合は crm.clientId を指定しません',
  },
};

const readUsers = async (
  api: Api,
  printable: CrmClient['printable'],
  signal: AbortSignal,
): Promise<CrmReply<readonly CrmUser[]>> => {
  const users: CrmUser[] = [];
  let whole = true;
  for (const archived of [false, true]) {
    const owners = await list(
      api,
      { path: `/crm/owners/${version}`, query: { archived }, right: scope('crm.objects.owners.read') },
      signal,
    );
    if (owners.kind === 'failed') return owners;
    whole &&= owners.whole;
    for (const row of owners.rows) {
      const [id, email] = [idIn(row.id), textIn(row.email)];
      if (id === undefined || email === undefined) continue;
      users.push({
        id: printable(id, 40),
        login: printable(email),
        active: booleanIn(row.archived) !== true,
        roles: objectsIn(row.teams).flatMap(({ name }) => {
          const text = textIn(name);
          return text === undefined ? [] : [printable(text, 120)];
        }),
      });
    }
  }
  return answered(users, [
    {
      en: 'owners of records with their teams; permissions are in Settings > Users & Teams only',
      ja: 'レコードの担当者とチームだけです。権限は 設定 > ユーザーとチーム で確認してください',
    },
    ...(whole ? [] : [{ en: 'only the first 2000 users', ja: '最初の 2000 ユーザーだけです' }]),
  ]);
};

const open = (access: CrmAccess, client: CrmClient): CrmSession => {
  const { printable } = client;
  const base = baseOf(access.url, ['hubspot.com', 'hubapi.com'], () => 'https://api.hubapi.com');
  const dialect = { errorIn, now: access.now };
  let token = '';
  let site: string | undefined;
  const bare = apiOf(client, dialect, () => (token === '' ? {} : { authorization: `Bearer ${token}` }));
  const api: Api = (request, signal) => bare({ ...request, path: `${base}${request.path}` }, signal);

  const login = async (signal: AbortSignal): Promise<CrmFailure | undefined> => {
    const { clientId } = access;
    if (clientId === undefined) {
      token = (access.secret() ?? '').trim();
      return undefined;
    }
    const secrets = clientSecrets(access);
    if (secrets.refresh === undefined) return lacksRefresh;
    const form = {
      grant_type: 'refresh_token',
      client_id: clientId,
      client_secret: secrets.client,
      refresh_token: secrets.refresh,
    };
    const taken = await fetchToken({ access, client }, { path: `${base}/oauth/v1/token`, form, errorIn }, signal);
    if (taken.kind === 'failed') return taken.failure;
    token = taken.token;
    return undefined;
  };

  const identity = async (signal: AbortSignal): Promise<CrmReply<CrmIdentity>> => {
    const refused = await login(signal);
    if (refused) return { kind: 'failed', failure: refused };
    const what = `/account-info/${version}/details`;
    const told = await api({ path: what, right: scope('oauth') }, signal);
    if (told.kind === 'failed') return told;
    const portal = numberIn(told.object.portalId);
    if (portal === undefined) {
      return { kind: 'failed', failure: { kind: 'not-this-crm', what, status: told.response.status, says: '' } };
    }
    const { accountType, timeZone, uiDomain } = told.object;
    const domain = textIn(uiDomain);
    if (domain !== undefined && /^app[\w-]{0,20}\.hubspot\.com$/.test(domain))
      site = `https://${domain}/workflows/${portal}`;
    const { headers } = told.response;
    const [daily, left] = [
      numberIn(headers['x-hubspot-ratelimit-daily']),
      numberIn(headers['x-hubspot-ratelimit-daily-remaining']),
    ];
    const [edition, zone] = [textIn(accountType), textIn(timeZone)];
    return answered<CrmIdentity>({
      product: 'hubspot',
      name: 'HubSpot',
      ...(edition === undefined ? {} : { edition: printable(edition, 60) }),
      api: { used: version, newest: newestVersion },
      ...clockOf(told.response, access.now()),
      ...(zone === undefined ? {} : { timeZone: printable(zone, 60) }),
      ...(daily !== undefined && left !== undefined && daily > 0 && left <= daily / 10
        ? { complaints: [`X-HubSpot-RateLimit-Daily: ${left} of ${daily} left`] }
        : {}),
    });
  };

  return {
    identity,
    answer: questions({
      ...notOffered,
      users: (signal) => readUsers(api, printable, signal),
      schema: (signal) => readSchema(api, printable, signal),
      workflows: (signal) => readFlows({ api, printable, site }, signal),
    }),
    records: (query, signal) => readRecords(api, query, signal),
  };
};

export const hubspot = defineConnector({
  type: 'hubspot',
  name: 'HubSpot',
  seen: 'documented',
  runtime: 'java',
  needs: ['secret'],
  secretIs: {
    en: 'the access token of a private app (pat-…; Development > Legacy apps > the app > Auth); or, with crm.clientId, the client secret, a blank, and the refresh token',
    ja: '非公開アプリのアクセストークン（pat-…。開発 > レガシーアプリ > 対象アプリ > 認証）。crm.clientId を指定する場合は、クライアントシークレットと更新トークンを空白でつなげた値',
  },
  answers: { users: true, schema: true, workflows: true, ...notOffered },
  recordTypes,
  open,
});
