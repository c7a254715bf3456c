import type { CrmIdentity } from '../model/crm/answers.ts';
import { type CrmAccess, type CrmClient, type CrmSession, defineConnector } from '../model/crm/connector.ts';
import type { CrmFailure, CrmReply } from '../model/crm/failure.ts';
import type { Text } from '../model/text.ts';
import { answered } from './cloud/answering.ts';
import { apiOf } from './cloud/ask.ts';
import { hostOf, isWithin } from './cloud/vendor.ts';
import { clockOf } from './http-failure.ts';
import { clientSecrets, fetchToken } from './oauth.ts';
import { questions } from './questions.ts';
import { objectsIn, textIn } from './reading.ts';
import { errorIn, refusalIn, scope, version } from './zoho/errors.ts';
import { type Account, readRules, readSchema, readUsers, userOf } from './zoho/read.ts';
import { readRecords, recordTypes } from './zoho/records.ts';

const notOffered = {
  mail: {
    en: 'Zoho CRM tells no API about mail settings: look at Setup > Channels > Email (Email Configuration, Email Deliverability)',
    ja: 'メール設定は API では分かりません。設定 > チャネル > メール（メールの設定、メールの到達性）を確認してください',
  },
  jobs: {
    en: 'Zoho CRM shows schedules in Setup > Automation > Schedules only',
    ja: 'スケジュールは 設定 > 自動化 > スケジュール でしか確認できません',
  },
  queue: {
    en: 'Zoho CRM shows no queue of messages: the related list Emails of a record tells what became of each',
    ja: '送信キューは公開されていません。送信の結果は各レコードの関連リスト「メール」で確認できます',
  },
  log: {
    en: 'the API hands out no log: look at Setup > Security Control > Audit Log, and at Setup > Developer Hub > APIs and SDKs',
    ja: 'API ではログを取得できません。設定 > セキュリティ管理 > 監査ログ と、設定 > 開発者情報 > API と SDK を確認してください',
  },
  runs: {
    en: 'the API does not hand out what rules did: Setup > Automation > Workflow Rules > the rule > Usage, and Setup > Automation > Actions > Failures',
    ja: 'ルールの実行結果は API では取得できません。設定 > 自動化 > ワークフロールール > 対象のルール の利用状況と、アクションの失敗一覧を確認してください',
  },
} as const satisfies Readonly<Record<string, Text>>;

/** Data centres, by what stands behind `zoho.`. */
const centres = ['com', 'eu', 'in', 'jp', 'com.au', 'com.cn', 'sa', 'uk', 'ae'] as const;

const centreOf = (host: string): string | undefined => {
  if (isWithin(host, 'zohocloud.ca')) return 'ca';
  return centres.find((dc) => isWithin(host, `zoho.${dc}`) || isWithin(host, `zohoapis.${dc}`));
};

const bases = (dc: string): { readonly api: string; readonly accounts: string } =>
  dc === 'ca'
    ? { api: 'https://www.zohoapis.ca', accounts: 'https://accounts.zohocloud.ca' }
    : { api: `https://www.zohoapis.${dc}`, accounts: `https://accounts.zoho.${dc}` };

/** What this connector reads. */
const wanted = [
  'ZohoCRM.modules.READ',
  'ZohoCRM.settings.modules.READ',
  'ZohoCRM.settings.fields.READ',
  'ZohoCRM.settings.workflow_rules.READ',
  'ZohoCRM.users.READ',
].join(',');

const lacksOrg: CrmFailure = {
  kind: 'config',
  what: '',
  says: '',
  needs: {
    en: 'crm.database (the organisation id: Setup > Company Details), or in crm.secret a blank and a refresh token behind the client secret',
    ja: 'crm.database（組織 ID。設定 > 会社の詳細）。または crm.secret のクライアントシークレットの後ろに、空白に続けて更新トークン',
  },
};

