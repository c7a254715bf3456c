import { describe, expect, test } from '@jest/globals';
import { findingsOf, linesOf } from './speaks.ts';

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal:
    fields:
      stage: { type: picklist, values: [Open, Won, Lost, { value: Legacy, active: false }], required: true }
      rank: { type: picklist, values: [A, B, C] }
      amount: { type: number, required: true }
      vip: { type: boolean, required: true }
      note: text
      due: { type: date, required: true }
`;

const head = `workflow: w
object: Deal
trigger: { on: update, fields: [stage] }
`;

const steps = (rule: string, text: string, when = ''): readonly number[] =>
  linesOf(rule, { files: `${head}${when}steps:\n${text}`, schema }).map((line) => line - (when === '' ? 4 : 5));

const branches = (...whens: readonly string[]): string =>
  `  - branch:\n${whens.map((when) => `      - { when: ${when}, steps: [{ log: x }] }\n`).join('')}`;

describe('conditions that exclude each other', () => {
  const entry: readonly [string, number][] = [
    ['[{ field: amount, gt: 9 }, { field: amount, lt: 5 }]', 1],
    ['[{ field: stage, eq: Won }, { field: stage, eq: Lost }]', 1],
    ['[{ field: stage, notIn: [Open, Won, Lost, Legacy] }, { field: stage, empty: false }]', 1],
    ['[{ field: stage, notIn: [Open, Won, Lost] }]', 0],
    ['[{ field: note, empty: true }, { field: note, eq: x }]', 1],
    ['[{ field: stage, changed: false }]', 1],
    ['[{ field: stage, changedTo: Won }, { field: stage, was: Won }]', 1],
    ['[{ field: amount, changed: true }, { field: stage, eq: Won }]', 0],
    ["[{ field: due, lt: '{{today}}' }, { field: due, gt: '{{today+7d}}' }]", 1],
    ["[{ field: due, gt: '{{today}}' }, { field: due, lt: '{{today+7d}}' }]", 0],
    ['{ any: [{ all: [{ field: vip, eq: true }, { field: vip, eq: false }] }, { field: amount, gt: 5 }] }', 0],
    ['[{ field: stage, eq: Wonn }]', 0],
    ['{ not: [] }', 0],
  ];
  test.each(entry)('entry: %s', (when, count) => {
    expect(
      linesOf('trigger-never-fires', { files: `${head}when: ${when}\nsteps: [{ log: x }]\n`, schema }).length,
    ).toBe(count);
    expect(linesOf('cond-unsatisfiable', { files: `${head}when: ${when}\nsteps: [{ log: x }]\n`, schema })).toEqual([]);
  });
  test('in a filter, and in a wait', () => {
    const text = `  - id: found
    find: Deal
    where:
      - { field: amount, gt: 9 }
      - { field: stage, eq: Won }
      - { field: amount, lt: 5 }
  - wait: { for: [{ field: vip, eq: true }, { field: vip, ne: true }] }
