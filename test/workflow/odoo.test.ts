import { describe, expect, test } from '@jest/globals';
import type { Project } from '../../src/model/workflow/project.ts';
import type { Step } from '../../src/model/workflow/step.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { odoo } from '../../src/workflow/odoo.importer.ts';
import { mutated, readBy, shown, shownParty, shownValue, strayPlaces } from './imported.ts';

const read = (files: Readonly<Record<string, string>>): Project => {
  const project = readBy(odoo, files);
  expect(project.problems).toEqual([]);
  expect(strayPlaces(project, files)).toEqual([]);
  return project;
};

const only = (text: string, file = text.trimStart().startsWith('<') ? 'data.xml' : 'a.json'): Workflow => {
  const [workflow] = read({ [file]: text }).workflows;
  if (!workflow) throw new Error('no workflow');
  return workflow;
};

const rule = (fields: string): string => `<odoo>
<record id="rule" model="base.automation">
<field name="name">Rule</field>
<field name="model_id" ref="crm.model_crm_lead"/>
${fields}
</record>
</odoo>`;

const export_ = (record: object, actions: readonly object[] = [], more: object = {}): string =>
  JSON.stringify(
    { 'base.automation': [{ id: 7, name: 'Rule', ...record }], 'ir.actions.server': actions, ...more },
    undefined,
    1,
  );

const entry = (workflow: Workflow): readonly unknown[] =>
  workflow.triggers.map(({ on, phase, when, watch }) => [
    on,
    phase,
    shown(when?.condition),
    watch?.map(({ name }) => name),
  ]);

describe('an automation rule of 17 and later, as a data file', () => {
  const text = `<?xml version="1.0"?>
<odoo>
  <data noupdate="1">
    <record id="rule" model="base.automation">
      <field name="name">受注を知らせる</field>
      <field name="model_id" ref="crm.model_crm_lead"/>
      <field name="trigger">on_create_or_write</field>
      <field name="trigger_field_ids" eval="[(6, 0, [ref('crm.field_crm_lead__stage_id')])]"/>
      <field name="filter_pre_domain">[('stage_id.is_won', '=', False)]</field>
      <field name="filter_domain">[('stage_id.is_won', '=', True),
        ('expected_revenue', '&gt;=', 1000)]</field>
      <field name="active" eval="True"/>
      <field name="action_server_ids" eval="[(4, ref('second')), (4, ref('first')), (4, ref('other.gone'))]"/>
    </record>
    <record id="first" model="ir.actions.server">
      <field name="name">印を付ける</field>
      <field name="model_id" ref="crm.model_crm_lead"/>
      <field name="sequence">1</field>
      <field name="state">object_write</field>
      <field name="update_path">priority</field>
      <field name="selection_value" ref="crm.selection__crm_lead__priority__2"/>
    </record>
    <record id="second" model="ir.actions.server">
      <field name="name">知らせる</field>
      <field name="model_id" ref="crm.model_crm_lead"/>
      <field name="state">mail_post</field>
      <field name="template_id" ref="won_mail"/>
    </record>
  </data>
</odoo>`;
  const workflow = only(text);

  test('what it is', () => {
    expect(workflow).toMatchObject({
      id: 'rule',
      label: { ja: '受注を知らせる' },
      format: 'OD',
      version: '17',
      status: 'active',
      object: { name: 'crm.lead', place: { line: 6, column: 35 } },
      place: { line: 5, column: 26 },
      oncePerTransaction: true,
      runAs: { kind: 'system' },
    });
  });

  test('what was there before is asked of an update only', () => {
    expect(entry(workflow)).toEqual([
      ['create', 'after', { all: ['stage_id.is_won eq true', 'expected_revenue ge 1000'] }, ['stage_id']],
      [
        'update',
        'after',
        { all: [{ all: ['stage_id.is_won eq true', 'expected_revenue ge 1000'] }, 'prior.stage_id.is_won eq false'] },
        ['stage_id'],
      ],
    ]);
    expect(workflow.triggers[0]?.when?.tests[1]?.place).toMatchObject({ line: 11, column: 9, endColumn: 44 });
    expect(workflow.triggers[0]?.when?.formula).toMatchObject({
      language: 'odoo-domain',
      place: { line: 10, column: 35 },
    });
  });

  test('its actions, in their order', () => {
    expect(workflow.steps.map(({ id, kind, next }) => [id, kind, next?.to])).toEqual([
      ['first', 'update', 'second'],
      ['second', 'mail', 'other.gone'],
      ['other.gone', 'custom', undefined],
    ]);
    expect(workflow.triggers[0]?.to?.to).toBe('first');
    expect(workflow.steps[0]).toMatchObject({ set: [{ field: { name: 'priority' }, value: { value: '2' } }] });
    expect(workflow.steps[1]).toMatchObject({ template: { name: 'won_mail', place: { line: 27 } } });
    expect(workflow.steps[2]).toMatchObject({ effect: 'opaque' });
  });
});

