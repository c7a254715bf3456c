import { describe, expect, test } from '@jest/globals';
import { writtenCondition } from '../../../src/reason/workflow/written.ts';
import { pysonConditions } from '../../../src/workflow/tryton/pyson.ts';
import { tryton } from '../../../src/workflow/tryton.importer.ts';

const self = (field: string) => ({ __class__: 'Get', v: { __class__: 'Eval', v: 'self', d: {} }, k: field, d: '' });
const pyson = (statement: unknown): string =>
  writtenCondition(
    pysonConditions({ name: JSON.stringify(statement), place: { file: 'a.json', line: 1, column: 1 } }).condition,
  );

describe('PYSON statements', () => {
  test.each<[string, unknown]>([
    ['state = won', { __class__: 'Equal', s1: self('state'), s2: 'won' }],
    ['amount > 100', { __class__: 'Greater', s1: self('amount'), s2: 100, e: false }],
    ['amount ≤ 5', { __class__: 'Less', s1: self('amount'), s2: 5, e: true }],
    ['active notEmpty', { __class__: 'Bool', v: self('active') }],
    ['not (active notEmpty)', { __class__: 'Not', v: self('active') }],
    ['state in [won, lost]', { __class__: 'In', k: self('state'), v: ['won', 'lost'] }],
    [
      'state = won and active notEmpty',
      { __class__: 'And', s: [{ __class__: 'Equal', s1: self('state'), s2: 'won' }, self('active')] },
    ],
    [
      'end < today',
      { __class__: 'Less', s1: self('end'), s2: { __class__: 'Date', y: null, M: null, d: null }, e: false },
    ],
    ['true', true],
    ['If', { __class__: 'If', c: true, t: 1, e: 2 }],
  ])('%s', (text, statement) => {
    expect(pyson(statement)).toBe(text);
  });

  test('what is no JSON, or without end, is not understood and does no harm', () => {
    let deep: unknown = true;
    for (let depth = 0; depth < 2000; depth += 1) deep = { __class__: 'Not', v: deep };
    expect(pyson(deep)).toContain('not');
    const broken = pysonConditions({ name: "Eval('self')", place: { file: 'a', line: 1, column: 1 } });
    expect(broken.condition.kind).toBe('opaque');
  });
});

const rows = (trigger: object): string =>
  JSON.stringify(
    {
      'ir.trigger': [
        {
          id: 3,
          name: 'Won',
          'model.': { id: 9, model: 'sale.opportunity' },
          action: 'notification.email|trigger',
          ...trigger,
        },
      ],
      'notification.email': [{ id: 7, recipients: 'party' }],
    },
    null,
    1,
  );

describe('triggers', () => {
  const read = (trigger: object) => tryton.read({ file: 'triggers.json', text: rows(trigger) }).workflows[0];

  test('one that sends a notification', () => {
    const workflow = read({
      on_write: true,
      notification_email: [7, 'Won mail'],
      condition: JSON.stringify(self('won')),
    });
    expect(workflow).toMatchObject({
      id: 'Won',
      format: 'TR',
      kind: 'record',
      status: 'active',
      object: { name: 'sale.opportunity' },
      triggers: [{ on: 'update', becomesTrue: true }],
      steps: [{ kind: 'mail' }],
    });
    expect(workflow?.place.line).toBe(5);
  });

  test.each<[object, readonly string[]]>([
    [{ on_create: true, on_write: true }, ['save']],
    [{ on_create: true }, ['create']],
    [{ on_delete: true, on_create: true }, ['create', 'delete']],
    [{ on_time: true }, ['schedule']],
    [{ on_time_: true }, ['schedule']],
  ])('%j', (flags, on) => {
    expect(read(flags)?.triggers.map((trigger) => trigger.on)).toEqual(on);
  });

  test('one that nothing starts says so', () => {
    expect(read({})?.defects.map(({ rule }) => rule)).toEqual(['trigger-missing']);
  });

  test('one that is switched off, and one that runs once', () => {
    expect(read({ active: false, on_create: true })?.status).toBe('inactive');
    expect(read({ on_create: true, limit_number: 1 })?.triggers[0]?.once).toBe(true);
  });
});

test('the data of a module', () => {
  const text = `<?xml version="1.0"?>
<tryton>
  <data>
    <record model="ir.trigger" id="trigger_x">
      <field name="name">Tell</field>
      <field name="model">party.party</field>
      <field name="on_create" eval="True"/>
      <field name="action">party.party|tell</field>
    </record>
  </data>
</tryton>`;
  expect(tryton.recognises({ file: 'x.xml', text })).toBe(true);
  const { workflows } = tryton.read({ file: 'x.xml', text });
  expect(workflows).toMatchObject([
    {
      id: 'Tell',
      object: { name: 'party.party' },
      triggers: [{ on: 'create' }],
      steps: [{ kind: 'custom', effect: 'opaque' }],
    },
  ]);
});

test.each(['{"ir.trigger": null}', '{"ir.trigger": [1, null, {"name": {}}]}', '{"ir.trigger": [{"condition": [1]}'])(
  'odd rows do no harm: %s',
  (text) => {
    expect(() => tryton.read({ file: 'x.json', text })).not.toThrow();
  },
);
