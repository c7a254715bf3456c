import { describe, expect, test } from '@jest/globals';
import { findingsOf, linesOf } from './speaks.ts';

const notify = 'steps:\n  - notify: role:sales\n    message: look\n';
const scheduled = (trigger: string): string => `workflow: w\ntrigger: { on: schedule, ${trigger} }\n${notify}`;
const saved = (rest: string): string => `workflow: w\nobject: Deal\n${rest}`;

describe('schedules that cannot be kept', () => {
  test.each([
    "cron: '0 25 * * *'",
    "cron: '0 9 * *'",
    "cron: '0 0 31 2 *'",
    "cron: '@daily'",
    "at: '25:00'",
    "at: '9'",
    "at: '09:00', dayOfMonth: 32",
    'every: 0min',
    'once: 2027-02-30T09:00',
    "at: '09:00', until: 2027-13-01",
  ])('%s', (trigger) => {
    expect(linesOf('trigger-schedule-invalid', { files: scheduled(`${trigger}, tz: Asia/Tokyo`) })).toEqual([2]);
  });

  test.each([
    "cron: '0 9 * * 1-5'",
    "at: '09:00', dayOfMonth: 31",
    "at: '23:59', days: [sun]",
    'every: 1min',
    'once: 2028-02-29T09:00',
  ])('%s can', (trigger) => {
    expect(linesOf('trigger-schedule-invalid', { files: scheduled(`${trigger}, tz: Asia/Tokyo`) })).toEqual([]);
  });

  test('the wrong part of a cron text is pointed at, where its column is certain', () => {
    const files = `workflow: w\ntrigger:\n  on: schedule\n  cron: 0 25 * * *\n  tz: Asia/Tokyo\n${notify}`;
    const [finding] = findingsOf({ files }).filter(({ rule }) => rule === 'workflow.trigger-schedule-invalid');
    expect(finding).toMatchObject({ line: 4, column: 11, endColumn: 13 });
    expect(finding?.message).toContain('25 is no hour: it goes from 0 to 23');
  });
});

describe('time zones', () => {
  const zoneLines = (trigger: string, schema?: string) =>
    linesOf('trigger-schedule-timezone', { files: scheduled(trigger), ...(schema === undefined ? {} : { schema }) });
  const known = 'schema: crm-schema/v1\ntimeZone: Asia/Tokyo\n';

  test('nowhere, in the trigger, or in the schema file', () => {
    expect(zoneLines("at: '09:00'")).toEqual([2]);
    expect(zoneLines("at: '09:00', tz: Asia/Tokyo")).toEqual([]);
    expect(zoneLines("at: '09:00'", known)).toEqual([]);
    expect(zoneLines("cron: '0 9 * * *'")).toEqual([2]);
  });

  test('moments with an offset and intervals need none', () => {
    expect(zoneLines("once: '2027-01-31T09:00+09:00'")).toEqual([]);
    expect(zoneLines('once: 2027-01-31T09:00')).toEqual([2]);
    expect(zoneLines('every: 4h')).toEqual([]);
  });

  test('an abbreviation is none, and gets the name that was meant', () => {
    const [finding] = findingsOf({ files: scheduled("at: '09:00', tz: JST"), schema: known }).filter(
      ({ rule }) => rule === 'workflow.trigger-schedule-timezone',
    );
    expect(finding?.fix).toMatchObject({ auto: 'suggest', edits: [{ line: 2, text: 'Asia/Tokyo' }] });
    expect(zoneLines("at: '09:00', tz: CST", known)).toEqual([2]);
  });
});

describe('changes of clocks', () => {
  const lines = (trigger: string) => linesOf('trigger-schedule-dst', { files: scheduled(trigger) });

  test.each([
    "at: '02:30', tz: America/New_York",
    "at: '01:30', tz: America/New_York",
    "cron: '30 2 * * 0', tz: Europe/Berlin",
    "cron: '15 2 * * *', tz: Europe/Berlin",
    'once: 2027-03-14T02:30, tz: America/New_York',
    'once: 2031-03-09T02:30, tz: America/New_York',
  ])('%s falls into one', (trigger) => {
    expect(lines(trigger)).toEqual([2]);
  });

  test.each([
    "at: '02:30', tz: Asia/Tokyo",
    "at: '03:00', tz: America/New_York",
    // Clocks are changed on Sundays.
    "at: '02:30', days: [mon, tue], tz: America/New_York",
    "cron: '30 2 * * 1-5', tz: Europe/Berlin",
    "cron: '30 2 * 6 *', tz: Europe/Berlin",
    // What runs all the time misses nothing.
    "cron: '*/15 * * * *', tz: Europe/Berlin",
    "cron: '0 * * * *', tz: Europe/Berlin",
    'every: 1h, tz: Europe/Berlin',
    "once: '2027-03-14T02:30-05:00', tz: America/New_York",
    'once: 2027-03-15T02:30, tz: America/New_York',
  ])('%s does not', (trigger) => {
    expect(lines(trigger)).toEqual([]);
  });
});

