import { describe, expect, test } from '@jest/globals';
import type { CrmJobsFact } from '../../../checks/crm/jobs.check.ts';
import { crmJobs } from '../../../checks/crm/jobs.check.ts';
import { queueStuck } from '../../../checks/crm/queue-stuck.cause.ts';
import { stoppedJob } from '../../../checks/crm/stopped-job.cause.ts';
import { imapAuth } from '../../../checks/mail/imap-auth.check.ts';
import type { AnyCause } from '../../../src/model/cause.ts';
import type { CrmJob, CrmJobs, CrmQueue } from '../../../src/model/crm/answers.ts';
import type { ImapLoginFact } from '../../../src/model/login-facts.ts';
import { verbatim } from '../../../src/model/text.ts';
import { accountMailbox, ago, crmSubject, factOf, findings, now, place, seen } from './account-evidence.ts';

const job = (over: Partial<CrmJob> = {}): CrmJob => ({
  id: '7',
  name: 'Fetch mail',
  purpose: 'fetch-mail',
  active: true,
  lastRun: ago(4),
  nextRun: ago(-1),
  intervalMs: 5 * 60_000,
  place,
  ...over,
});
/** Runs once a day, and did so. */
const nightly = job({
  id: '8',
  name: 'Clean up',
  purpose: 'other',
  intervalMs: 86_400_000,
  lastRun: ago(300),
  nextRun: ago(-1140),
});
const sending = job({ id: '9', name: 'Send mail', purpose: 'send-mail' });

const jobsOf = (jobs: readonly CrmJob[], over: Partial<CrmJobs> = {}): CrmJobs => ({
  jobs,
  knowsLastRun: true,
  startedBy: verbatim('* * * * * cron.php'),
  ...over,
});
const queueOf = (over: Partial<CrmQueue> = {}): CrmQueue => ({ waiting: 0, failed: 0, messages: [], place, ...over });

const fact = (
  jobs: readonly CrmJob[],
  {
    more = {},
    queue = {},
    ...over
  }: Partial<Omit<CrmJobsFact, 'jobs' | 'queue'>> & { more?: Partial<CrmJobs>; queue?: Partial<CrmQueue> } = {},
): CrmJobsFact => ({
  at: now,
  product: 'Odoo',
  jobs: { kind: 'answered', value: jobsOf(jobs, more) },
  queue: { kind: 'answered', value: queueOf(queue) },
  needed: { incoming: true, outgoing: true },
  meanings: {},
  ...over,
});

const subject = crmSubject();
// Causes of one kind of subject are causes.
const causes = [stoppedJob, queueStuck] as readonly AnyCause[];
const grade = (one: CrmJobsFact) => crmJobs.judge(one, subject).grade;
const told = (one: CrmJobsFact, ...others: Parameters<typeof seen>[2][]) =>
  findings(causes, seen(subject, [factOf(crmJobs, one)], others[0] ?? []), subject);
const summary = (one: CrmJobsFact, ...others: Parameters<typeof seen>[2][]) =>
  told(one, ...others).map(({ id, finding }) => `${id} ${finding.severity}`);

const { lastRun: _ran, nextRun: _next, ...never } = job();
const { lastRun: _ran2, nextRun: _next2, ...neverToo } = sending;

