import type { CrmIdentity } from '../model/crm/answers.ts';
import { type CrmAccess, type CrmClient, type CrmSession, defineConnector } from '../model/crm/connector.ts';
import type { CrmFailure, CrmReply } from '../model/crm/failure.ts';
import { answered } from './cloud/answering.ts';
import { apiOf } from './cloud/ask.ts';
import { baseOf, hostOf } from './cloud/vendor.ts';
import { errorIn } from './dynamics/errors.ts';
import { readFlows } from './dynamics/flows.ts';
import { readMail } from './dynamics/mail.ts';
import { readQueue } from './dynamics/queue.ts';
import { type Environment, root, version } from './dynamics/rows.ts';
import { readRecords, readSchema, recordTypes } from './dynamics/tables.ts';
import { readUsers, userOf, userQuery } from './dynamics/users.ts';
import { readJobs, readLog, readRuns } from './dynamics/work.ts';
import { clockOf } from './http-failure.ts';
import { clientSecrets, fetchToken } from './oauth.ts';
import { questions } from './questions.ts';
import { textIn } from './reading.ts';

const domains = ['dynamics.com', 'dynamics.cn', 'microsoftdynamics.us', 'appsplatform.us'] as const;

/** Each national cloud has its own identity provider. */
const identityBase = (host: string): string => {
  if (host.endsWith('.cn')) return 'https://login.partner.microsoftonline.cn';
  return host.endsWith('.us') ? 'https://login.microsoftonline.us' : 'https://login.microsoftonline.com';
};

const lacksTenant: CrmFailure = {
  kind: 'config',
  what: '',
  says: '',
  needs: {
    en: 'crm.tenant (the directory: Microsoft Entra admin center > Overview > Tenant ID)',
    ja: 'crm.tenant（ディレクトリ。Microsoft Entra 管理センター > 概要 > テナント ID）',
  },
};

const open = (access: CrmAccess, client: CrmClient): CrmSession => {
  let token = '';
  // People copy the address of a page: of it, the host counts.
  const base = baseOf(access.url, domains, (host) => `https://${host}`);
  const api = apiOf(client, { errorIn, now: access.now }, () => ({
    accept: 'application/json',
    'odata-version': '4.0',
    'odata-maxversion': '4.0',
    ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
  }));
  const environment: Environment = {
    api: (request, signal) => api({ ...request, path: `${base}${request.path}` }, signal),
    printable: client.printable,
  };

  const login = async (signal: AbortSignal): Promise<CrmFailure | undefined> => {
    const { clientId, tenant } = access;
    if (clientId === undefined) {
      token = (access.secret() ?? '').trim();
      return undefined;
    }
    if (tenant === undefined || !/^[\w.-]{1,255}$/.test(tenant)) return lacksTenant;
    const secrets = clientSecrets(access);
    const taken = await fetchToken(
      { access, client },
      {
        path: `${baseOf(access.url, domains, identityBase)}/${tenant}/oauth2/v2.0/token`,
        form: {
          client_id: clientId,
          client_secret: secrets.client,
          scope: `${base === '' ? access.url.replace(/^(https?:\/\/[^/]+).*$/, '$1') : `https://${hostOf(access.url)}`}/.default`,
          ...(secrets.refresh === undefined
            ? { grant_type: 'client_credentials' }
            : { grant_type: 'refresh_token', refresh_token: secrets.refresh }),
        },
      },
      signal,
    );
    if (taken.kind === 'failed') return taken.failure;
    token = taken.token;
    return undefined;
  };

  const identity = async (signal: AbortSignal): Promise<CrmReply<CrmIdentity>> => {
    const refused = await login(signal);
    if (refused) return { kind: 'failed', failure: refused };
    const who = await environment.api({ path: `${root}/WhoAmI` }, signal);
    if (who.kind === 'failed') return who;
    const id = textIn(who.object.UserId);
    if (id === undefined || !/^[\da-f-]{36}$/i.test(id)) {
      return {
        kind: 'failed',
        failure: { kind: 'not-this-crm', what: `${root}/WhoAmI`, status: who.response.status, says: '' },
      };
    }
    const [running, person] = await Promise.all([
      environment.api({ path: `${root}/RetrieveVersion()` }, signal),
      environment.api({ path: `${root}/systemusers(${id})`, query: userQuery }, signal),
    ]);
    const release = running.kind === 'told' ? textIn(running.object.Version) : undefined;
    const user = person.kind === 'told' ? userOf(person.object, environment) : undefined;
    return answered<CrmIdentity>(
      {
        product: 'dynamics',
        name: 'Dynamics 365',
        ...(release === undefined ? {} : { version: client.printable(release, 60) }),
        api: { used: version, newest: version },
        ...(user ? { user: { login: user.login, ...(user.admin ? { admin: true } : {}) } } : {}),
        ...clockOf(who.response, access.now()),
      },
      user ? [] : [{ en: 'as which user was not told', ja: 'ログイン中のユーザーは取得できませんでした' }],
    );
  };

  return {
    identity,
    answer: questions({
      mail: (signal) => readMail(environment, signal),
      jobs: (signal) => readJobs(environment, signal),
      queue: (signal) => readQueue(environment, signal),
      log: (signal) => readLog(environment, signal),
      users: (signal) => readUsers(environment, signal),
      schema: (signal) => readSchema(environment, signal),
      workflows: (signal) => readFlows(environment, signal),
      runs: (signal) => readRuns(environment, signal),
    }),
    records: (query, signal) => readRecords(environment, query, signal),
  };
};

export const dynamics = defineConnector({
  type: 'dynamics',
  aliases: ['dynamics365'],
  name: 'Dynamics 365',
  seen: 'documented',
  runtime: 'dotnet',
  needs: ['secret'],
  secretIs: {
    en: 'a client secret of the app registration (its application id is crm.clientId, its directory crm.tenant); or an access token without crm.clientId',
    ja: 'アプリ登録のクライアント シークレット（アプリケーション ID は crm.clientId、ディレクトリは crm.tenant）。crm.clientId がなければアクセス トークン',
  },
  answers: { mail: true, jobs: true, queue: true, log: true, users: true, schema: true, workflows: true, runs: true },
  recordTypes,
  open,
});
