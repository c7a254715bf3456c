import { defineConnector } from '../model/crm/connector.ts';
import { openDoor } from './espocrm/door.ts';
import { identify } from './espocrm/identity.ts';
import { jobsOf } from './espocrm/jobs.ts';
import { logOf } from './espocrm/log.ts';
import { mailOf } from './espocrm/mail.ts';
import { queueOf } from './espocrm/queue.ts';
import { readRecords, recordTypes } from './espocrm/records.ts';
import { schemaOf } from './espocrm/schema.ts';
import { usersOf } from './espocrm/users.ts';
import { runsOf, workflowsOf } from './espocrm/workflows.ts';
import { writeAccount } from './espocrm/write.ts';
import { questions } from './questions.ts';
import { objectsIn } from './reading.ts';
import { replied, unlessRefused } from './refusal.ts';

/** EspoCRM 8 to 10; what reads mail accounts and jobs is an administrator's. */
export const espocrm = defineConnector({
  type: 'espocrm',
  aliases: ['espo'],
  name: 'EspoCRM',
  seen: 'documented',
  runtime: 'php',
  needs: ['secret'],
  secretIs: {
    en: "an administrator's password, with crm.username; or an API key, without crm.username, which shows records only",
    ja: '管理者のパスワード（crm.username も指定します）。または API キー（crm.username は指定しません。レコードだけを読み取れます）',
  },
  answers: {
    mail: true,
    jobs: true,
    queue: true,
    log: true,
    users: true,
    schema: true,
    workflows: true,
    runs: true,
  },
  recordTypes,
  open: (access, client) => {
    const door = openDoor(access, client);
    const settings = (signal: AbortSignal) => door.object('/Settings', signal);
    return {
      identity: (signal) => replied(() => identify({ door, settings }, access, client, signal)),
      answer: questions({
        mail: (signal) => replied(async () => mailOf(door, await settings(signal), client, signal)),
        jobs: (signal) =>
          replied(async () => {
            const notices = await unlessRefused(
              () => door.ask({ path: '/Admin/action/adminNotificationList' }, signal),
              ['permission'],
              () => undefined,
            );
            return jobsOf(door, objectsIn(notices?.json), client, access.now, signal);
          }),
        queue: (signal) => replied(() => queueOf(door, client, signal)),
        log: (signal) => replied(() => logOf(door, client, signal)),
        users: (signal) => replied(() => usersOf(door, client, signal)),
        schema: (signal) => replied(async () => schemaOf(door, await settings(signal), client, signal)),
        workflows: (signal) => workflowsOf(door, access, client, signal),
        runs: (signal) => runsOf(door, client, signal),
      }),
      records: (query, signal) => readRecords(door, query, client, signal),
      write: (write, signal) => replied(() => writeAccount(door, write, client, signal)),
    };
  },
});
