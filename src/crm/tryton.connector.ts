import { type CrmAccess, type CrmClient, type CrmSession, defineConnector } from '../model/crm/connector.ts';
import type { Text } from '../model/text.ts';
import { questions } from './questions.ts';
import { identify } from './tryton/identity.ts';
import { readJobs } from './tryton/jobs.ts';
import { readMail } from './tryton/mail.ts';
import { readRecords, recordTypes } from './tryton/records.ts';
import { openRpc } from './tryton/rpc.ts';
import { readRuns } from './tryton/runs.ts';
import { readSchema } from './tryton/schema.ts';
import { readUsers } from './tryton/users.ts';
import { readWorkflows } from './tryton/workflows.ts';

const notOffered = {
  queue: {
    en: 'Tryton keeps no queue of mail: it sends at the end of the change that causes the mail, once, and a failure is only in the log of trytond (crm.logs)',
    ja: 'Tryton にはメールの送信待ちがありません。きっかけとなった変更の保存時に 1 回だけ送信し、失敗は trytond のログ（crm.logs）にだけ残ります',
  },
  log: {
    en: 'the API does not hand out the log: name the file that trytond writes (--logconf; on Debian /var/log/tryton/trytond.log) under crm.logs',
    ja: 'API ではログを取得できません。trytond のログファイル（--logconf で指定。Debian では /var/log/tryton/trytond.log）を crm.logs に指定してください',
  },
} as const satisfies Readonly<Record<string, Text>>;

const open = (access: CrmAccess, client: CrmClient): CrmSession => {
  const rpc = openRpc(access, client);
  return {
    identity: (signal) => identify(rpc, access, signal),
    answer: questions({
      ...notOffered,
      mail: (signal) => readMail(access, client.printable, signal),
      jobs: (signal) => readJobs(rpc, access.now(), signal),
      users: (signal) => readUsers(rpc, signal),
      schema: (signal) => readSchema(rpc, signal),
      workflows: (signal) => readWorkflows(rpc, access, signal),
      runs: (signal) => readRuns(rpc, signal),
    }),
    records: (query, signal) => readRecords(rpc, query, signal),
    close: rpc.logout,
  };
};

export const tryton = defineConnector({
  type: 'tryton',
  name: 'Tryton',
  seen: 'live',
  runtime: 'python',
  needs: ['database', 'username', 'secret'],
  secretIs: {
    en: 'the password of a user in the group Administration',
    ja: 'Administration グループのユーザーのパスワード',
  },
  answers: { mail: true, jobs: true, users: true, schema: true, workflows: true, runs: true, ...notOffered },
  recordTypes,
  open,
});
