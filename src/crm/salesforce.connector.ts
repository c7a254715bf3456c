import type { CrmIdentity } from '../model/crm/answers.ts';
import { type CrmAccess, type CrmClient, type CrmSession, defineConnector } from '../model/crm/connector.ts';
import type { CrmReply } from '../model/crm/failure.ts';
import type { Text } from '../model/text.ts';
import { apiOf } from './cloud/ask.ts';
import { baseOf, hostOf, isWithin } from './cloud/vendor.ts';
import { clientSecrets, fetchToken } from './oauth.ts';
import { questions } from './questions.ts';
import { textIn } from './reading.ts';
import { errorIn, refusalIn, rights } from './salesforce/errors.ts';
import { readFlows } from './salesforce/flows.ts';
import { identify, versionOf, versionsIn } from './salesforce/identity.ts';
import { readJobs, readLog, readRuns, readUsers } from './salesforce/jobs.ts';
import { readMail } from './salesforce/mail.ts';
import type { Org } from './salesforce/query.ts';
import { readRecords, recordTypes } from './salesforce/records.ts';
import { readSchema } from './salesforce/schema.ts';

const noQueue: Text = {
  en: 'Salesforce hands messages over at once and keeps no queue that can be read: Setup > Email > Email Log Files tells what became of them',
  ja: 'Salesforce に読み取れる送信キューはありません。メールの結果は 設定 > メール > メールログファイル で確認できます',
};

const domains = ['salesforce.com', 'force.com', 'salesforce-setup.com'] as const;

/** People open `company.lightning.force.com`, the API is at `company.my.salesforce.com`. */
const apiBase = (host: string): string =>
  `https://${host.replace(/\.lightning\.force\.com$|\.my\.salesforce-setup\.com$/, '.my.salesforce.com')}`;

/** The shared login servers name the host of the organisation with the token. */
const ownHost = (instance: string | undefined): string | undefined =>
  instance !== undefined && /^https:\/\//i.test(instance) && isWithin(hostOf(instance), 'salesforce.com')
    ? `https://${hostOf(instance)}`
    : undefined;

const open = (access: CrmAccess, client: CrmClient): CrmSession => {
  const { printable } = client;
  let base = baseOf(access.url, domains, apiBase);
  let token = '';
  const dialect = { errorIn: errorIn(() => token), now: access.now };
  const api = apiOf(client, dialect, () => (token === '' ? {} : { authorization: `Bearer ${token}` }));
  let data = '';
  const org = (): Org => ({ api, data, site: (base === '' ? access.url : base).replace(/\/+$/, ''), printable });

  const login = async (signal: AbortSignal) => {
    const { clientId } = access;
    if (clientId === undefined) {
      token = access.secret() ?? '';
      return undefined;
    }
    const secrets = clientSecrets(access);
    const taken = await fetchToken(
      { access, client },
      {
        path: `${base}/services/oauth2/token`,
        form: {
          client_id: clientId,
          client_secret: secrets.client,
          ...(secrets.refresh === undefined
            ? { grant_type: 'client_credentials' }
            : { grant_type: 'refresh_token', refresh_token: secrets.refresh }),
        },
        errorIn: refusalIn,
      },
      signal,
    );
    if (taken.kind === 'failed') return taken;
    token = taken.token;
    const isShared = /^https:\/\/(?:login|test)\.salesforce\.com$/.test(base);
    base = (isShared ? ownHost(textIn(taken.json.instance_url)) : undefined) ?? base;
    return undefined;
  };

  const identity = async (signal: AbortSignal): Promise<CrmReply<CrmIdentity>> => {
    const offered = await api({ path: `${base}/services/data/` }, signal);
    if (offered.kind === 'failed') return offered;
    const versions = versionsIn(offered.json);
    const used = versionOf(versions);
    if (used === undefined) {
      return {
        kind: 'failed',
        failure: { kind: 'not-this-crm', what: '/services/data/', status: offered.response.status, says: '' },
      };
    }
    const refused = await login(signal);
    if (refused) return refused;
    data = `${base}/services/data/v${used}`;
    const resources = await api({ path: data, right: rights.api }, signal);
    if (resources.kind === 'failed') return resources;
    if (textIn(resources.object.sobjects) === undefined) {
      return {
        kind: 'failed',
        failure: { kind: 'malformed', what: `/services/data/v${used}`, status: resources.response.status, says: '' },
      };
    }
    return identify(org(), { resources, versions, used, now: access.now() }, signal);
  };

  return {
    identity,
    answer: questions({
      mail: (signal) => readMail(org(), signal),
      jobs: (signal) => readJobs(org(), signal),
      log: (signal) => readLog(org(), signal),
      users: (signal) => readUsers(org(), signal),
      schema: (signal) => readSchema(org(), signal),
      workflows: (signal) => readFlows(org(), signal),
      runs: (signal) => readRuns(org(), signal),
      queue: noQueue,
    }),
    records: (query, signal) => readRecords(org(), query, signal),
  };
};

export const salesforce = defineConnector({
  type: 'salesforce',
  name: 'Salesforce',
  seen: 'documented',
  runtime: 'java',
  needs: ['secret'],
  secretIs: {
    en: 'the consumer secret of an app with the client credentials flow (its consumer key is crm.clientId), followed by a blank and a refresh token where it has one; or an access token without crm.clientId',
    ja: 'クライアントログイン情報フローを有効にしたアプリケーションのコンシューマーの秘密（コンシューマー鍵は crm.clientId）。更新トークンを使う場合は空白に続けて指定。crm.clientId がなければアクセストークン',
  },
  answers: {
    mail: true,
    jobs: true,
    log: true,
    users: true,
    schema: true,
    workflows: true,
    runs: true,
    queue: noQueue,
  },
  recordTypes,
  open,
});
