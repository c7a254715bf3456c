import { describe, expect, test } from '@jest/globals';
import { logWitness } from '../../../checks/logs/log-says.ts';
import { onlyInLogs } from '../../../checks/logs/only-in-logs.ts';
import { imapAuth } from '../../../checks/mail/imap-auth.check.ts';
import { mailLogs } from '../../../checks/mail/logs.check.ts';
import { allCauses } from '../../../checks/registry.ts';
import type { AnyCause } from '../../../src/model/cause.ts';
import { evidenceOf, keyOf } from '../../../src/model/check.ts';
import type { LogCauseFact, LogSearch, LogsFact } from '../../../src/model/log-facts.ts';
import { subjectOf } from '../../../src/model/mailbox.ts';
import type { Outcome } from '../../../src/model/outcome.ts';
import { noWorld } from '../../engine.ts';

const subject = subjectOf(
  {
    address: 'sales@aozora.test',
    password: { secret: 'mail.password' },
    smtp: { host: 'smtp.aozora.test', port: 587 },
    imap: { host: 'imap.aozora.test', port: 993, username: 'crm7' },
    logs: ['/var/log/mail.log'],
  },
  false,
);

const row = (cause: string, more: Partial<LogCauseFact> = {}): LogCauseFact => ({
  cause,
  confidence: 0.85,
  count: 14,
  current: 12,
  first: '2026-11-24T09:00:00.000Z',
  last: '2026-11-24T11:30:00.000Z',
  samples: [{ file: '/var/log/mail.log', line: 7, at: '2026-11-24T11:30:00.000Z', text: 'the line itself' }],
  hosts: [],
  mailboxes: [],
  ...more,
});

const fact = (more: Partial<LogsFact> = {}): LogsFact => ({
  at: '2026-11-24T12:00:00.000Z',
  since: '2026-11-22T12:00:00.000Z',
  files: [{ name: '/var/log/mail.log', bytes: 9, lines: 3, cut: false }],
  causes: [],
  hidden: [],
  unknown: { lines: 0, shapes: [] },
  versions: [],
  succeeded: {},
  ...more,
});

const seen = (value: LogsFact) => {
  const outcome: Outcome<LogsFact> = { kind: 'observed', fact: value, verdict: mailLogs.judge(value, subject) };
  return evidenceOf(new Map([[keyOf(mailLogs, subject), outcome]]), subject);
};

describe('mail.logs', () => {
  const missing = { name: '/var/log/gone.log', bytes: 0, lines: 0, cut: false, error: { kind: 'missing', detail: '' } };
  const live = row('auth.wrong-credentials');
  const alone = row('crm.job-stopped');
  const hidden = { by: 'PHPMailer', count: 2, current: 2, samples: [] };
  test.each<[string, Partial<LogsFact>, string]>([
    ['no fault', {}, 'ok'],
    ['error lines that no pattern knows', { unknown: { lines: 4, shapes: ['x'] } }, 'ok'],
    ['a fault that is over', { causes: [row('auth.wrong-credentials', { current: 0 })] }, 'ok'],
    ['one that the live checks decide', { causes: [live] }, 'warn'],
    ['one that only a log shows', { causes: [live, alone] }, 'fail'],
    ['a program that hides the reply', { hidden: [hidden] }, 'warn'],
    ['a file that cannot be read', { files: [missing] }, 'unknown'],
    ['a file that cannot be read beside a fault of another', { files: [missing], causes: [live] }, 'unknown'],
    ['and beside one that only a log shows', { files: [missing], causes: [alone] }, 'fail'],
    ['empty files', { files: [{ name: 'a', bytes: 0, lines: 0, cut: false }] }, 'skip'],
  ])('%s', (_name, more, grade) => expect(mailLogs.judge(fact(more), subject)).toMatchObject({ grade }));

  test('asks for what is recent, for longer where the last good run is older, and names the mailbox', async () => {
    const asked: LogSearch[] = [];
    const run = (at: string | undefined) =>
      mailLogs.probe(
        subject,
        {
          ...noWorld,
          history: {
            ...noWorld.history,
            lastGood: async () => (at === undefined ? undefined : { run: 'r', at, fact: {} }),
          },
          logs: {
            ...noWorld.logs,
            read: async (search) => {
              asked.push(search);
              return fact();
            },
          },
        },
        new AbortController().signal,
      );
    for (const at of [undefined, '2026-11-23T23:00:00Z', '2026-11-20T00:00:00Z', '2026-01-01T00:00:00Z', 'rubbish'])
      await run(at);
    expect(asked.map(({ since }) => since.slice(0, 10))).toEqual([
      '2026-11-22',
      '2026-11-22',
      '2026-11-20',
      '2026-11-17',
      '2026-11-22',
    ]);
    expect(asked[0]).toMatchObject({
      files: ['/var/log/mail.log'],
      about: {
        addresses: ['sales@aozora.test'],
        logins: ['sales@aozora.test', 'crm7'],
        hosts: ['smtp.aozora.test', 'imap.aozora.test'],
      },
    });
  });

  test('is absent where no log is configured', () => {
    expect(mailLogs.present(subjectOf({ address: 'a@b.test' }, false))).toBe(false);
  });
});

