import { describe, expect, test } from '@jest/globals';
import { nativeYaml } from '../../../src/workflow/native.importer.ts';
import { bare, imported, only, said, withKeys } from './read.ts';

const triggered = (trigger: string): string => `workflow: w\nobject: Deal\ntrigger: ${trigger}\nsteps: [{ log: x }]\n`;

describe('triggers', () => {
  test.each<[string, object]>([
    [
      '{ on: create }',
      { on: 'create', phase: 'after', onImport: true, once: false, becomesTrue: false, to: { to: '1' } },
    ],
    [
      '{ on: update, phase: before, fields: [stage, amount] }',
      { on: 'update', phase: 'before', watch: [{ name: 'stage' }, { name: 'amount' }] },
    ],
    [
      '{ on: save, phase: async, fields: stage, onImport: false }',
      { on: 'save', phase: 'async', watch: [{ name: 'stage' }], onImport: false },
    ],
    ['{ on: delete, once: true, whenBecomesTrue: true }', { on: 'delete', once: true, becomesTrue: true }],
    [
      "{ on: schedule, cron: '0 9 * * 1-5', tz: Asia/Tokyo, until: 2027-12-31 }",
      {
        on: 'schedule',
        schedule: {
          timing: { kind: 'cron', text: '0 9 * * 1-5' },
          zone: { name: 'Asia/Tokyo' },
          until: { name: '2027-12-31' },
        },
      },
    ],
    [
      "{ on: schedule, at: '09:00', days: [mon, fri] }",
      { schedule: { timing: { kind: 'at', time: '09:00', days: ['mon', 'fri'] } } },
    ],
    ["{ on: schedule, at: '09:00', dayOfMonth: 31 }", { schedule: { timing: { kind: 'at', dayOfMonth: 31 } } }],
    ['{ on: schedule, at: 09:00, days: mon }', { schedule: { timing: { kind: 'at', time: '09:00', days: ['mon'] } } }],
    [
      '{ on: schedule, every: 15min }',
      { schedule: { timing: { kind: 'every', every: { amount: 15, unit: 'minute' } } } },
    ],
    ['{ on: schedule, once: 2027-01-31T09:00 }', { schedule: { timing: { kind: 'once', at: '2027-01-31T09:00' } } }],
    [
      "{ on: date, field: renewalDate, offset: -7d, at: '09:00', tz: Asia/Tokyo }",
      {
        on: 'date',
        date: { field: { name: 'renewalDate' }, offset: { amount: -7, unit: 'day' }, at: '09:00' },
        schedule: { timing: { kind: 'at', time: '09:00' }, zone: { name: 'Asia/Tokyo' } },
      },
    ],
    ['{ on: date, field: renewalDate }', { date: { field: { name: 'renewalDate' } } }],
    [
      '{ on: webhook, auth: secret, allow: [203.0.113.0/24] }',
      { on: 'webhook', auth: 'secret', allow: ['203.0.113.0/24'] },
    ],
    ['{ on: manual }', { on: 'manual' }],
    ['{ on: manual, roles: [sales] }', { roles: [{ name: 'sales' }] }],
    ['{ on: manual, roles: [] }', { roles: [] }],
    ['{ on: call }', { on: 'call' }],
  ])('%s', (trigger, expected) => {
    expect(said(triggered(trigger))).toEqual([]);
    expect(bare(only(triggered(trigger)).triggers[0])).toMatchObject(expected);
  });

  test.each([
    ['{ on: updated }', ['trigger-invalid-enum 3:16 on → update']],
    ['{ on: sometimes }', ['trigger-invalid-enum 3:16 on → create']],
    ['{ phase: before }', ['parse-value 3:10']],
    ['update', ['parse-value 3:10']],
    ['{ on: create, phase: During }', ['parse-value 3:31']],
    ['{ on: create, cron: x }', ['parse-unknown-key 3:24']],
    ['{ on: create, feilds: [a] }', ['parse-unknown-key 3:24']],
    ['{ on: create, onImport: no }', ['parse-value 3:34']],
    ['{ on: schedule }', ['parse-value 3:10']],
    ["{ on: schedule, cron: '0 9 * * *', every: 1d }", ['parse-value 3:45']],
    ['{ on: schedule, every: sometimes }', ['parse-value 3:33']],
    ["{ on: schedule, at: '09:00', days: [monday] }", ['parse-value 3:46']],
    ['{ on: schedule, at: [1] }', ['parse-value 3:30']],
    ['{ on: date }', ['parse-value 3:10']],
    ['{ on: date, field: a, offset: week }', ['parse-value 3:40']],
    ['{ on: webhook }', ['parse-value 3:10']],
    ['{ on: webhook, auth: password }', ['parse-value 3:31']],
    ['', ['trigger-missing 3:1 trigger']],
  ])('%s is told', (trigger, problems) => {
    expect([...said(triggered(trigger))].toSorted()).toEqual(problems);
  });

  test('a trigger that cannot be understood starts the steps all the same', () => {
    expect(only(triggered('{ on: updated }')).triggers[0]).toMatchObject({ on: 'event', to: { to: '1' } });
  });

  test.each([
    ['create', 'record', 'user'],
    ['schedule, every: 1d', 'scheduled', 'system'],
    ['date, field: a', 'scheduled', 'system'],
    ['webhook, auth: none', 'webhook', 'system'],
    ['manual', 'manual', 'user'],
    ['call', 'called', 'user'],
  ])('on: %s is of the kind %s and runs as %s', (on, kind, runAs) => {
    expect(only(triggered(`{ on: ${on} }`))).toMatchObject({
      kind,
      runAs: { kind: runAs },
      runAsStated: false,
      runAsChoosable: true,
    });
  });

  test('its place is where the key begins', () => {
    expect(only(triggered('{ on: create }')).triggers[0]?.place).toMatchObject({ line: 3, column: 1 });
  });
});