describe('triggers', () => {
  test.each<[fields: string, expected: unknown]>([
    ['<field name="trigger">on_create</field>', [['create', 'after', undefined, undefined]]],
    ['<field name="trigger">on_unlink</field>', [['delete', 'before', undefined, undefined]]],
    [
      '<field name="trigger">on_change</field><field name="on_change_fields">name, stage_id</field>',
      [['form', 'before', undefined, ['name', 'stage_id']]],
    ],
    ['<field name="trigger">on_stage_set</field>', [['save', 'after', '?on_stage_set', undefined]]],
    [
      '<field name="trigger">on_state_set</field><field name="filter_domain">[("state","=","done")]</field>',
      [['save', 'after', 'state eq "done"', undefined]],
    ],
    [
      '<field name="trigger">on_archive</field><field name="trigger_field_ids" search="[]"/>',
      [['update', 'after', '?on_archive', undefined]],
    ],
    ['<field name="trigger">on_webhook</field>', [['webhook', 'after', undefined, undefined]]],
    ['<field name="trigger">on_message_received</field>', [['event', 'async', undefined, undefined]]],
    ['', []],
  ])('%s', (fields, expected) => {
    expect(entry(only(rule(fields)))).toEqual(expected);
  });

  test.each<[fields: string, expected: object]>([
    [
      '<field name="trg_date_id" ref="crm.field_crm_lead__date_deadline"/><field name="trg_date_range">-3</field><field name="trg_date_range_type">day</field>',
      { field: { name: 'date_deadline' }, offset: { amount: -3, unit: 'day' } },
    ],
    [
      '<field name="trg_date_range" eval="3"/><field name="trg_date_range_type">hour</field><field name="trg_date_range_mode">before</field>',
      { offset: { amount: -3, unit: 'hour' } },
    ],
  ])('%s', (fields, expected) => {
    expect(only(rule(`<field name="trigger">on_time</field>${fields}`)).triggers).toMatchObject([
      { on: 'date', phase: 'async', date: expected },
    ]);
  });

  test('after creation, after the last update', () => {
    const dates = ['on_time_created', 'on_time_updated'].map(
      (trigger) => only(rule(`<field name="trigger">${trigger}</field>`)).triggers[0]?.date?.field?.name,
    );
    expect(dates).toEqual(['create_date', 'write_date']);
  });

  test('a slip of the pen, a newer kind, a deprecated one', () => {
    expect(only(rule('<field name="trigger">on_creat</field>')).defects).toMatchObject([
      { rule: 'trigger-invalid-enum', found: 'on_creat', place: { line: 5, column: 23 } },
    ]);
    const newer = only(rule('<field name="trigger">on_moon_phase</field>'));
    expect([newer.defects, newer.unknown.map(({ name }) => name)]).toEqual([[], ['on_moon_phase']]);
    const old = '<field name="trigger">on_write</field><field name="action_server_ids" eval="[]"/>';
    expect(only(rule(old)).defects).toMatchObject([{ rule: 'maint-legacy', allowed: ['on_create_or_write'] }]);
    expect(only(rule('<field name="trigger">on_write</field>')).defects).toEqual([]);
  });
});