describe('jobs', () => {
  test.each<readonly [string, CrmJobsFact, string, readonly string[]]>([
    ['that run are well', fact([job(), sending, nightly]), 'ok', []],
    ['late by one interval only', fact([job({ nextRun: ago(6), lastRun: ago(11) }), sending]), 'ok', []],
    [
      'late for hours while others run',
      fact([job({ nextRun: ago(300), lastRun: ago(305) }), sending, nightly]),
      'fail',
      ['crm.job-stopped critical'],
    ],
    [
      'a nightly one that is late by an hour',
      fact([job({ intervalMs: 86_400_000, nextRun: ago(60), lastRun: ago(1500) }), sending]),
      'ok',
      [],
    ],
    [
      'all of them late are one cause, and what waits is its symptom',
      fact(
        [job({ nextRun: ago(300), lastRun: ago(305) }), { ...sending, nextRun: ago(300), lastRun: ago(305) }, nightly],
        { queue: { waiting: 12, oldestWaiting: ago(290) } },
      ),
      'fail',
      ['crm.job-stopped critical'],
    ],
    ['none has ever run: one cause', fact([never, neverToo]), 'fail', ['crm.job-stopped critical']],
    [
      'none has run yet because none is due',
      fact([
        { ...never, nextRun: ago(-5) },
        { ...neverToo, nextRun: ago(-9) },
      ]),
      'ok',
      [],
    ],
    ['a CRM that does not know when they ran', fact([never, neverToo], { more: { knowsLastRun: false } }), 'ok', []],
    [
      'a scheduler that the CRM itself takes for dead',
      fact([job(), sending], { more: { scheduler: { alive: false, says: 'cronIsNotConfigured' } } }),
      'fail',
      ['crm.job-stopped critical'],
    ],
    ['switched off', fact([job({ active: false }), sending]), 'fail', ['crm.job-stopped critical']],
    [
      'switched off where nobody needs it',
      fact([job({ active: false }), sending], { needed: { incoming: false, outgoing: true } }),
      'ok',
      [],
    ],
    [
      'switched off beside another one for the same',
      fact([job({ active: false }), job({ id: '70', name: 'Personal' }), sending]),
      'ok',
      [],
    ],
    [
      'switched off, and it is not known whether somebody needs it',
      (() => {
        const { needed: _needed, ...rest } = fact([job({ active: false }), sending]);
        return rest;
      })(),
      'ok',
      [],
    ],
    [
      'running for a day',
      fact([job({ state: 'running', lastRun: ago(1440), nextRun: ago(1435) }), sending]),
      'fail',
      ['crm.job-stopped critical'],
    ],
    ['running for ten minutes', fact([job({ state: 'running', lastRun: ago(10) }), sending]), 'ok', []],
    [
      'failing again and again',
      fact([job({ state: 'failed', failures: 9, says: 'no' }), sending]),
      'fail',
      ['crm.job-stopped critical'],
    ],
    ['failed once', fact([job({ state: 'failed', failures: 1 }), sending]), 'warn', ['crm.job-stopped warning']],
    [
      'a workflow that fails',
      fact([job({ purpose: 'workflow', state: 'failed', failures: 9 }), sending]),
      'warn',
      ['crm.job-stopped warning'],
    ],
    [
      'a job of another kind that fails',
      fact([job({ purpose: 'other', state: 'failed', failures: 9 }), sending]),
      'ok',
      [],
    ],
  ])('%s', (_name, one, expected, expectedCauses) => {
    expect(grade(one)).toBe(expected);
    expect(summary(one)).toEqual(expectedCauses);
  });

  test('what cannot be read is unknown beside a queue that is well; what there is no way to read is skipped', () => {
    const failed = { kind: 'failed', failure: { kind: 'permission', what: 'x', says: 'no' } } as const;
    const none = { kind: 'not-offered', why: verbatim('no way') } as const;
    expect(grade({ ...fact([]), jobs: failed })).toBe('unknown');
    expect(grade({ ...fact([]), jobs: none })).toBe('ok');
    expect(grade({ ...fact([]), jobs: none, queue: none })).toBe('skip');
  });

  test('its words are read: a refused login is named, and how jobs are started where none is', () => {
    const says = "imaplib.error: b'[AUTHENTICATIONFAILED] Authentication failed.'";
    const meanings = { [says]: { cause: 'auth.wrong-credentials', confidence: 0.85 } };
    const [one] = told(fact([job({ state: 'failed', failures: 4, says }), sending], { meanings }));
    expect(one?.en).toContain('the mail server refused the login (auth.wrong-credentials)');
    expect(one?.en).toContain('crm-doctor explain auth.wrong-credentials');
    expect(told(fact([never, neverToo]))[0]?.en).toContain('* * * * * cron.php');
  });
});

