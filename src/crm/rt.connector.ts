import type { CrmIdentity } from '../model/crm/answers.ts';
import { type CrmAccess, type CrmClient, type CrmSession, defineConnector } from '../model/crm/connector.ts';
import type { CrmFailure, CrmReply } from '../model/crm/failure.ts';
import type { Text } from '../model/text.ts';
import { clockOf } from './http-failure.ts';
import { listIn, objectsIn, textIn } from './reading.ts';
import { authorization, isLoginPage, type Rest, rest, restOf, userOfToken } from './request-tracker/ask.ts';
import { elsewhere } from './request-tracker/elsewhere.ts';
import { readMail } from './request-tracker/mail.ts';
import { readQueue } from './request-tracker/queue.ts';
import { readRecords } from './request-tracker/records.ts';
import { readSchema } from './request-tracker/schema.ts';
import { readUsers } from './request-tracker/users.ts';

const notOffered = {
  jobs: {
    en: 'RT runs no jobs itself: the cron of its host starts rt-crontool and rt-email-digest (/etc/cron.d/request-tracker5), and its mail server starts rt-mailgate',
    ja: 'RT 自身は定期ジョブを実行しません。ホストの cron（/etc/cron.d/request-tracker5）が rt-crontool と rt-email-digest を、メールサーバーが rt-mailgate を起動します',
  },
  log: {
    en: 'the API does not hand out the log: name rt.log (on Debian /var/log/request-tracker5/rt.log) under crm.logs',
    ja: 'API ではログを取得できません。rt.log（Debian では /var/log/request-tracker5/rt.log）を crm.logs に指定してください',
  },
  workflows: {
    en: 'REST 2.0 does not show scrips: export them on its host with rt-dump-metadata-5 --all > scrips.xml and name the file under workflow.files',
    ja: 'REST 2.0 ではスクリップを取得できません。RT のホストで rt-dump-metadata-5 --all > scrips.xml を実行して書き出し、そのファイルを workflow.files に指定してください',
  },
  runs: {
    en: 'RT keeps no record of what scrips did; errors of scrips are in rt.log (crm.logs)',
    ja: 'RT はスクリップの実行記録を残しません。スクリップのエラーは rt.log（crm.logs）に出ます',
  },
} as const satisfies Readonly<Record<string, Text>>;

/** What came back says that REST 2.0 is not at this address, not that it refuses. */
const isElsewhere = ({ kind, location }: CrmFailure): boolean =>
  kind === 'login-page' ||
  kind === 'not-this-crm' ||
  kind === 'malformed' ||
  (kind === 'redirected' && location !== undefined && isLoginPage({ url: location, body: '', headers: {} }));

const asLoginPage = (failure: CrmFailure): CrmFailure =>
  failure.kind === 'redirected' && isElsewhere(failure) ? { ...failure, kind: 'login-page' } : failure;

const ownUrlIn = (links: unknown): string | undefined => {
  const self = objectsIn(links).find(({ ref }) => ref === 'self');
  return /^(https?:\/\/[^\s]{1,300})\/REST\/2\.0\//.exec(textIn(self?._url) ?? '')?.[1];
};