describe('what is over', () => {
  const lines = (trigger: string, now = '2026-11-20T09:00:00+09:00') =>
    linesOf('trigger-schedule-past', { files: scheduled(trigger), now });

  test('is over in its zone, and a last day with its last minute', () => {
    expect(lines('once: 2026-11-20T08:59, tz: Asia/Tokyo')).toEqual([2]);
    expect(lines('once: 2026-11-20T09:01, tz: Asia/Tokyo')).toEqual([]);
    expect(lines('once: 2026-11-20T08:59, tz: America/New_York')).toEqual([]);
    expect(lines("once: '2026-11-20T00:59+01:00'")).toEqual([2]);
    expect(lines("at: '09:00', until: 2026-11-19, tz: Asia/Tokyo")).toEqual([2]);
    expect(lines("at: '09:00', until: 2026-11-20, tz: Asia/Tokyo")).toEqual([]);
  });

  test('without a zone, only what is over everywhere', () => {
    expect(lines('once: 2026-11-20T08:00')).toEqual([]);
    expect(lines('once: 2026-11-19T08:00')).toEqual([2]);
  });

  test('what is switched off is not looked at', () => {
    expect(
      linesOf('trigger-schedule-past', { files: `active: false\n${scheduled('once: 2020-01-01T00:00')}` }),
    ).toEqual([]);
  });
});

describe('how wide a start is', () => {
  const open = (rest: string) => linesOf('trigger-no-entry-criteria', { files: saved(`${rest}\n${notify}`) });

  test('every save, with no condition and no field', () => {
    expect(open('trigger: { on: update }')).toEqual([3]);
    expect(open('trigger: { on: save, phase: before }')).toEqual([3]);
    expect(open('trigger: { on: update }\nwhen: []')).toEqual([3]);
  });

  test('new records, watched fields, conditions and "only once" are bounds', () => {
    for (const rest of [
      'trigger: { on: create }',
      'trigger: { on: delete }',
      'trigger: { on: update, fields: [stage] }',
      'trigger: { on: update }\nwhen: { field: stage, eq: Won }',
      'trigger: { on: update, once: true }',
    ])
      expect(open(rest)).toEqual([]);
  });

  const mail = "steps:\n  - mail: { to: '{{record.email}}', subject: Hi, body: Hello }\n";
  const http = 'steps:\n  - http: { url: https://example.co.jp/hook }\n';
  const storm = (rest: string) => linesOf('trigger-import-storm', { files: saved(rest) });

  test('imports: mails and calls for every new record', () => {
    expect(storm(`trigger: { on: create }\n${mail}`)).toEqual([3]);
    expect(storm(`trigger: { on: create }\n${http}`)).toEqual([3]);
    expect(storm(`trigger: { on: create, onImport: false }\n${mail}`)).toEqual([]);
    expect(storm(`trigger: { on: create }\nwhen: { field: source, eq: web }\n${mail}`)).toEqual([]);
    expect(storm(`trigger: { on: update, fields: [stage] }\n${mail}`)).toEqual([]);
    expect(
      storm(
        `trigger: { on: create }\nsteps:\n  - if: { field: source, eq: web }\n    then:\n      - mail: { to: a@example.co.jp, subject: Hi, body: Hello }\n`,
      ),
    ).toEqual([]);
  });
});

describe('the value before the save', () => {
  const lines = (rest: string) => linesOf('trigger-changed-on-create', { files: saved(rest) });

  test('new records have none, in entry conditions and in branches', () => {
    expect(lines(`trigger: { on: create }\nwhen: { field: stage, changed: true }\n${notify}`)).toEqual([4]);
    expect(lines(`trigger: { on: create }\nwhen: { field: prior.stage, eq: Won }\n${notify}`)).toEqual([4]);
    expect(
      lines('trigger: { on: create }\nsteps:\n  - if: { field: stage, was: Open }\n    then: [{ log: x }]\n'),
    ).toEqual([5]);
  });

  test('a wait for a later change, and what also starts on update', () => {
    expect(
      lines(
        'trigger: { on: create }\nsteps:\n  - wait: { for: { field: stage, changed: true }, timeout: 7d }\n  - log: x\n',
      ),
    ).toEqual([]);
    expect(lines(`trigger: { on: save }\nwhen: { field: stage, changed: true }\n${notify}`)).toEqual([]);
  });
});