`;
    expect(steps('cond-unsatisfiable', text)).toEqual([4, 7]);
  });
  test('the message names the values and what comes of it', () => {
    const files = `${head}when:\n  - { field: amount, gt: 9 }\n  - { field: amount, lt: 5 }\nsteps: [{ log: x }]\n`;
    const said = (language: 'en' | 'ja') =>
      findingsOf({ files, schema }, { rules: new Map(), ignore: [] }, language).find(
        ({ rule }) => rule === 'workflow.trigger-never-fires',
      )?.message;
    expect(said('en')).toBe('"amount > 9" and "amount < 5" cannot hold together, so the workflow never starts.');
    expect(said('ja')).toBe(
      '「amount > 9」と「amount < 5」は同時に成り立たないため、このワークフローは一度も開始されません。',
    );
  });
});

describe('always true', () => {
  const table: readonly [string, number][] = [
    ['{ any: [{ field: stage, ne: Won }, { field: stage, ne: Lost }] }', 1],
    ['[{ field: vip, eq: true }, { any: [{ field: stage, ne: Won }, { field: stage, ne: Lost }] }]', 1],
    ['{ any: [{ field: amount, lt: 5 }, { field: amount, ge: 5 }] }', 1],
    ['{ field: stage, in: [Open, Won, Lost, Legacy] }', 1],
    ['{ field: rank, in: [A, B, C] }', 0],
    ['{ field: stage, in: [Open, Won, Lost] }', 0],
    ['{ any: [{ field: amount, lt: 5 }, { field: amount, gt: 5 }] }', 0],
    ['{ field: note, notIn: [] }', 1],
  ];
  test.each(table)('%s', (when, count) => {
    expect(steps('cond-tautology', `  - { if: ${when}, then: [{ log: x }] }\n`).length).toBe(count);
  });
});

describe('branches', () => {
  test.each<[string, readonly string[], readonly number[]]>([
    ['the same twice', ['{ field: stage, eq: Won }', '{ field: stage, eq: Won }'], [3]],
    ['by two together', ['{ field: amount, lt: 5 }', '{ field: amount, ge: 5 }', '{ field: amount, gt: 7 }'], [4]],
    ['narrow first', ['{ field: amount, gt: 30 }', '{ field: amount, gt: 10 }'], []],
    [
      'the rest may be empty',
      ['{ field: rank, eq: A }', '{ field: rank, ne: A }', '{ field: rank, empty: true }'],
      [4],
    ],
    [
      'empty is not below and not above',
      ['{ field: note, eq: a }', '{ field: note, startsWith: a }', '{ field: note, empty: true }'],
      [],
    ],
    [
      'what can never hold is said elsewhere',
      ['{ field: vip, eq: true }', '[{ field: amount, gt: 9 }, { field: amount, lt: 5 }]'],
      [],
    ],
  ])('shadowed: %s', (_, whens, lines) => {
    expect(steps('cond-branch-shadowed', branches(...whens))).toEqual(lines);
  });

  test('a dead default is no finding', () => {
    const text = `${branches('{ field: vip, eq: true }', '{ field: vip, ne: true }')}      - else: [{ log: never }]\n`;
    for (const rule of ['branch-shadowed', 'path-contradiction', 'unsatisfiable', 'tautology'])
      expect(steps(`cond-${rule}`, text)).toEqual([]);
  });

  const won = 'when: { field: stage, eq: Won }\n';
  test('excluded by the entry conditions', () => {
    expect(
      steps('cond-path-contradiction', branches('{ field: stage, eq: Lost }', '{ field: vip, eq: true }'), won),
    ).toEqual([2]);
  });
  test('excluded by an earlier decision', () => {
    const text = `  - if: { field: amount, gt: 100 }
    then:
      - if: { field: amount, le: 50 }
        then: [{ log: x }]
`;
    expect(steps('cond-path-contradiction', text)).toEqual([3]);
  });
  test('excluded by what was written', () => {
    const text = `  - { update: record, set: { rank: A } }\n  - { if: { field: rank, eq: B }, then: [{ log: x }] }\n`;
    expect(steps('cond-path-contradiction', text)).toEqual([2]);
  });
  test('not after a write of the same field, a wait, or where two ways meet', () => {
    const check = '  - { if: { field: stage, eq: Lost }, then: [{ log: x }] }\n';
    expect(
      steps('cond-path-contradiction', `  - { update: record, set: { stage: '{{record.note}}' } }\n${check}`, won),
    ).toEqual([]);
    expect(steps('cond-path-contradiction', `  - { wait: 3d }\n${check}`, won)).toEqual([]);
    const meet = '  - { if: { field: stage, eq: Won }, then: [{ log: x }] }\n';
    expect(steps('cond-path-contradiction', meet + check)).toEqual([]);
  });
  test('nothing is said below a branch that is dead itself', () => {
    const text = `  - if: { field: stage, eq: Lost }
    then:
      - if: { field: stage, eq: Open }
        then: [{ log: x }]
