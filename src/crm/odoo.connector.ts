import type { CrmAnswers, CrmQuestion } from '../model/crm/answers.ts';
import { type CrmAccess, type CrmClient, type CrmSession, defineConnector } from '../model/crm/connector.ts';
import { definitionsOf } from './odoo/definitions.ts';
import { type OdooDoor, openDoor } from './odoo/door.ts';
import { type OdooFields, odooFields } from './odoo/fields.ts';
import { identityOf } from './odoo/identity.ts';
import { jobsOf } from './odoo/jobs.ts';
import { logOf } from './odoo/log.ts';
import { mailOf } from './odoo/mail.ts';
import { queueOf } from './odoo/queue.ts';
import { recordsOf, recordTypes } from './odoo/records.ts';
import { runsOf } from './odoo/runs.ts';
import { schemaOf } from './odoo/schema.ts';
import { usersOf } from './odoo/users.ts';
import { writeMail } from './odoo/write.ts';
import { type Found, replied } from './refusal.ts';

interface Open {
  readonly door: OdooDoor;
  readonly access: CrmAccess;
  readonly client: CrmClient;
  readonly fields: OdooFields;
  readonly now: Date;
}

type Asking = {
  readonly [Question in Exclude<CrmQuestion, 'identity'>]: (
    open: Open,
    signal: AbortSignal,
  ) => Promise<Found<CrmAnswers[Question]>>;
};

const asking: Asking = {
  mail: (open, signal) => mailOf(open.door, open, signal),
  jobs: (open, signal) => jobsOf(open.door, open, signal),
  queue: (open, signal) => queueOf(open.door, open, signal),
  log: (open, signal) => logOf(open.door, open, signal),
  users: (open, signal) => usersOf(open.door, open, signal),
  schema: (open, signal) => schemaOf(open.door, open, signal),
  workflows: (open, signal) => definitionsOf(open.door, open, signal),
  runs: ({ door }, signal) => runsOf(door, signal),
};

const open = (access: CrmAccess, client: CrmClient): CrmSession => {
  // One login for everything: a refused one is not tried again, and checking a password costs Odoo a second.
  let opened: Promise<Open> | undefined;
  const once = (signal: AbortSignal): Promise<Open> => {
    opened ??= openDoor(access, client, signal).then((door) => ({
      door,
      access,
      client,
      fields: odooFields(door.calls),
      now: access.now(),
    }));
    return opened;
  };
  return {
    identity: (signal) => replied(async () => identityOf((await once(signal)).door, access, client, signal)),
    answer: (question, signal) => replied(async () => asking[question](await once(signal), signal)),
    records: (query, signal) => recordsOf(() => once(signal), query, signal),
    write: (write, signal) => replied(async () => writeMail((await once(signal)).door, write, signal)),
  };
};

/** Odoo 16 to 18 by JSON-RPC, from 19 on by JSON-2. */
export const odoo = defineConnector({
  type: 'odoo',
  name: 'Odoo',
  seen: 'documented',
  runtime: 'python',
  needs: ['secret'],
  secretIs: {
    en: 'an API key of an administrator (preferences > Account Security), or their password',
    ja: '管理者の API キー（個人設定 > アカウントのセキュリティ）またはパスワード',
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
  open,
});
