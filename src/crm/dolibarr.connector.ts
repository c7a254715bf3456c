import { type CrmAccess, type CrmClient, type CrmSession, defineConnector } from '../model/crm/connector.ts';
import { apiOf } from './dolibarr/ask.ts';
import { identityOf } from './dolibarr/identity.ts';
import { recordsOf, recordTypes, usersOf } from './dolibarr/lists.ts';
import { mailOf } from './dolibarr/mail.ts';
import { questions } from './questions.ts';
import { replied } from './refusal.ts';

const notOffered = {
  jobs: {
    en: 'the REST API of Dolibarr does not tell of scheduled jobs: Home > Admin tools > Scheduled jobs',
    ja: 'Dolibarr の REST API ではスケジュールジョブを読めません: ホーム > 管理者ツール > スケジュールされたジョブ',
  },
  queue: {
    en: 'Dolibarr has no outgoing queue: it sends while the user waits, and mass mail is kept under Tools > EMailings',
    ja: 'Dolibarr には送信待ちの一覧がありません。その場で送信し、一斉メールだけが ツール > メーリング に残ります',
  },
  log: {
    en: 'the log is a file (documents/dolibarr.log), written while the module Logs (Syslog) is on: name it under crm: logs',
    ja: 'ログはファイル (documents/dolibarr.log) で、ログ (Syslog) モジュールが有効な場合だけ書かれます。crm: の logs に指定してください',
  },
  schema: {
    en: 'the REST API tells of extra fields only; the other fields are part of the program',
    ja: 'REST API で読めるのは追加項目だけで、それ以外の項目はプログラムに組み込まれています',
  },
  workflows: {
    en: 'automation in Dolibarr is PHP code (triggers) and settings of its modules: Home > Setup > Modules > Workflow',
    ja: 'Dolibarr の自動処理は PHP のコード（トリガー）とモジュールの設定です: ホーム > 設定 > モジュール > ワークフロー',
  },
  runs: {
    en: 'Dolibarr keeps no record of what its triggers did',
    ja: 'Dolibarr はトリガーの実行履歴を残しません',
  },
} as const;

const open = (access: CrmAccess, client: CrmClient): CrmSession => {
  const ask = apiOf(access, client);
  return {
    identity: (signal) => replied(() => identityOf(ask, access, client, signal)),
    answer: questions({
      mail: (signal) => replied(() => mailOf(ask, client, signal)),
      users: (signal) => replied(() => usersOf(ask, client, signal)),
      ...notOffered,
    }),
    records: (query, signal) => recordsOf(ask, query, signal),
  };
};

/** Dolibarr by its REST API, as it is since 16. */
export const dolibarr = defineConnector({
  type: 'dolibarr',
  name: 'Dolibarr',
  seen: 'documented',
  runtime: 'php',
  needs: ['secret'],
  secretIs: {
    en: 'the API key of an administrator (Home > Users & Groups > the user > Key for API)',
    ja: '管理者の API キー（ホーム > ユーザーとグループ > ユーザー > API のキー）',
  },
  answers: { mail: true, users: true, ...notOffered },
  recordTypes,
  open,
});