describe('domains', () => {
  const domain = (text: string): unknown =>
    shown(only(export_({ trigger: 'on_create', filter_domain: text })).triggers[0]?.when?.condition);

  test.each<[text: string, expected: unknown]>([
    ['[]', undefined],
    ["[('name','=','a')]", 'name eq "a"'],
    ["['|',('a','=',1),'!',('b','!=',2)]", { any: ['a eq 1', { not: 'b ne 2' }] }],
    ["[('user_id','=',False)]", 'user_id empty'],
    ["[('user_id','!=',None)]", 'user_id notEmpty'],
    ["[('active','=',False)]", 'active eq false'],
    ["[('is_done','!=',True)]", 'is_done ne true'],
    ["[('stage_id','in',[1,2])]", 'stage_id in [1,2]'],
    ["[('stage_id','in',[False,2])]", { any: ['stage_id in [2]', 'stage_id empty'] }],
    ["[('stage_id','not in',[False,2])]", { all: ['stage_id notIn [2]', 'stage_id notEmpty'] }],
    ["[('stage_id','=',[1])]", 'stage_id in [1]'],
    ["[('name','ilike','abc')]", 'name contains "abc"'],
    ["[('name','not like','abc')]", 'name notContains "abc"'],
    ["[('name','ilike','a%c')]", "?('name','ilike','a%c') <name>"],
    ["[('name','=like','abc%')]", 'name startsWith "abc"'],
    ["[('name','=ilike','%abc')]", 'name endsWith "abc"'],
    ["[('a','=?',False)]", true],
    ["[('a','=?','x')]", 'a eq "x"'],
    ["[('categ_id','child_of',3)]", "?('categ_id','child_of',3) <categ_id>"],
    ["[('line_ids','any',[('qty','>',0)])]", "?('line_ids','any',[('qty','>',0)]) <line_ids>"],
    ["[('user_id','=',uid)]", 'user_id eq "{user.id}"'],
    ["[('company_id','=',user.company_id.id)]", 'company_id eq "{user.company_id.id}"'],
    ["[('d','<',context_today())]", 'd lt "today"'],
    ["[('d','<',(context_today() - relativedelta(days=7)).strftime('%Y-%m-%d'))]", 'd lt "today -7 day"'],
    ["[('d','>=',datetime.datetime.now() + datetime.timedelta(hours=2))]", 'd ge "now 2 hour"'],
    ["[('d','<',time.strftime('%Y-%m-%d'))]", 'd lt "today"'],
    ["[('d','<',time.strftime('%Y-%m-%d %H:%M:%S'))]", 'd lt "now"'],
    ["[('d','<',env.company.fiscal_date)]", 'd lt "?env.company.fiscal_date"'],
    ["[('a','=',1)] + extra", "?[('a','=',1)] + extra"],
    ["[('a', '=', 1)", "?[('a', '=', 1)"],
  ])('%s', (text, expected) => {
    expect(domain(text)).toEqual(expected);
  });

  test('a domain that breaks tells where', () => {
    const text = rule(
      `<field name="trigger">on_create</field><field name="filter_domain">['|', ('a', '&lt;', 1)]</field>`,
    );
    expect(only(text).triggers[0]?.when?.formula?.faults).toMatchObject([
      { kind: 'syntax', says: { en: '"|" has too few conditions behind it' }, place: { line: 5, column: 69 } },
    ]);
  });

  test('an operator that Odoo does not know', () => {
    const { defects } = only(export_({ trigger: 'on_create', filter_domain: "[('a','is',1)]" }));
    expect(defects).toMatchObject([{ rule: 'cond-operator-invalid', found: 'is', place: { line: 7, column: 28 } }]);
  });
});

describe('an export', () => {
  test('relations with their names, and fields by number', () => {
    const workflow = only(
      export_(
        {
          model_id: [190, 'Lead'],
          model_name: 'crm.lead',
          trigger: 'on_create_or_write',
          trigger_field_ids: [501],
          action_server_ids: [31],
          filter_domain: false,
          filter_pre_domain: false,
          active: false,
        },
        [
          {
            id: 31,
            name: 'write',
            state: 'object_write',
            update_field_id: [501, 'Stage'],
            update_path: false,
            value: 'x',
          },
        ],
        { 'ir.model.fields': [{ id: 501, name: 'stage_id', model: 'crm.lead' }] },
      ),
    );
    expect(workflow).toMatchObject({
      id: '7',
      object: { name: 'crm.lead' },
      status: 'inactive',
      statusPlace: { line: 20 },
    });
    expect(entry(workflow)).toEqual([['save', 'after', undefined, ['stage_id']]]);
    expect(workflow.steps).toMatchObject([
      { kind: 'update', set: [{ field: { name: 'stage_id' }, value: { value: 'x' } }] },
    ]);
  });

  test('a watched field that is known by number only is watched all the same', () => {
    const workflow = only(export_({ model_id: [190, 'Lead'], trigger: 'on_write', trigger_field_ids: [501] }));
    expect(workflow.object).toBeUndefined();
    expect(entry(workflow)).toEqual([['update', 'after', '?on_write', undefined]]);
  });

  test('rules and actions may be in files of their own', () => {
    const { workflows } = read({
      'a.json': JSON.stringify({
        'base.automation': [{ id: 1, name: 'r', trigger: 'on_create', action_server_ids: ['mod.act'] }],
      }),
      'b.xml':
        '<odoo><record id="act" model="ir.actions.server"><field name="name">a</field><field name="state">code</field></record></odoo>',
    });
    expect(workflows.map(({ id, steps }) => [id, steps.map(({ kind }) => kind)])).toEqual([['1', ['code']]]);
  });
});