describe('names of the trigger', () => {
  const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal: { fields: { stage: text, account: { type: reference, to: Account } } }
  Account: { fields: { tier: text }, complete: false }
`;
  const [certain, likely] = [schema, schema.replace('complete: true\n', '')];
  const object = (name: string, of: string) =>
    findingsOf({ files: saved(`trigger: { on: create }\n${notify}`).replace('Deal', name), schema: of }).find(
      ({ rule }) => rule === 'workflow.trigger-unknown-object',
    );

  test('an object that does not exist, and one that is perhaps only not listed', () => {
    expect(object('Deel', certain)).toMatchObject({ severity: 'error', confidence: 'certain', line: 2, column: 9 });
    expect(object('Deel', certain)?.fix.edits).toMatchObject([{ line: 2, column: 9, endColumn: 13, text: 'Deal' }]);
    expect(object('Contract', likely)).toMatchObject({ severity: 'warning', confidence: 'likely' });
    expect(object('User', certain)).toBeUndefined();
  });

  const field = (name: string, of = certain) =>
    linesOf('trigger-unknown-field', {
      files: saved(`trigger: { on: update, fields: [${name}] }\n${notify}`),
      schema: of,
    });

  test('watched fields', () => {
    expect(field('stag')).toEqual([3]);
    expect(field('stage, account.tier, createdAt, owner')).toEqual([]);
    expect(field('account.nothing')).toEqual([3]);
  });
});

describe('records that come back', () => {
  const touch = (then: string, when = '') =>
    linesOf('trigger-date-self-touch', {
      files: saved(`trigger: { on: date, field: modifiedAt, offset: 14d }\n${when}steps:\n${then}`),
    });

  test('a workflow that waits for rest and touches the record', () => {
    expect(touch('  - update: record\n    set: { n: 1 }\n')).toEqual([3]);
    expect(touch('  - assign: queue:idle\n')).toEqual([3]);
  });

  test('other records, texts, and writes that end it', () => {
    expect(touch('  - create: Task\n    set: { n: 1 }\n')).toEqual([]);
    expect(touch('  - update: record\n    set: { status: Idle }\n', 'when: { field: status, eq: Open }\n')).toEqual([]);
    expect(touch('  - update: record\n    set: { status: Open }\n', 'when: { field: status, eq: Open }\n')).toEqual([]);
  });
});

describe('workflows beside each other', () => {
  const two = (one: string, other: string) => `${one}---\n${other}`;
  const writer = (head = '') =>
    `workflow: a\nobject: Deal\n${head}trigger: { on: update, fields: [stage] }\nsteps:\n  - update: record\n    set: { tier: A }\n`;
  const reader = (head = '') =>
    `workflow: b\nobject: Deal\n${head}trigger: { on: save }\nwhen: { field: tier, eq: A }\n${notify}`;
  const order = (files: string) => linesOf('trigger-order-matters', { files }).length;

  test('one writes what the other reads', () => {
    expect(order(two(writer(), reader()))).toBe(1);
    expect(order(two(writer('order: 1\n'), reader('order: 1\n')))).toBe(1);
  });

  test('an order, another object, another phase, or a workflow that is switched off parts them', () => {
    expect(order(two(writer('order: 1\n'), reader('order: 2\n')))).toBe(0);
    expect(order(two(writer(), reader().replace('Deal', 'Case')))).toBe(0);
    expect(order(two(writer(), reader().replace('save }', 'save, phase: before }')))).toBe(0);
    expect(order(two(writer('active: false\n'), reader()))).toBe(0);
    expect(order(two(writer(), reader().replace('tier', 'other')))).toBe(0);
  });

  const tell = (id: string, to = 'role:sales', when = '{ field: stage, eq: Won }') =>
    `workflow: ${id}\nobject: Deal\ntrigger: { on: update, fields: [stage] }\nwhen: ${when}\nsteps:\n  - notify: ${to}\n    message: look\n`;
  const same = (files: string) => linesOf('trigger-duplicate', { files });

  test('the same start, conditions and action', () => {
    expect(same(two(tell('a'), tell('b')))).toEqual([6]);
    expect(same(two(two(tell('a'), tell('b')), tell('c')))).toEqual([6]);
  });

  test('another addressee, condition, start, or one that is off', () => {
    expect(same(two(tell('a'), tell('b', 'role:other')))).toEqual([]);
    expect(same(two(tell('a'), tell('b', 'role:sales', '{ field: stage, eq: Lost }')))).toEqual([]);
    expect(same(two(tell('a'), tell('b').replace('update', 'save')))).toEqual([]);
    expect(same(two(tell('a'), `active: false\n${tell('b')}`))).toEqual([]);
  });

  test('the same action under other decisions', () => {
    const branch = (id: string, value: string) =>
      `workflow: ${id}\nobject: Deal\ntrigger: { on: update, fields: [stage] }\nsteps:\n  - if: { field: kind, eq: ${value} }\n    then: [{ notify: role:sales, message: look }]\n`;
    expect(same(two(branch('a', 'x'), branch('b', 'y')))).toEqual([]);
    expect(same(two(branch('a', 'x'), branch('b', 'x')))).toHaveLength(1);
  });
});

describe('webhooks', () => {
  test.each([
    ['auth: none', [3]],
    ['auth: none, allow: [0.0.0.0/0]', [3]],
    ['auth: none, allow: []', [3]],
    ['auth: none, allow: [203.0.113.7]', []],
    ['auth: signature', []],
  ])('%s', (trigger, lines) => {
    expect(
      linesOf('trigger-webhook-open', {
        files: `workflow: w\nrunAs: user\ntrigger: { on: webhook, ${trigger} }\n${notify}`,
      }),
    ).toEqual(lines);
  });
});
