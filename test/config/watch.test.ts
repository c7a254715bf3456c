import { describe, expect, test } from '@jest/globals';
import { allChecks } from '../../checks/all-checks.ts';
import { syncCheckIds } from '../../src/cli/sync/rows.ts';
import { checkIds } from '../../src/cli/workflow/selection.ts';
import { ConfigError } from '../../src/config/config-error.ts';
import { readConfigText } from '../../src/config/read.ts';
import type { AnyCheck } from '../../src/model/check.ts';
import { kinds, paceOf } from '../../src/reason/watch/paces.ts';

const read = (watch: string, env = {}) => readConfigText(`version: 1\nwatch:\n${watch}`, '/etc/crm-doctor.yaml', env);

const refused = (watch: string): ConfigError => {
  try {
    read(watch);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('it was read');
};

test('everything that the section may hold', () => {
  const { watch } = read(
    `  every: { mail.port: 15m, 'mail.*-auth': 1h, mail.tls: 1d, 'sync.*': ' 30  3 * * *', mail.logs: off, crm.logs: "\${EVERY}" }
  timeZone: Asia/Tokyo
  jitter: 0s
  quietHours: { from: '22:00', to: 7:00, days: [mon, tue], except: critical }
  maintenance:
    - { from: 2026-12-01T22:00:00+09:00, to: 2026-12-02 02:00, note: server move }
    - { cron: '0 2 * * SUN', for: 2h, look: true }
  keep: 30d
`,
    { EVERY: '2h' },
  );
  const minute = 60_000;
  expect(watch).toEqual({
    every: [
      { checks: 'mail.port', pace: { kind: 'interval', ms: 15 * minute } },
      { checks: 'mail.*-auth', pace: { kind: 'interval', ms: 60 * minute } },
      { checks: 'mail.tls', pace: { kind: 'interval', ms: 1440 * minute } },
      { checks: 'sync.*', pace: { kind: 'cron', expression: '30 3 * * *' } },
      { checks: 'mail.logs', pace: { kind: 'never' } },
      { checks: 'crm.logs', pace: { kind: 'interval', ms: 120 * minute } },
    ],
    timeZone: 'Asia/Tokyo',
    jitterMs: 0,
    quietHours: [{ from: 1320, to: 420, days: ['mon', 'tue'], except: 'critical' }],
    maintenance: [
      { kind: 'once', from: '2026-12-01T22:00:00+09:00', to: '2026-12-02 02:00', look: false, note: 'server move' },
      { kind: 'recurring', cron: '0 2 * * SUN', forMs: 120 * minute, look: true },
    ],
    keepMs: 30 * 1440 * minute,
  });
});

test('without the section, nothing is said of it', () => {
  expect(readConfigText('version: 1\n', '/etc/crm-doctor.yaml', {}).watch).toBeUndefined();
});

describe('what cannot be meant is told with its line and what is allowed', () => {
  test.each<[string, string, number, string, string]>([
    [
      'a typing fault',
      '  every: { mail.prot: 5m }',
      3,
      'no check is called mail.prot; did you mean mail.port?',
      'mail.port の間違い',
    ],
    [
      'a login every minute',
      '  every:\n    mail.port: 1m\n    mail.imap-auth: 4m',
      5,
      'more often than every 5 minutes (mail.imap-auth)',
      'ロックされる',
    ],
    [
      'a glob that has logins in it',
      "  every:\n    'mail.*': 1m",
      4,
      'mail.smtp-auth, mail.imap-auth, mail.pop3-auth, mail.quota',
      'ロックされる',
    ],
    ['a login by cron', "  every: { 'crm.*': '*/2 * * * *' }", 3, 'crm.connect', 'crm.connect'],
    [
      'a step that leaves too little at the full hour',
      "  every: { mail.quota: '*/7 * * * *' }",
      3,
      'mail.quota',
      'mail.quota',
    ],
    ['seconds', '  every: { mail.port: 30s }', 3, 'allowed: 1m or more', '1m 以上'],
    ['a number', '  every: { mail.port: 15 }', 3, 'write 15m for minutes', '15m と書いて'],
    [
      'words',
      '  every: { mail.port: daily }',
      3,
      "a duration such as 15m, a cron expression such as '30 3 * * *', or off",
      'cron 式、または off',
    ],
    [
      'four fields',
      "  every: { 'sync.*': '30 3 * *' }",
      3,
      'has 5 fields (minute, hour, day, month, day of the week), this one has 4',
      '4 個あります',
    ],
    [
      'hour 25',
      "  every: { 'sync.*': '30 25 * * *' }",
      3,
      'the hour 25 of this cron expression cannot be used; allowed: 0–23',
      '「時」の欄にある 25 は',
    ],
    ['a name of another field', "  every: { 'sync.*': '30 3 * mon *' }", 3, 'the month mon', '1～12、jan～dec'],
    ['30 February', "  every: { 'sync.*': '0 0 30 2 *' }", 3, 'never has its turn', 'その日がない'],
    ['a zone that is none', '  timeZone: Asia/Tokio', 3, 'did you mean Asia/Tokyo', 'Asia/Tokyo'],
    ['a time of day', "  quietHours: { from: '25:00', to: '07:00' }", 3, "a time of day such as '22:00'", '22:00'],
    [
      'hours of no length',
      "  quietHours: { from: '07:00', to: '07:00' }",
      3,
      'begin and end at the same time',
      '同じ時刻',
    ],
    [
      'the second of several',
      "  quietHours:\n    - { from: '22:00', to: '07:00' }\n    - { from: '00:00', to: '0:00' }",
      5,
      'watch.quietHours[1]',
      '終日',
    ],
    [
      'a week without a minute',
      "  quietHours: { from: '00:00', to: '24:00' }",
      3,
      'nothing would ever be told',
      '何も通知されません',
    ],
    [
      'a day that is none',
      "  quietHours: { from: '0:00', to: '1:00', days: [monday] }",
      3,
      'allowed: sun, mon, tue',
      '使える値',
    ],
    [
      'an end before the beginning',
      '  maintenance: [{ from: 2026-12-02T00:00Z, to: 2026-12-02T08:00+09:00 }]',
      3,
      'ends before it begins',
      '終了が開始より前',
    ],
    ['an end alone', '  maintenance: [{ to: 2026-12-02T00:00Z }]', 3, 'exactly one of from, cron', 'どれか 1 つ'],
    ['a beginning alone', '  maintenance: [{ from: 2026-12-02T00:00Z }]', 3, 'the key to is missing', '必須のキー to'],
    ['no length', "  maintenance: [{ cron: '0 2 * * 0', for: 0s }]", 3, 'takes no time', '長さが 0'],
    [
      'a date alone',
      '  maintenance: [{ from: 2026-12-02, to: 2026-12-03 }]',
      3,
      'a date and time such as',
      'のような日時',
    ],
    [
      'a day that the calendar does not have',
      '  maintenance: [{ from: 2026-02-30T00:00Z, to: 2026-12-03T00:00Z }]',
      3,
      'a date and time such as',
      'のような日時',
    ],
  ])('%s', (_, watch, line, en, ja) => {
    const error = refused(watch);
    expect(error.line).toBe(line);
    expect(error.text.en).toContain(en);
    expect(error.text.ja).toContain(ja);
  });
});

test('a login that has a pace of its own may stand under a glob that is quicker', () => {
  const { watch } = read(
    "  every: { 'mail.*': 1m, 'mail.*-auth': 1h, mail.quota: 1h, mail.round-trip: off, mail.versions: 1d, mail.clock: 1d }",
  );
  expect(watch?.every).toHaveLength(6);
});

test('a week that is quiet but for critical news is one', () => {
  const { watch } = read("  quietHours: { from: '00:00', to: '24:00', except: critical }");
  expect(watch?.quietHours).toHaveLength(1);
});

test('a variable of the section that is not set is no business of another command', () => {
  const text =
    'version: 1\nwatch: { every: { mail.port: "${NONE}" }, maintenance: [{ from: "${NONE}", to: "${NONE}" }] }';
  expect(readConfigText(text, '/etc/crm-doctor.yaml', {}, { uses: ['mail'] }).watch).toBeUndefined();
  expect(() => readConfigText(text, '/etc/crm-doctor.yaml', {})).toThrow('NONE');
});

test('of several globs the most specific one counts, whatever their order', () => {
  const pace = (ms: number) => ({ kind: 'interval', ms }) as const;
  const every = [
    { checks: 'mail.imap-auth', pace: pace(1) },
    { checks: 'mail.*-auth', pace: pace(2) },
    { checks: 'mail.*', pace: pace(3) },
    { checks: '*', pace: pace(4) },
  ];
  for (const rules of [every, every.toReversed()]) {
    const paces = ['mail.imap-auth', 'mail.smtp-auth', 'mail.port', 'crm.jobs'].map((id) => paceOf(rules, id));
    expect(paces).toEqual([pace(1), pace(2), pace(3), pace(4)]);
  }
});

describe('the table of kinds', () => {
  const known = new Map(kinds.map((kind) => [kind.checks, kind]));

  test('has every check that there is, and no other', () => {
    const ids = [...allChecks.map(({ id }) => id), ...syncCheckIds, ...checkIds];
    expect([...known.keys()].toSorted()).toEqual([...new Set(ids)].toSorted());
  });

  test('knows of every check whether it or what it needs logs in', () => {
    const needed = (check: AnyCheck): readonly AnyCheck[] => [check, ...check.needs.flatMap(needed)];
    // A CRM is asked by its API, which is a login; its logs and backups are files.
    const asks = ({ id, costly }: AnyCheck) => costly || (id.startsWith('crm.') && !/logs|backups/.test(id));
    for (const check of allChecks) {
      const expected = needed(check).some(asks);
      if (expected) expect([check.id, known.get(check.id)?.logsIn]).toEqual([check.id, true]);
    }
    expect(known.get('mail.port')?.logsIn).toBe(false);
  });
});
