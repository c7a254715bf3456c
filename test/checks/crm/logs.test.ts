import { describe, expect, test } from '@jest/globals';
import { loggedInCrm } from '../../../checks/crm/logged.cause.ts';
import type { CrmLogsFact } from '../../../checks/crm/logs.check.ts';
import { crmLogs, onlyInCrmLogs } from '../../../checks/crm/logs.check.ts';
import { stoppedJob } from '../../../checks/crm/stopped-job.cause.ts';
import { allCauses } from '../../../checks/registry.ts';
import { siftLines } from '../../../src/logs/sift.ts';
import type { AnyCause } from '../../../src/model/cause.ts';
import type { CrmLog } from '../../../src/model/crm/answers.ts';
import type { LogCauseFact, LogSearch, LogsFact } from '../../../src/model/log-facts.ts';
import { verbatim } from '../../../src/model/text.ts';
import { noWorld } from '../../engine.ts';
import { crmSubject, factOf, findings, now, seen } from './account-evidence.ts';

const row = (cause: string, over: Partial<LogCauseFact> = {}): LogCauseFact => ({
  cause,
  confidence: 0.9,
  count: 4,
  current: 4,
  first: '2026-11-24T09:00:00.000Z',
  last: '2026-11-24T11:00:00.000Z',
  samples: [{ file: 'ir.logging', at: '2026-11-24T11:00:00.000Z', text: 'the line itself' }],
  hosts: [],
  mailboxes: [],
  ...over,
});

const logs = (over: Partial<LogsFact> = {}): LogsFact => ({
  at: now,
  since: '2026-11-22T12:00:00.000Z',
  files: [{ name: 'ir.logging', bytes: 10, lines: 4, cut: false }],
  causes: [],
  hidden: [],
  unknown: { lines: 0, shapes: [] },
  versions: [],
  succeeded: {},
  ...over,
});
const limit = { en: 'failures of fetching are not in it', ja: '受信の失敗は記録されません' };
const read = (over: Partial<LogsFact> = {}): CrmLogsFact => ({
  api: { kind: 'read', found: logs(over), limits: [limit] },
});
const subject = crmSubject();
const judged = (fact: CrmLogsFact) => crmLogs.judge(fact, subject);

describe('the log of the CRM', () => {
  test('without a fault says what it cannot show, so that silence is not taken for health', () => {
    const verdict = judged(read());
    expect(verdict).toMatchObject({ grade: 'ok', note: { en: expect.stringContaining(limit.en) } });
    expect(judged(read({ files: [] }))).toMatchObject({
      grade: 'skip',
      symptom: { en: expect.stringContaining('proves nothing') },
    });
    expect(crmLogs.shown?.(read())).toEqual([limit]);
  });

  test.each<readonly [string, CrmLogsFact, string]>([
    ['a fault that only a log shows', read({ causes: [row('crm.parser-crash')] }), 'fail'],
    ['one that is over', read({ causes: [row('crm.parser-crash', { current: 0 })] }), 'ok'],
    ['one that the accounts decide', read({ causes: [row('auth.wrong-credentials')] }), 'warn'],
    [
      'one in a file beside an API that has none',
      { ...read(), files: logs({ causes: [row('crm.job-stopped')] }) },
      'fail',
    ],
    [
      'a file that cannot be read',
      {
        ...read(),
        files: logs({
          files: [{ name: '/var/log/x', bytes: 0, lines: 0, cut: false, error: { kind: 'denied', detail: '' } }],
        }),
      },
      'unknown',
    ],
    ['no way to it', { api: { kind: 'not-offered', why: verbatim('no way') } }, 'skip'],
    ['no permission', { api: { kind: 'failed', failure: { kind: 'permission', what: 'x', says: 'no' } } }, 'unknown'],
    [
      'a CRM that does not answer beside a file that is well',
      { api: { kind: 'failed', failure: { kind: 'unreachable', what: 'x', says: 'no' } }, files: logs() },
      'ok',
    ],
  ])('%s', (_name, fact, expected) => expect(judged(fact).grade).toBe(expected));

  test.each([...onlyInCrmLogs])('%s is named for the CRM from its lines, and not once they are over', (id) => {
    const own = allCauses.filter((cause) => cause.id === id && cause.on === 'crm');
    expect(own.length).toBe(1);
    const with_ = (causes: readonly LogCauseFact[]) =>
      findings(own, seen(subject, [factOf(crmLogs, read({ causes }))]), subject);
    const [one, ...more] = with_([row(id)]);
    expect(more).toEqual([]);
    expect(one?.finding.affects).toEqual(['crm:odoo']);
    expect(one?.en).toContain('the line itself');
    expect(with_([row(id, { current: 0 })])).toEqual([]);
  });

  test('the causes are those of the list', () => {
    const named = [...loggedInCrm, stoppedJob].map(({ id }) => id);
    expect(named.filter((id) => !onlyInCrmLogs.has(id))).toEqual([]);
    const causes: readonly AnyCause[] = allCauses;
    expect(causes.length).toBeGreaterThan(100);
  });

  test('is asked of the API, the oldest first, and read from every file that is named', async () => {
    const searches: LogSearch[] = [];
    const log: CrmLog = {
      lines: [
        { at: '2026-11-24T11:00:00Z', level: 'error', source: 'ir.logging', text: 'newest' },
        { at: '2026-11-24T10:00:00Z', level: 'error', source: 'ir.logging', text: 'oldest' },
      ],
      limits: [limit],
    };
    const sifted: string[] = [];
    const about = { ...subject, config: { ...subject.config, logs: ['/var/log/odoo.log'] } };
    const fact = await crmLogs.probe(
      about,
      {
        ...noWorld,
        clock: { now: () => new Date(now) },
        // One question is asked, and this is its answer.
        crm: { ...noWorld.crm, ask: async () => ({ kind: 'answered', value: log }) as never },
        logs: {
          ...noWorld.logs,
          read: async (search) => {
            searches.push(search);
            return logs();
          },
          sift: async (lines, since) => {
            sifted.push(...lines.map(({ text }) => text));
            return siftLines(lines, since, new Date(now));
          },
        },
      },
      new AbortController().signal,
    );
    expect(sifted).toEqual(['oldest', 'newest']);
    expect(searches).toMatchObject([{ files: ['/var/log/odoo.log'], about: { everybody: true } }]);
    expect(fact).toMatchObject({ api: { kind: 'read', limits: [limit] } });
  });
});