const identify = async (
  { access, client, ask }: { readonly access: CrmAccess; readonly client: CrmClient; readonly ask: Rest },
  signal: AbortSignal,
): Promise<CrmReply<CrmIdentity>> => {
  const { printable } = client;
  const told = await ask({ path: '/rt' }, signal);
  if (told.kind === 'failed') {
    const failure = asLoginPage(told.failure);
    return {
      kind: 'failed',
      failure: isElsewhere(failure) ? await elsewhere(access, client, failure, signal) : failure,
    };
  }
  const version = textIn(told.json.Version);
  if (version === undefined) {
    return { kind: 'failed', failure: { kind: 'not-this-crm', what: `${rest}/rt`, status: 200, says: '' } };
  }
  const login = userOfToken(access.secret() ?? '') ?? access.username ?? '';
  // Everybody may read their own record.
  const self = await ask({ path: `/user/${encodeURIComponent(login)}` }, signal);
  const user = self.kind === 'told' ? textIn(self.json.Name) : undefined;
  // The plugins are told to whom holds the right SuperUser, and to nobody else.
  const admin = Array.isArray(told.json.Plugins);
  const ownUrl = self.kind === 'told' ? ownUrlIn(self.json._hyperlinks) : undefined;
  return {
    kind: 'answered',
    value: {
      product: 'request-tracker',
      name: 'Request Tracker',
      version: printable(version, 60),
      api: { used: '2.0' },
      ...(admin
        ? {
            modules: listIn(told.json.Plugins)
              .slice(0, 200)
              .flatMap((plugin) => {
                const name = textIn(plugin);
                return name === undefined ? [] : [{ name: printable(name, 100) }];
              }),
          }
        : {}),
      ...(user === undefined ? {} : { user: { login: printable(user), admin } }),
      ...clockOf(told.response, access.now()),
      ...(ownUrl === undefined ? {} : { ownUrl: printable(ownUrl) }),
    },
    ...(admin
      ? {}
      : {
          gaps: [
            {
              en: 'this user is no superuser: plugins are not told, and only what its rights show is seen',
              ja: 'このユーザーは SuperUser ではないため、プラグインは分からず、権限のある範囲しか見えません',
            },
          ],
        }),
  };
};

const lacksUser: CrmFailure = {
  kind: 'config',
  what: '',
  says: '',
  needs: {
    en: 'crm.username (a password belongs to a user; a token does not need one)',
    ja: 'crm.username（パスワードにはユーザー名が必要です。トークンなら不要です）',
  },
};

const open = (access: CrmAccess, client: CrmClient): CrmSession => {
  const secret = access.secret() ?? '';
  const token = userOfToken(secret) !== undefined;
  const ask = restOf(client, { header: authorization(access.username ?? '', secret), token });
  const { printable } = client;
  let who: Promise<CrmReply<CrmIdentity>> | undefined;
  // Asked first, always (src/world/crm.ts).
  const isAdmin = async (): Promise<boolean> => {
    const known = await who;
    return known?.kind === 'answered' && known.value.user?.admin === true;
  };
  return {
    identity: (signal) => {
      if (!token && access.username === undefined) return Promise.resolve({ kind: 'failed', failure: lacksUser });
      who = identify({ access, client, ask }, signal);
      return who;
    },
    answer: async (question, signal) => {
      const answers = {
        mail: async () =>
          readMail(ask, { printable, settings: await access.settings(signal), admin: await isAdmin() }, signal),
        queue: async () => readQueue(ask, { printable, now: access.now(), admin: await isAdmin() }, signal),
        users: async () => readUsers(ask, { printable }, signal),
        schema: async () => readSchema(ask, { printable, admin: await isAdmin() }, signal),
        jobs: async () => ({ kind: 'not-offered' as const, why: notOffered.jobs }),
        log: async () => ({ kind: 'not-offered' as const, why: notOffered.log }),
        workflows: async () => ({ kind: 'not-offered' as const, why: notOffered.workflows }),
        runs: async () => ({ kind: 'not-offered' as const, why: notOffered.runs }),
      };
      // Each entry answers the question that it is called by, which TypeScript does not follow through the key.
      return answers[question]() as never;
    },
    records: (query, signal) => readRecords(ask, query, signal),
  };
};

export const rt = defineConnector({
  type: 'rt',
  aliases: ['request-tracker'],
  name: 'Request Tracker',
  seen: 'live',
  runtime: 'node',
  needs: ['secret'],
  secretIs: {
    en: 'an authentication token (1-14-…; Logged in as > Settings > Auth Tokens) or the password of the user',
    ja: '認証トークン（1-14-… の形式。ログイン名のメニュー > 基本設定 > Auth Tokens で作成）またはユーザーのパスワード',
  },
  answers: { mail: true, queue: true, users: true, schema: true, ...notOffered },
  recordTypes: { contacts: 'user', tickets: 'ticket' },
  open,
});