test('a job that fails beside a login that works is named, and nothing where the login fails too', () => {
  const cause = allCauses.find(({ id, on }) => id === 'crm.test-passes-job-fails' && on === 'mail');
  const logged = fact({ causes: [row('crm.test-passes-job-fails')] });
  const withLogin = (kind: 'accepted' | 'refused') => {
    const login = {
      username: 'x',
      offered: [],
      dialogue: [],
      folder: 'INBOX',
      login: { kind, reply: { code: 'OK', text: '' }, ms: 1 },
    };
    const outcomes = new Map<string, Outcome<unknown>>([
      [keyOf(mailLogs, subject), { kind: 'observed', fact: logged, verdict: mailLogs.judge(logged, subject) }],
      [keyOf(imapAuth, subject), { kind: 'observed', fact: login, verdict: { grade: 'ok' } }],
    ]);
    return cause?.explain(evidenceOf(outcomes, subject), subject).length;
  };
  expect([withLogin('accepted'), withLogin('refused')]).toEqual([1, 0]);
});

describe('causes that only a log shows', () => {
  const causeOf = (id: string): AnyCause => {
    const cause = allCauses.find((one) => one.id === id && one.on === 'mail');
    if (!cause) throw new Error(`${id} is in onlyInLogs and there is no such cause`);
    return cause;
  };

  test.each([...onlyInLogs])('%s is named from its lines, and not once they are over', (id) => {
    const cause = causeOf(id);
    const [finding, ...more] = cause.explain(seen(fact({ causes: [row(id)] })), subject);
    expect(more).toEqual([]);
    expect(finding?.evidence).toMatchObject([{ check: { id: 'mail.logs' } }]);
    expect(finding?.evidence[0]?.says.en).toContain('/var/log/mail.log:7: the line itself');
    const because = cause.because(finding?.detail, []);
    expect(because.en).toContain('12 times from 2026-11-24 09:00 UTC');
    expect(because.ja).toContain('12 回');
    expect(cause.steps(finding?.detail, []).length).toBeGreaterThan(1);
    expect(cause.explain(seen(fact({ causes: [row(id, { current: 0 })] })), subject)).toEqual([]);
    expect(cause.explain(seen(fact({ causes: [row('smtp.greylisted')] })), subject)).toEqual([]);
  });

  test.each<[string, Partial<LogCauseFact>, readonly string[]]>([
    ['the kind of what failed', { kind: 'fetch' }, ['imap imap.aozora.test:993']],
    ['the server that the line names', { hosts: ['SMTP.aozora.test'] }, ['smtp smtp.aozora.test:587']],
    ['neither', {}, ['/var/log/mail.log']],
  ])('what suffers is told by %s', (_name, more, affects) => {
    const [finding] = causeOf('crm.job-stopped').explain(
      seen(fact({ causes: [row('crm.job-stopped', more)] })),
      subject,
    );
    expect(finding?.affects).toEqual(affects);
  });

  test('to a cause of the live checks the logs are a witness', () => {
    const evidence = seen(fact({ causes: [row('auth.wrong-credentials')] }));
    expect(logWitness('auth.wrong-credentials', evidence, subject)).toMatchObject([
      {
        check: { id: 'mail.logs' },
        says: { en: expect.stringContaining('12 times'), ja: expect.stringContaining('12 回') },
      },
    ]);
    expect(logWitness('auth.missing', evidence, subject)).toEqual([]);
  });
});
