import { defineConnector } from '../model/crm/connector.ts';
import type { Text } from '../model/text.ts';
import { clockOf } from './http-failure.ts';
import { type Apps, readApps } from './kintone/apps.ts';
import { openDoor } from './kintone/door.ts';
import { readRecords, readUsers } from './kintone/records.ts';
import { definitionsOf, notAll, schemaOf } from './kintone/settings.ts';
import { questions } from './questions.ts';
import { replied } from './refusal.ts';

const noMail: Text = {
  en: 'kintone sends by the system mail of cybozu.com and fetches nothing; its server is set in Users & System Administration > System Mail, where the history of failed mail is, too; no API shows it',
  ja: 'kintone のメールは cybozu.com のシステムメールで送られ、受信はしません。送信サーバーと送信失敗の履歴は「cybozu.com 共通管理 > システムメール」で確認します。API では読み取れません',
};

const noJobs: Text = {
  en: 'cybozu.com runs the jobs of kintone itself; reminders are set in App Settings > Notifications > Reminders',
  ja: 'kintone の定期処理は cybozu.com 側で動きます。リマインダーは「アプリの設定 > 通知 > リマインダーの条件通知」で確認します',
};

const noLog: Text = {
  en: 'the audit log is in Users & System Administration > Audit Logs and is downloaded there as CSV; no API shows it, and it holds no reads',
  ja: '監査ログは「cybozu.com 共通管理 > 監査ログ」から CSV で取得します。API では読み取れず、閲覧操作は含まれません',
};

const noRuns: Text = {
  en: 'kintone keeps no log of its processes; what happened to a record is in its History',
  ja: 'kintone にはプロセス管理の実行ログがありません。レコードごとの「変更履歴」で確認します',
};

const noUsersByToken: Text = {
  en: 'an API token shows no users; they need crm.username and a password',
  ja: 'API トークンではユーザーを読み取れません。crm.username とパスワードが必要です',
};

const rolesUnknown: Text = {
  en: 'groups and organisations of the users were not read',
  ja: 'ユーザーの所属グループと組織は読み取っていません',
};

/** kintone on cybozu.com (Japan), kintone.com and cybozu.cn; it has no versions that a customer chooses. */
export const kintone = defineConnector({
  type: 'kintone',
  name: 'kintone',
  seen: 'documented',
  runtime: 'java',
  needs: ['secret'],
  secretIs: {
    en: 'API token of each app (several joined by commas), with crm.apps; or the password of crm.username',
    ja: '各アプリの API トークン（複数はコンマ区切り。crm.apps も指定します）、または crm.username のパスワード',
  },
  answers: {
    mail: noMail,
    jobs: noJobs,
    queue: noMail,
    log: noLog,
    users: true,
    schema: true,
    workflows: true,
    runs: noRuns,
  },
  recordTypes: {},
  open: (access, client) => {
    const door = openDoor(access, client);
    let known: Apps | undefined;
    const apps = async (signal: AbortSignal): Promise<Apps> => {
      known ??= await readApps(access, door, client, signal);
      return known;
    };
    return {
      identity: (signal) =>
        replied(async () => {
          const { first, whole } = await apps(signal);
          return {
            value: {
              product: 'kintone',
              name: 'kintone',
              user: { login: door.person ? client.printable(access.username ?? '', 128) : 'API token' },
              ...clockOf(first.response, access.now()),
            },
            gaps: whole ? [] : [notAll],
          };
        }),
      answer: questions({
        mail: noMail,
        jobs: noJobs,
        queue: noMail,
        log: noLog,
        runs: noRuns,
        users: async (signal) => {
          if (!door.person) return { kind: 'not-offered', why: noUsersByToken };
          return replied(async () => {
            const { users, whole } = await readUsers(door, client, signal);
            return { value: users, gaps: [rolesUnknown, ...(whole ? [] : [notAll])] };
          });
        },
        schema: (signal) => replied(async () => schemaOf(await apps(signal), door, signal)),
        workflows: (signal) => replied(async () => definitionsOf(await apps(signal), door, access, signal)),
      }),
      records: (query, signal) => readRecords(query, async (own) => (await apps(own)).apps, door, client, signal),
    };
  },
});