describe('a rule to 16', () => {
  test('is itself the action', () => {
    const workflow = only(
      rule(`<field name="trigger">on_write</field>
<field name="filter_pre_domain">[('state','=','draft')]</field>
<field name="state">code</field>
<field name="code"><![CDATA[
record.write({'priority': '2', 'user_id': env.user.id})
record['note'] = record.partner_id.comment
]]></field>`),
    );
    expect(workflow.version).toBe('16');
    expect(entry(workflow)).toEqual([['update', 'after', 'prior.state eq "draft"', undefined]]);
    const [step] = workflow.steps;
    if (step?.kind !== 'code') throw new Error('no code');
    expect(step.complete).toBe(false);
    expect(
      step.writes.map(({ field, value, place }) => [field.name, shownValue(value), place.line, place.column]),
    ).toEqual([
      ['note', '?record.partner_id.comment', 10, 9],
      ['priority', '2', 9, 16],
      ['user_id', '?env.user.id', 9, 33],
    ]);
    expect(step.reads.map(({ text }) => text)).toEqual(['partner_id.comment']);
  });

  test('may name the fields that it watches, and is of 16 all the same', () => {
    const workflow = only(export_({ trigger: 'on_write', trigger_field_ids: [], state: 'code', code: 'pass' }));
    expect([workflow.version, workflow.defects]).toEqual(['16', []]);
  });

  test('writes by lines', () => {
    const workflow = only(`<odoo>
<record id="rule" model="base.automation"><field name="name">r</field><field name="trigger">on_create</field>
<field name="state">object_write</field></record>
<record id="l1" model="ir.server.object.lines"><field name="server_id" ref="rule"/>
<field name="col1" ref="crm.field_crm_lead__probability"/><field name="evaluation_type">equation</field><field name="value">record.x + 1</field></record>
<record id="l2" model="ir.server.object.lines"><field name="server_id" ref="rule"/><field name="col1">12</field></record>
</odoo>`);
    expect(workflow.steps).toMatchObject([
      {
        kind: 'update',
        more: true,
        set: [{ field: { name: 'probability' }, value: { kind: 'formula', reads: [{ text: 'x' }] } }],
      },
    ]);
  });
});

describe('server actions', () => {
  const stepOf = (action: object): Step => {
    const [step] = only(
      export_({ trigger: 'on_create', action_server_ids: [1] }, [{ id: 1, name: 'a', ...action }]),
    ).steps;
    if (!step) throw new Error('no step');
    return step;
  };

  test.each<[action: object, expected: object]>([
    [
      { state: 'object_write', update_path: 'partner_id.comment', value: 'x' },
      { target: { kind: 'path', path: { segments: ['partner_id'] } }, set: [{ field: { name: 'comment' } }] },
    ],
    [
      { state: 'object_write', update_path: 'active', update_boolean_value: 'false' },
      { set: [{ value: { value: false } }] },
    ],
    [
      { state: 'object_write', update_path: 'tag_ids', update_m2m_operation: 'clear' },
      { set: [{ value: { kind: 'opaque' } }] },
    ],
    [
      { state: 'object_write', update_path: 'user_id', resource_ref: 'res.users,2' },
      { set: [{ value: { kind: 'opaque', text: 'res.users,2' } }] },
    ],
    [
      { state: 'object_write', update_path: 'x', evaluation_type: 'equation', value: 'record.y' },
      { set: [{ value: { kind: 'formula', language: 'python' } }] },
    ],
    [{ state: 'object_write' }, { kind: 'update', set: [], more: true }],
    [
      { state: 'object_create', crud_model_id: 'project.model_project_task', value: 'call' },
      { kind: 'create', object: { name: 'project.task' }, set: [{ field: { name: 'name' } }] },
    ],
    [
      { state: 'object_copy', crud_model_id: 'project.model_project_task' },
      { kind: 'create', more: true },
    ],
    [
      { state: 'webhook', webhook_url: 'https://example.com' },
      { kind: 'http', method: 'POST', url: { value: 'https://example.com' } },
    ],
    [
      { state: 'email', template_id: [5, 'Mail'] },
      { kind: 'mail', template: { name: '5' } },
    ],
    [
      { state: 'next_activity', activity_user_type: 'specific', activity_user_id: [2, 'M'], activity_summary: 's' },
      { kind: 'task', to: [{ kind: 'user', id: '2' }] },
    ],
    [{ state: 'sms' }, { kind: 'custom', effect: 'outside' }],
    [{ state: 'documents_account_record_create' }, { kind: 'custom', effect: 'opaque' }],
    [{}, { kind: 'custom', effect: 'opaque' }],
  ])('%j', (action, expected) => {
    expect(stepOf(action)).toMatchObject(expected);
  });

  test('an activity for whom a field names', () => {
    const step = stepOf({ state: 'next_activity', activity_user_type: 'generic', activity_user_field_name: 'user_id' });
    expect(step.kind === 'task' && step.to.map(shownParty)).toEqual(['{user_id}']);
  });

  test('several in one, and several that hold each other', () => {
    const multi = { id: 1, name: 'm', state: 'multi', child_ids: [2, 3, 9] };
    const { steps, unknown } = only(
      export_({ trigger: 'on_create', action_server_ids: [1] }, [
        multi,
        { id: 2, name: 'two', state: 'code', sequence: 9 },
        { id: 3, name: 'three', state: 'multi', child_ids: [1], sequence: 2 },
      ]),
    );
    expect(steps.map(({ id, kind }) => [id, kind])).toEqual([
      ['1', 'custom'],
      ['2', 'code'],
      ['9', 'custom'],
    ]);
    expect(unknown.map(({ name }) => name)).toEqual(['multi']);
  });

  test('a kind that is newer is noted', () => {
    const { unknown } = only(
      export_({ trigger: 'on_create', action_server_ids: [1] }, [{ id: 1, name: 'a', state: 'ai' }]),
    );
    expect(unknown).toMatchObject([{ name: 'ai' }]);
  });
});