const login = (kind: 'accepted' | 'refused'): ImapLoginFact => ({
  username: 'sales@example.co.jp',
  offered: [],
  dialogue: [],
  folder: 'INBOX',
  login: { kind, reply: { code: kind === 'accepted' ? 'OK' : 'NO', text: 'x' }, ms: 1 },
});
const withAccount = (kind: 'accepted' | 'refused', id = '1') => {
  const mailbox = accountMailbox({ id });
  return [{ subject: mailbox, evidence: seen(mailbox, [factOf(imapAuth, login(kind))]) }];
};

describe('a job that fails', () => {
  const failing = fact([job({ state: 'failed', failures: 4, says: 'no', account: '1' }), sending]);

  test('because its account does is told as what follows from it', () => {
    expect(summary(failing, withAccount('refused'))).toEqual(['crm.job-stopped info']);
    expect(told(failing, withAccount('refused'))[0]?.en).toContain('imap imap.example.co.jp:993');
  });

  test('stands by itself where its account works, or where another one fails', () => {
    expect(summary(failing, withAccount('accepted'))).toEqual(['crm.job-stopped critical']);
    expect(told(failing, withAccount('accepted'))[0]?.en).toContain('From here the same account works');
    expect(summary(failing, withAccount('refused', '2'))).toEqual(['crm.job-stopped critical']);
  });
});

describe('the outgoing queue', () => {
  const message = (over: object = {}) => ({
    id: '1',
    state: 'failed' as const,
    since: ago(60),
    says: '554 5.7.1 Relay access denied',
    to: 'customer.example',
    ...over,
  });
  const meanings = {
    '554 5.7.1 Relay access denied': { cause: 'smtp.relay-denied', confidence: 0.9 },
    '550 5.1.1 User unknown': { cause: 'smtp.recipient-refused', confidence: 0.9 },
  };
  const well = [job(), sending];

  test.each<readonly [string, Partial<CrmQueue>, string, readonly string[]]>([
    ['waits for a moment', { waiting: 3, oldestWaiting: ago(20) }, 'ok', []],
    ['waits for hours', { waiting: 3, oldestWaiting: ago(600) }, 'fail', ['crm.queue-stuck critical']],
    ['refused as a whole', { failed: 1, messages: [message()] }, 'fail', ['crm.queue-stuck critical']],
    [
      'refused, and sent again since',
      { failed: 1, messages: [message()], lastSent: ago(5) },
      'warn',
      ['crm.queue-stuck warning'],
    ],
    [
      'one recipient that does not exist',
      { failed: 1, messages: [message({ says: '550 5.1.1 User unknown' })] },
      'warn',
      ['crm.queue-stuck warning'],
    ],
    [
      'two of which nobody knows why',
      { failed: 2, messages: [message({ says: '?' }), message({ says: '?' })] },
      'warn',
      ['crm.queue-stuck warning'],
    ],
    ['old failures', { failed: 40, messages: [message({ since: ago(60 * 24 * 30) })] }, 'ok', []],
  ])('%s', (_name, queue, expected, expectedCauses) => {
    const one = fact(well, { queue, meanings });
    expect(grade(one)).toBe(expected);
    expect(summary(one)).toEqual(expectedCauses);
  });

  test('failures of one kind are one, and one domain is named', () => {
    const messages = [1, 2, 3].map((id) => message({ id: String(id), to: 'Customer.example' }));
    const [one, ...more] = told(fact(well, { queue: { failed: 3, messages }, meanings }));
    expect(more).toEqual([]);
    expect(one?.en).toContain('All of them went to customer.example');
    expect(one?.en).toContain('smtp.relay-denied');
  });

  test('what waits beside a fetching job that stopped is not its symptom', () => {
    const stopped = [job({ nextRun: ago(300), lastRun: ago(305) }), sending, nightly];
    const one = fact(stopped, { queue: { waiting: 3, oldestWaiting: ago(600) } });
    expect(summary(one).toSorted()).toEqual(['crm.job-stopped critical', 'crm.queue-stuck critical']);
  });
});
