import type { CrmIdentity, CrmUser } from '../model/crm/answers.ts';
import { type CrmAccess, type CrmClient, defineConnector } from '../model/crm/connector.ts';
import type { Text } from '../model/text.ts';
import { clockOf } from './http-failure.ts';
import { questions } from './questions.ts';
import { booleanIn, objectIn, textIn } from './reading.ts';
import { type Found, replied, unlessRefused } from './refusal.ts';
import { type Door, openDoor } from './suitecrm/door.ts';
import { jobsOf, logOf } from './suitecrm/jobs.ts';
import { mailOf } from './suitecrm/mail.ts';
import { queueOf } from './suitecrm/queue.ts';
import { readRecords, recordTypes } from './suitecrm/records.ts';
import { schemaOf } from './suitecrm/schema.ts';
import { runsOf, workflowsOf } from './suitecrm/workflows.ts';

const noVersion: Text = {
  en: 'the API does not tell the version: it is in Admin > About, and in the files VERSION (8) or suitecrm_version.php (7)',
  ja: 'バージョンは API では取得できません。管理画面の「バージョン情報」か、VERSION（8 系）または suitecrm_version.php（7 系）で確認します',
};

const noRoles: Text = {
  en: 'roles and security groups of the users were not read',
  ja: 'ユーザーの権限（ロール）とセキュリティグループは読み取っていません',
};

/** The old API tells its version to anybody; SuiteCRM says the one of SugarCRM 6.5 there unless it was changed. */
const versionOf = async (root: string, client: CrmClient, signal: AbortSignal): Promise<string | undefined> => {
  const asked = await client.ask(
    {
      path: `${root}/service/v4_1/rest.php`,
      query: { method: 'get_server_info', input_type: 'JSON', response_type: 'JSON', rest_data: '{}' },
      mostBytes: 65_536,
    },
    signal,
  );
  const version = asked.kind === 'response' ? textIn(objectIn(asked.response.json).version) : undefined;
  return version === undefined || !/^[78]\.\d/.test(version) ? undefined : client.printable(version, 40);
};

const userOf = async (door: Door, access: CrmAccess, client: CrmClient, signal: AbortSignal) =>
  unlessRefused(
    async (): Promise<CrmIdentity['user']> => {
      const { rows: clients } = await door.list(
        'OAuth2Clients',
        { fields: ['assigned_user_id'], filter: [['id', 'eq', access.clientId ?? '']], size: 1 },
        signal,
      );
      const id = textIn(clients[0]?.assigned_user_id);
      if (id === undefined) return undefined;
      const { rows } = await door.list(
        'Users',
        { fields: ['user_name', 'is_admin'], filter: [['id', 'eq', id]], size: 1 },
        signal,
      );
      const login = textIn(rows[0]?.user_name);
      const admin = booleanIn(rows[0]?.is_admin);
      if (login === undefined) return undefined;
      return { login: client.printable(login, 100), ...(admin === undefined ? {} : { admin }) };
    },
    ['permission', 'not-found', 'server-error'],
    () => undefined,
  );

const identify = async (
  door: Door,
  access: CrmAccess,
  client: CrmClient,
  signal: AbortSignal,
): Promise<Found<CrmIdentity>> => {
  const root = await door.root(signal);
  const first = await door.get('/meta/modules', undefined, signal);
  // In SuiteCRM 8 it would be the version of the 7 beneath.
  const version = root === '' ? await versionOf(root, client, signal) : undefined;
  const user = await userOf(door, access, client, signal);
  return {
    value: {
      product: 'suitecrm',
      name: 'SuiteCRM',
      edition: root === '' ? '7' : '8',
      ...(version === undefined ? {} : { version }),
      api: { used: 'V8' },
      ...(user ? { user } : {}),
      ...clockOf(first, access.now()),
    },
    gaps: version === undefined ? [noVersion] : [],
  };
};

const usersOf = async (door: Door, client: CrmClient, signal: AbortSignal): Promise<Found<readonly CrmUser[]>> => {
  const { rows } = await door.all('Users', { fields: ['user_name', 'status', 'is_admin'], sort: 'id' }, signal, 5_000);
  return {
    value: rows.map(({ id, user_name, status, is_admin }) => ({
      id,
      login: client.printable(textIn(user_name) ?? id, 100),
      active: status === 'Active',
      admin: booleanIn(is_admin) === true,
      roles: [],
    })),
    gaps: [noRoles],
  };
};

/** SuiteCRM 7 and 8 over the V8 API with an OAuth2 client of its own. */
export const suitecrm = defineConnector({
  type: 'suitecrm',
  aliases: ['suite'],
  name: 'SuiteCRM',
  seen: 'documented',
  runtime: 'php',
  needs: ['clientId', 'secret'],
  secretIs: {
    en: 'secret of a Client Credentials client (Admin > OAuth2 Clients and Tokens) whose user is an administrator; crm.clientId is its id',
    ja: 'Client Credentials 型クライアント（管理 > OAuth2 Clients and Tokens）のシークレット。クライアントのユーザーは管理者にします。crm.clientId はその ID です',
  },
  answers: { mail: true, jobs: true, queue: true, log: true, users: true, schema: true, workflows: true, runs: true },
  recordTypes,
  open: (access, client) => {
    const door = openDoor(access, client);
    return {
      identity: (signal) => replied(() => identify(door, access, client, signal)),
      answer: questions({
        mail: (signal) => replied(() => mailOf(door, client, signal)),
        jobs: (signal) => replied(() => jobsOf(door, client, signal)),
        queue: (signal) => replied(() => queueOf(door, signal)),
        log: (signal) => replied(() => logOf(door, client, signal)),
        users: (signal) => replied(() => usersOf(door, client, signal)),
        schema: (signal) => replied(() => schemaOf(door, client, signal)),
        workflows: (signal) => replied(() => workflowsOf(door, access, client, signal)),
        runs: (signal) => replied(() => runsOf(door, client, signal)),
      }),
      records: (query, signal) => readRecords(query, door, client, signal),
    };
  },
});