describe('what runs without a rule', () => {
  test('an action that somebody starts', () => {
    const workflow = only(
      '<odoo><record id="a" model="ir.actions.server"><field name="name">a</field><field name="state">code</field></record></odoo>',
    );
    expect(workflow).toMatchObject({
      kind: 'manual',
      triggers: [{ on: 'manual', to: { to: 'a' } }],
      runAs: { kind: 'user' },
    });
  });

  test('a scheduled action', () => {
    const workflow =
      only(`<odoo><record id="c" model="ir.cron"><field name="name">c</field><field name="state">code</field>
<field name="interval_number">4</field><field name="interval_type">hours</field><field name="user_id" ref="base.user_root"/></record></odoo>`);
    expect(workflow).toMatchObject({
      kind: 'scheduled',
      triggers: [{ on: 'schedule', schedule: { timing: { kind: 'every', every: { amount: 4, unit: 'hour' } } } }],
      runAs: { kind: 'principal', id: 'base.user_root' },
      steps: [{ kind: 'code' }],
    });
  });
});

describe('what is none of Odoo', () => {
  test.each([
    '<odoo><record id="x" model="res.partner"/></odoo>',
    '<Flow/>',
    '{"base.automation": []}',
    '[]',
    '',
    'base.automation',
  ])('%s', (text) => {
    expect(odoo.recognises({ file: 'a', text })).toBe(false);
  });

  test('a broken file is told where it breaks', () => {
    const xml = rule('<field name="trigger">on_create</field').slice(0, -20);
    expect(readBy(odoo, { 'a.xml': xml }).problems).toMatchObject([{ rule: 'parse-syntax', place: { file: 'a.xml' } }]);
    const json = export_({ trigger: 'on_create' }).slice(0, -5);
    expect(readBy(odoo, { 'a.json': json }).problems).toMatchObject([
      { rule: 'parse-syntax', place: { file: 'a.json' } },
    ]);
  });
});

test('comments switch rules off', () => {
  const text = rule(
    '<!-- crm-doctor-disable-next-line trigger-no-entry-criteria : wanted -->\n<field name="trigger">on_write</field>',
  );
  expect(read({ 'a.xml': text }).suppressions).toMatchObject([{ reason: 'wanted', covers: { from: 6, to: 6 } }]);
});

test('no value of a wrong kind is too much', () => {
  const whole = export_(
    {
      model_id: [1, 'x'],
      trigger: 'on_create_or_write',
      trigger_field_ids: [5],
      filter_domain: "[('a','=',1)]",
      filter_pre_domain: "[('b','=',1)]",
      action_server_ids: [1, 2],
    },
    [
      { id: 1, name: 'a', state: 'object_write', update_path: 'a.b', value: 'x', sequence: 3 },
      { id: 2, name: 'm', state: 'multi', child_ids: [1] },
    ],
  );
  for (const changed of mutated(whole)) {
    const files = { 'a.json': changed };
    const project = readBy(odoo, files);
    expect(project.problems).toEqual([]);
    expect(strayPlaces(project, files)).toEqual([]);
  }
});