describe('further keys', () => {
  test.each<[string, object]>([
    ['label: a', { label: { en: 'a', ja: 'a' } }],
    ['label: { ja: あ }', { label: { ja: 'あ' } }],
    ['description: d', { description: 'd' }],
    ['active: false', { status: 'inactive', statusPlace: { line: 6, column: 9 } }],
    ['active: true', { status: 'active' }],
    ['owner: tanaka', { owner: { name: 'tanaka', place: { line: 6, column: 8 } } }],
    ['owner: 0123', { owner: { name: '0123' } }],
    ['runAs: system', { runAs: { kind: 'system' }, runAsStated: true, runAsPlace: { line: 6, column: 1 } }],
    ['runAs: { user: api }', { runAs: { kind: 'principal', of: 'user', id: 'api', place: { line: 6, column: 16 } } }],
    ['runAs: { role: sales }', { runAs: { of: 'role', id: 'sales' } }],
    ['order: 10', { order: 10 }],
    ['onError: [{ log: y }]', { onError: { to: 'onError.1' } }],
    ['onError: []', {}],
  ])('%s', (key, expected) => {
    const workflow = withKeys(key);
    expect(workflow).toMatchObject(expected);
    expect(workflow.defects).toEqual([]);
  });

  test.each([
    ['lable: a', ['parse-unknown-key 6:1']],
    ['label: { fr: a }', ['parse-unknown-key 6:10']],
    ['label: [a]', ['parse-value 6:8']],
    ['active: yes', ['parse-value 6:9']],
    ['runAs: admin', ['parse-value 6:8']],
    ['runAs: { user: a, role: b }', ['parse-value 6:8']],
    ['order: first', ['parse-value 6:8']],
    ['onError: log', ['parse-value 6:10']],
    ['inputs: [a]', ['parse-value 6:9']],
    ['inputs: { a: { typ: text } }', ['parse-unknown-key 6:16']],
    ['vars: { a: { type: txt } }', ['parse-value 6:20']],
    ['vars: { a: { type: text, required: true } }', ['parse-unknown-key 6:26']],
    ['outputs: [nothing]', ['parse-value 6:11']],
    ['when: x', ['parse-value 6:7']],
  ])('%s is told', (key, problems) => {
    expect(said(`workflow: w\nobject: Deal\ntrigger: { on: update }\nsteps:\n  - log: x\n${key}`)).toEqual(problems);
  });
});

