import { type CrmAccess, type CrmClient, type CrmSession, defineConnector } from '../model/crm/connector.ts';
import { frappeOf } from './frappe/ask.ts';
import { identityOf } from './frappe/identity.ts';
import { jobsOf } from './frappe/jobs.ts';
import { logOf } from './frappe/log.ts';
import { mailOf } from './frappe/mail.ts';
import { queueOf } from './frappe/queue.ts';
import { recordsOf } from './frappe/records.ts';
import { schemaOf } from './frappe/schema.ts';
import { siteOf } from './frappe/site.ts';
import { doctypes } from './frappe/types.ts';
import { usersOf } from './frappe/users.ts';
import { writeMail } from './frappe/write.ts';
import { questions } from './questions.ts';
import { replied } from './refusal.ts';

const notOffered = {
  workflows: {
    en: 'no importer reads the automation of Frappe: look at Notification, Workflow, Assignment Rule and Server Script',
    ja: 'Frappe の自動処理を読む形式には対応していません。通知 (Notification)、ワークフロー、割り当てルール、サーバースクリプトの各画面で確認してください',
  },
  runs: {
    en: 'Frappe keeps no record of the runs of notifications and workflows; what failed stands in the Error Log',
    ja: 'Frappe は通知とワークフローの実行履歴を残しません。失敗はエラーログに記録されます',
  },
} as const;

const open = (access: CrmAccess, client: CrmClient): CrmSession => {
  const site = siteOf(frappeOf(access, client), access, client);
  return {
    identity: (signal) => replied(() => identityOf(site, signal)),
    answer: questions({
      mail: (signal) => replied(() => mailOf(site, signal)),
      jobs: (signal) => replied(() => jobsOf(site, signal)),
      queue: (signal) => replied(() => queueOf(site, signal)),
      log: (signal) => replied(() => logOf(site, signal)),
      users: (signal) => replied(() => usersOf(site, signal)),
      schema: (signal) => replied(() => schemaOf(site, signal)),
      ...notOffered,
    }),
    records: (query, signal) => recordsOf(site, query, signal),
    write: (write, signal) => replied(() => writeMail(site, write, signal)),
  };
};

/** Frappe from 14 on, with ERPNext, Frappe CRM and Helpdesk. */
export const frappe = defineConnector({
  type: 'frappe',
  aliases: ['erpnext'],
  name: 'Frappe / ERPNext',
  seen: 'documented',
  runtime: 'python',
  needs: ['secret'],
  secretIs: {
    en: 'API key and API secret of a user with the role System Manager, as key:secret (User > Settings > API Access)',
    ja: 'ロール System Manager を持つユーザーの API キーと API シークレット。キー:シークレット の形（ユーザー > 設定 > API アクセス）',
  },
  answers: { mail: true, jobs: true, queue: true, log: true, users: true, schema: true, ...notOffered },
  recordTypes: Object.fromEntries(Object.entries(doctypes).map(([name, [first = '']]) => [name, first])),
  open,
});