`;
    expect(steps('cond-path-contradiction', text, won)).toEqual([1]);
  });

  test.each<[string, readonly string[], readonly number[]]>([
    ['one of three is missing', ['{ field: stage, eq: Won }', '{ field: stage, eq: Lost }'], [1]],
    [
      'all are there, inactive ones do not count',
      ['{ field: stage, eq: Won }', '{ field: stage, in: [Lost, Open] }'],
      [],
    ],
    ['one is picked out', ['{ field: stage, eq: Won }'], []],
    ['another field too', ['{ field: stage, eq: Won }', '{ field: vip, eq: true }'], []],
  ])('not exhaustive: %s', (_, whens, lines) => {
    expect(steps('cond-not-exhaustive', branches(...whens))).toEqual(lines);
  });

  test.each<[string, readonly string[], readonly number[]]>([
    ['a gap', ['{ field: amount, lt: 5 }', '{ field: amount, gt: 5 }'], [1]],
    ['different fields', ['{ field: stage, eq: Won }', '{ field: vip, eq: true }'], [1]],
    ['no gap', ['{ field: amount, lt: 5 }', '{ field: amount, ge: 5 }'], []],
    ['one choice field is said elsewhere', ['{ field: stage, eq: Won }', '{ field: stage, eq: Lost }'], []],
    ['a single test', ['{ field: amount, lt: 5 }'], []],
  ])('no default: %s', (_, whens, lines) => {
    expect(steps('cond-default-missing', branches(...whens))).toEqual(lines);
  });
});

describe('other formats', () => {
  const odoo = (domain: string): Readonly<Record<string, string>> => ({
    'rules.xml': `<?xml version="1.0"?>
<odoo>
<record id="a" model="ir.actions.server"><field name="name">a</field><field name="model_id" ref="crm.model_crm_lead"/>
<field name="state">object_write</field><field name="update_path">description</field><field name="value">x</field></record>
<record id="x" model="base.automation"><field name="name">n</field><field name="model_id" ref="crm.model_crm_lead"/>
<field name="trigger">on_create_or_write</field>
<field name="filter_domain">${domain.replaceAll('<', '&lt;')}</field>
<field name="action_server_ids" eval="[(4, ref('a'))]"/></record>
</odoo>
`,
  });
  test.each<[string, string, number]>([
    ['trigger-never-fires', "[('stage_id.name', '=', 'Won'), ('stage_id.name', '=', 'Lost')]", 1],
    ['trigger-never-fires', "[('tag_ids.name', '=', 'Won'), ('tag_ids.name', '=', 'Lost')]", 0],
    ['trigger-never-fires', "[('order_line.name', '=', 'Won'), ('order_line.name', '=', 'Lost')]", 0],
    ['cond-tautology', "['|', ('stage_id.name', '!=', 'Won'), ('stage_id.name', '!=', 'Lost')]", 1],
    ['cond-tautology', "['|', ('expected_revenue', '<', 5), ('expected_revenue', '>=', 5)]", 0],
    ['cond-hardcoded-id', "[('user_id', '=', 5)]", 1],
    ['cond-hardcoded-id', "[('priority', '=', 5)]", 0],
  ])('Odoo %s: %s', (rule, domain, count) => {
    expect(linesOf(rule, { files: odoo(domain) }).length).toBe(count);
  });

  const kintone = (first: string, second: string): Readonly<Record<string, string>> => {
    const state = (name: string, index: string) => ({ name, index, assignee: { type: 'ONE', entities: [] } });
    const action = (name: string, to: string, filterCond: string) => ({
      name,
      from: '未処理',
      to,
      filterCond,
      type: 'PRIMARY',
    });
    const states = { 未処理: state('未処理', '0'), 承認: state('承認', '1'), 却下: state('却下', '2') };
    const actions = [action('承認する', '承認', first), action('却下する', '却下', second)];
    return { 'status.json': JSON.stringify({ enable: true, states, actions, revision: '1' }, null, 1) };
  };
  test.each<[string, string, string, number]>([
    ['cond-default-missing', '金額 > 100', '金額 < 100', 1],
    ['cond-default-missing', '金額 > 100', '金額 <= 100', 0],
    ['cond-default-missing', '金額 > 100', '', 0],
    ['cond-unsatisfiable', '金額 > 100 and 金額 < 50', '金額 <= 100', 1],
    ['cond-default-missing', '金額 > 100 and 金額 < 50', '金額 <= 100', 0],
  ])('kintone %s: %s | %s', (rule, first, second, count) => {
    expect(linesOf(rule, { files: kintone(first, second) }).length).toBe(count);
  });
});
