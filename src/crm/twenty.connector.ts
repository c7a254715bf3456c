import type { CrmIdentity, CrmWorkflowRun } from '../model/crm/answers.ts';
import { type CrmAccess, type CrmClient, defineConnector } from '../model/crm/connector.ts';
import type { CrmReply } from '../model/crm/failure.ts';
import type { Text } from '../model/text.ts';
import { clockOf, httpFailure } from './http-failure.ts';
import { questions } from './questions.ts';
import { idIn, isObject, textIn, timeIn } from './reading.ts';
import { type Found, refuse, replied, unlessRefused } from './refusal.ts';
import { type Door, openDoor } from './twenty/door.ts';
import { mailOf } from './twenty/mail.ts';
import { readRecords, recordTypes } from './twenty/records.ts';
import { schemaOf } from './twenty/schema.ts';

const noJobs: Text = {
  en: "Twenty's jobs run in its worker process and wait in Redis, which no API shows: Settings > Admin Panel > Health, and the log of the worker container",
  ja: 'Twenty のジョブはワーカープロセスで動き、Redis で待機します。API では読み取れません。「設定 > 管理パネル > ヘルスチェック」とワーカーコンテナーのログで確認します',
};

const noQueue: Text = {
  en: 'Twenty has no queue of outgoing mail that its API shows; the log of the worker container tells of failures',
  ja: 'Twenty の送信待ちメールは API では読み取れません。失敗はワーカーコンテナーのログで確認します',
};

const noLog: Text = {
  en: 'Twenty logs to the output of its server and worker containers (docker logs); no API shows it',
  ja: 'Twenty のログはサーバーとワーカーのコンテナー出力（docker logs）にあり、API では読み取れません',
};

const noWorkflows: Text = {
  en: "crm-doctor does not read the form of Twenty's workflows; they are in Workflows, where a step that is not valid is marked",
  ja: 'Twenty のワークフローの形式には対応していません。画面の「ワークフロー」で確認します（不正なステップには印が付きます）',
};

const movedMail: Text = {
  en: 'the API of this version does not show connected accounts: Settings > Accounts of each member',
  ja: 'このバージョンの API では連携アカウントを読み取れません。各メンバーの「設定 > アカウント」で確認します',
};

const noRights: Text = {
  en: 'the API key may not read the data model',
  ja: 'この API キーではデータモデルを読み取れません',
};

/** Told to anybody, so that nothing is sent to what is no Twenty. */
const versionOf = async (client: CrmClient, signal: AbortSignal) => {
  const asked = await client.ask({ path: '/client-config', mostBytes: 1024 * 1024 }, signal);
  if (asked.kind === 'failed') return refuse(asked.failure);
  const { response } = asked;
  const { json } = response;
  if (response.status !== 200 || !isObject(json) || !('appVersion' in json || 'authProviders' in json)) {
    const failure = httpFailure(response, '/client-config', client);
    const other = failure.kind === 'not-found' || failure.kind === 'malformed';
    return refuse(other ? { ...failure, kind: 'not-this-crm' } : failure);
  }
  return { response, version: textIn(json.appVersion) };
};

const identify = async (
  door: Door,
  access: CrmAccess,
  client: CrmClient,
  signal: AbortSignal,
): Promise<Found<CrmIdentity>> => {
  const { response, version } = await versionOf(client, signal);
  const gaps: Text[] = [];
  await unlessRefused(
    () => door.rest('/rest/metadata/objects', { limit: 1 }, signal),
    ['permission'],
    () => gaps.push(noRights),
  );
  return {
    value: {
      product: 'twenty',
      name: 'Twenty',
      ...(version === undefined ? {} : { version: client.printable(version.replace(/^v/, ''), 40) }),
      user: { login: 'API key' },
      ...clockOf(response, access.now()),
    },
    gaps,
  };
};

const states: Readonly<Record<string, CrmWorkflowRun['state']>> = {
  NOT_STARTED: 'waiting',
  ENQUEUED: 'waiting',
  RUNNING: 'running',
  STOPPING: 'running',
  STOPPED: 'failed',
  COMPLETED: 'ok',
  FAILED: 'failed',
};

const onlyNewest: Text = {
  en: 'only the newest runs, about 120',
  ja: '新しい実行 約 120 件だけです',
};

const onlyFirstUsers: Text = {
  en: 'only the first 5000 users',
  ja: '最初の 5000 ユーザーだけです',
};

/** What a run worked on (its `state`, its `output`) holds people's data and is not asked for. */
const runsOf = async (
  door: Door,
  client: CrmClient,
  signal: AbortSignal,
): Promise<Found<readonly CrmWorkflowRun[]>> => {
  const fields = 'id name status createdAt startedAt';
  const { nodes, whole } = await door.nodes('workflowRuns', fields, signal, { most: 120, newestFirst: true });
  return {
    gaps: whole ? [] : [onlyNewest],
    value: nodes.map((node) => {
      const at = timeIn(node.startedAt) ?? timeIn(node.createdAt);
      const status = textIn(node.status) ?? '';
      return {
        workflow: client.printable(textIn(node.name) ?? idIn(node.id) ?? '', 100),
        ...(at === undefined ? {} : { at }),
        state: states[status] ?? 'running',
        says: client.printable(status, 40),
      };
    }),
  };
};

/** Workspace objects that newer versions moved elsewhere are no failure of the key. */
const orMoved = async <Value>(reply: Promise<CrmReply<Value>>, why: Text): Promise<CrmReply<Value>> => {
  const found = await reply;
  return found.kind === 'failed' && found.failure.kind === 'not-found' ? { kind: 'not-offered', why } : found;
};

/** Twenty, hosted by oneself or by its makers. */
export const twenty = defineConnector({
  type: 'twenty',
  name: 'Twenty',
  seen: 'documented',
  runtime: 'node',
  needs: ['secret'],
  secretIs: {
    en: 'API key (Settings > APIs & Webhooks)',
    ja: 'API キー（設定 > APIs & Webhooks）',
  },
  answers: {
    mail: true,
    jobs: noJobs,
    queue: noQueue,
    log: noLog,
    users: true,
    schema: true,
    workflows: noWorkflows,
    runs: true,
  },
  recordTypes,
  open: (access, client) => {
    const door = openDoor(access, client);
    return {
      identity: (signal) => replied(() => identify(door, access, client, signal)),
      answer: questions({
        jobs: noJobs,
        queue: noQueue,
        log: noLog,
        workflows: noWorkflows,
        mail: (signal) =>
          orMoved(
            replied(() => mailOf(door, access, client, signal)),
            movedMail,
          ),
        users: (signal) =>
          replied(async () => {
            const { nodes, whole } = await door.nodes('workspaceMembers', 'id userEmail', signal, { most: 5_000 });
            return {
              gaps: whole ? [] : [onlyFirstUsers],
              value: nodes.flatMap((node) => {
                const id = idIn(node.id);
                const login = textIn(node.userEmail);
                return id === undefined
                  ? []
                  : [{ id, login: client.printable(login ?? id, 255), active: true, roles: [] }];
              }),
            };
          }),
        schema: (signal) => replied(() => schemaOf(door, client, signal)),
        runs: (signal) => replied(() => runsOf(door, client, signal)),
      }),
      records: (query, signal) => readRecords(query, door, client, signal),
    };
  },
});