describe('variables', () => {
  test('declared, given, made by let, and given back', () => {
    const text = [
      'workflow: w',
      'trigger: { on: call }',
      'inputs: { id: { type: text, required: true }, note: text }',
      'vars: { n: { type: number, default: 0 }, r: record, free: }',
      'outputs: [n, made]',
      'steps: [{ let: { made: 1, n: 2, other: 3 } }]',
    ].join('\n');
    expect(said(text)).toEqual([]);
    expect(bare(only(text).variables)).toEqual([
      { name: 'id', type: 'text', list: false, input: true, output: false, required: true },
      { name: 'note', type: 'text', list: false, input: true, output: false, required: false },
      {
        name: 'n',
        type: 'number',
        list: false,
        input: false,
        output: true,
        required: false,
        default: { kind: 'literal', value: 0 },
      },
      { name: 'r', type: 'record', list: false, input: false, output: false, required: false },
      { name: 'free', list: false, input: false, output: false, required: false },
      { name: 'made', list: false, input: false, output: true, required: false },
      { name: 'other', list: false, input: false, output: false, required: false },
    ]);
  });
});

describe('the workflow itself', () => {
  test.each([
    ['without an id', 'object: Deal\ntrigger: { on: create }\nworkflow:', ['parse-value 3:1'], 'a.yaml#1'],
    ['without its key', 'object: Deal\ntrigger: { on: create }', ['parse-value 1:1'], 'a.yaml#1'],
    ['without an object', 'workflow: w\ntrigger: { on: create }', ['parse-value 1:11'], 'w'],
    ['that starts by itself needs no object', 'workflow: w\ntrigger: { on: schedule, every: 1d }', [], 'w'],
    ['with a number as its id', 'workflow: 012\ntrigger: { on: call }', [], '012'],
  ])('%s', (_, text, problems, id) => {
    expect(said(text)).toEqual(problems);
    expect(imported(text).workflows.map((workflow) => workflow.id)).toEqual([id]);
  });

  test('a document that is a list', () => {
    expect(said('- a')).toEqual(['parse-value 1:1']);
  });

  test('a problem names its workflow', () => {
    expect(imported('workflow: w\ntrigger: { on: call }\nlable: x').problems).toMatchObject([
      {
        workflow: 'w',
        message: {
          en: 'a workflow has no key "lable", so it is not used',
          ja: 'ワークフローに "lable" というキーはありません。この設定は使われません',
        },
        fix: { en: expect.stringMatching(/^rename it to label \(allowed: workflow, label/) },
      },
    ]);
  });

  test('errors never stop the rest of the file', () => {
    const { workflows, problems, unread } = imported(
      'workflow: a\ntrigger: { on: call }\nx: 1\n---\nworkflow: b\ntrigger: {\n---\nworkflow: c\ntrigger: { on: call }\n',
    );
    expect(workflows.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(problems.map(({ rule, place }) => `${rule} ${place.line}`)).toEqual([
      'parse-syntax 7',
      'parse-unknown-key 3',
    ]);
    expect(unread).toEqual(['b']);
  });
});

describe('recognised by content', () => {
  test.each([
    ['workflow: a\ntrigger: { on: call }', true],
    ['# words\n---\nworkflow: "a"\nsteps: []', true],
    ['label: x\nworkflow: a\n', true],
    ['{ "workflow": "a", "trigger": { "on": "call" } }', true],
    ['workflow: a\ntrigger: {', true],
    ['workflow:\n  files: [a]\n  steps: x', false],
    ['workflow: # files\n  files: [a]\ntrigger: x', false],
    ['samples:\n  - workflow: a\n    object: b', false],
    ['schema: crm-schema/v1', false],
    ['trigger: [main]\nsteps: [{ script: x }]', false],
    ['on: push\njobs: {}', false],
    ['workflow: a', false],
    ['<workflow: a', false],
    ['', false],
  ])('%j: %s', (text, expected) => {
    expect(nativeYaml.recognises({ file: 'x', text })).toBe(expected);
  });

  test('quickly, whatever the file holds', () => {
    for (const part of ['\n', ' ', 'workflow:', 'trigger', '{ ', '"']) {
      expect(nativeYaml.recognises({ file: 'x', text: part.repeat(400_000) })).toBe(false);
    }
  });
});