const open = (access: CrmAccess, client: CrmClient): CrmSession => {
  const { printable } = client;
  const own = centreOf(hostOf(access.url));
  // The address names the data centre; the key `tenant` says it where both are the vendor's and differ.
  const given = access.tenant?.toLowerCase();
  const dc = own === undefined ? undefined : (centres.find((one) => one === given) ?? (given === 'ca' ? 'ca' : own));
  const { api: base, accounts } = dc === undefined ? { api: '', accounts: '' } : bases(dc);
  let token = '';
  let fresh = false;
  const bare = apiOf(
    client,
    { errorIn: errorIn(() => ({ text: token, fresh })), now: access.now, nothing: [204, 304] },
    () => (token === '' ? {} : { authorization: `Zoho-oauthtoken ${token}` }),
  );
  const account: Account = {
    api: (request, signal) => bare({ ...request, path: `${base}/crm/${version}${request.path}` }, signal),
    printable,
    site: access.url,
  };

  const login = async (signal: AbortSignal): Promise<CrmFailure | undefined> => {
    const { clientId, database } = access;
    if (clientId === undefined) {
      token = (access.secret() ?? '').trim();
      return undefined;
    }
    const secrets = clientSecrets(access);
    if (secrets.refresh === undefined && database === undefined) return lacksOrg;
    const taken = await fetchToken(
      { access, client },
      {
        path: `${accounts}/oauth/v2/token`,
        form: {
          client_id: clientId,
          client_secret: secrets.client,
          ...(secrets.refresh === undefined
            ? { grant_type: 'client_credentials', scope: wanted, soid: `ZohoCRM.${database}` }
            : { grant_type: 'refresh_token', refresh_token: secrets.refresh }),
        },
        errorIn: refusalIn(dc ?? hostOf(access.url)),
      },
      signal,
    );
    if (taken.kind === 'failed') return taken.failure;
    token = taken.token;
    fresh = true;
    return undefined;
  };

  const identity = async (signal: AbortSignal): Promise<CrmReply<CrmIdentity>> => {
    const refused = await login(signal);
    if (refused) return { kind: 'failed', failure: refused };
    const what = `/crm/${version}/users`;
    const told = await account.api(
      { path: '/users', query: { type: 'CurrentUser' }, right: scope('ZohoCRM.users.READ') },
      signal,
    );
    if (told.kind === 'failed') return told;
    const [person] = objectsIn(told.object.users);
    const user = person && userOf(person, account);
    if (!user)
      return { kind: 'failed', failure: { kind: 'not-this-crm', what, status: told.response.status, says: '' } };
    const zone = textIn(person.time_zone);
    const left = told.response.headers['x-api-credits-remaining'];
    return answered<CrmIdentity>({
      product: 'zoho',
      name: 'Zoho CRM',
      api: { used: version, newest: version },
      user: { login: user.login, ...(user.admin ? { admin: true } : {}) },
      ...clockOf(told.response, access.now()),
      ...(zone === undefined ? {} : { timeZone: printable(zone, 60) }),
      // The allowance of a day begins with 5000 credits in the smallest edition.
      ...(left !== undefined && /^\d{1,3}$/.test(left) && Number(left) < 500
        ? { complaints: [`X-API-CREDITS-REMAINING: ${left}`] }
        : {}),
    });
  };

  return {
    identity,
    answer: questions({
      ...notOffered,
      users: (signal) => readUsers(account, signal),
      schema: (signal) => readSchema(account, signal),
      workflows: (signal) => readRules(account, signal),
    }),
    records: (query, signal) => readRecords(account, query, signal),
  };
};

export const zoho = defineConnector({
  type: 'zoho',
  name: 'Zoho CRM',
  seen: 'documented',
  runtime: 'java',
  needs: ['secret'],
  secretIs: {
    en: 'the client secret of the client crm.clientId, followed by a blank and a refresh token (or crm.database with the organisation id for a self client); or an access token without crm.clientId',
    ja: 'crm.clientId のクライアントシークレット。空白に続けて更新トークンを指定（Self Client では代わりに組織 ID を crm.database に指定）。crm.clientId がなければアクセストークン',
  },
  answers: { users: true, schema: true, workflows: true, ...notOffered },
  recordTypes,
  open,
});
