import { describe, expect, test } from '@jest/globals';
import { kintone } from '../../src/workflow/kintone.importer.ts';
import { mutated, readBy, shown, shownParty, strayPlaces } from './imported.ts';

const status = `{
  "enable": true,
  "states": {
    "未処理": { "name": "未処理", "index": "0", "assignee": { "type": "ONE", "entities": [] } },
    "承認": {
      "name": "承認", "index": "1",
      "assignee": { "type": "ALL", "entities": [
        { "entity": { "type": "USER", "code": "tanaka" }, "includeSubs": false },
        { "entity": { "type": "GROUP", "code": "sales" } },
        { "entity": { "type": "FIELD_ENTITY", "code": "上長" } },
        { "entity": { "type": "CREATOR", "code": null } },
        { "entity": { "type": "CUSTOM_FIELD", "code": "boss" } }
      ] }
    },
    "完了": { "name": "完了", "index": "2", "assignee": { "type": "ONE", "entities": [] } }
  },
  "actions": [
    { "name": "申請", "from": "未処理", "to": "承認", "filterCond": "金額 > \\"100\\" and 区分 in (\\"A\\", \\"\\")" },
    { "name": "承認する", "from": "承認", "to": "完了", "filterCond": "", "type": "SECONDARY",
      "executableUser": { "entities": [ { "entity": { "type": "ORGANIZATION", "code": "経理" }, "includeSubs": true } ] } }
  ],
  "revision": "7"
}`;

const fields = `{
  "properties": {
    "金額": { "type": "NUMBER", "code": "金額", "label": "金額（円）", "required": true, "minValue": "0", "maxValue": "", "defaultValue": "" },
    "区分": { "type": "DROP_DOWN", "code": "区分", "label": "区分", "defaultValue": "A",
      "options": { "A": { "label": "A", "index": "0" }, "B": { "label": "B", "index": "1" } } },
    "合計": { "type": "CALC", "code": "合計", "format": "NUMBER", "expression": "金額 * 2" },
    "上長": { "type": "USER_SELECT", "code": "上長" },
    "明細": { "type": "SUBTABLE", "code": "明細", "fields": { "品目": { "type": "RADIO_BUTTON", "code": "品目", "options": { "x": { "label": "x" } } } } },
    "見出し": { "type": "LABEL", "code": "" },
    "ステータス": { "type": "STATUS", "code": "ステータス" }
  },
  "revision": "7"
}`;

const acl = `{
  "rights": [
    { "entity": { "type": "GROUP", "code": "sales" }, "recordViewable": true, "recordAddable": true, "recordEditable": false, "recordDeletable": false },
    { "entity": { "type": "GROUP", "code": "everyone" }, "recordViewable": true }
  ],
  "revision": "7"
}`;

const fieldAcl = `{
  "rights": [
    { "code": "金額", "entities": [
      { "accessibility": "READ", "entity": { "type": "GROUP", "code": "sales" } },
      { "accessibility": "WRITE", "entity": { "type": "GROUP", "code": "everyone" } } ] }
  ],
  "revision": "7"
}`;

describe('a process of kintone', () => {
  const files = { '稟議/status.json': status };
  const project = readBy(kintone, files);
  const [workflow] = project.workflows;

  test('states, their order and who acts there', () => {
    expect(workflow?.states).toMatchObject([
      { id: '未処理', start: true, final: true, place: { line: 4, column: 5 } },
      {
        id: '承認',
        start: false,
        final: false,
        assignees: { takes: 'all', place: { line: 7, pointer: '/states/承認/assignee' } },
      },
      { id: '完了', start: false, final: true },
    ]);
    expect(workflow?.states?.[1]?.assignees?.parties.map(shownParty)).toEqual([
      'user:tanaka',
      'group:sales',
      '{上長}',
      'creator',
      '?CUSTOM_FIELD boss',
    ]);
  });

  test('actions, their conditions and who else may do them', () => {
    expect(workflow?.transitions).toMatchObject([
      { name: '申請', from: { name: '未処理' }, to: { name: '承認', place: { line: 18 } } },
      { name: '承認する', by: [{ kind: 'group', id: '経理' }] },
    ]);
    const when = workflow?.transitions?.[0]?.when;
    expect(shown(when?.condition)).toEqual({
      all: ['金額 gt 100', { any: ['区分 includes ["A"]', '区分 empty'] }],
    });
    expect(when?.tests[0]?.place).toMatchObject({ line: 18, column: 63, endColumn: 75 });
    expect(when?.formula).toMatchObject({ language: 'kintone', place: { line: 18, column: 63 } });
    expect(workflow?.transitions?.[1]?.when).toBeUndefined();
  });

  test('the rest of it', () => {
    expect(workflow).toMatchObject({
      id: '稟議/status',
      format: 'KI',
      kind: 'states',
      status: 'active',
      statusPlace: { line: 2, column: 13 },
      runAs: { kind: 'user' },
      triggers: [{ on: 'transition', place: { line: 17, column: 3 } }],
    });
    expect(workflow?.object).toBeUndefined();
    expect(strayPlaces(project, files)).toEqual([]);
  });

  test('the object is what is configured for the file', () => {
    expect(readBy(kintone, files, { '稟議/status.json': 'Ringi' }).workflows[0]?.object?.name).toBe('Ringi');
  });

  test.each<[text: string, expected: object]>([
    ['{"enable": false, "states": null, "actions": null}', { status: 'inactive', states: [], transitions: [] }],
    ['{"enable": "false", "states": {}, "actions": []}', { status: 'inactive', states: [] }],
  ])('%s', (text, expected) => {
    expect(readBy(kintone, { 'a.json': text }).workflows).toMatchObject([expected]);
  });

  test('a list of processes is several', () => {
    const { workflows } = readBy(kintone, { 'all.json': `[${status}, ${status}]` });
    expect(workflows.map(({ id }) => id)).toEqual(['all', 'all#2']);
  });
});

describe('conditions of actions', () => {
  const conditionOf = (filterCond: string, withFields = false): unknown => {
    const text = JSON.stringify({
      enable: true,
      states: { a: { name: 'a', index: 0 }, b: { name: 'b', index: 1 } },
      actions: [{ name: 'x', from: 'a', to: 'b', filterCond }],
    });
    const files = { 'app/status.json': text, ...(withFields ? { 'app/fields.json': fields } : {}) };
    return shown(readBy(kintone, files).workflows[0]?.transitions?.[0]?.when?.condition);
  };

  test.each<[text: string, expected: unknown]>([
    ['コード = "0012"', 'コード eq "0012"'],
    ['メモ = ""', 'メモ empty'],
    ['メモ != ""', 'メモ notEmpty'],
    ['メモ is not empty', 'メモ notEmpty'],
    ['区分 not in ("A","B")', '区分 excludes ["A","B"]'],
    ['区分 not in ("A","")', { all: ['区分 excludes ["A"]', '区分 notEmpty'] }],
    ['件名 like "急ぎ"', '件名 contains "急ぎ"'],
    ['期日 < TODAY()', '期日 lt "today"'],
    ['期日 >= FROM_TODAY(-7, DAYS)', '期日 ge "today -7 day"'],
    ['期日 = TOMORROW()', '期日 eq "today 1 day"'],
    ['期日 = THIS_MONTH()', '?期日 = THIS_MONTH() <期日>'],
    ['作成者 in (LOGINUSER())', '作成者 includes ["{user}"]'],
    ['組織 in (PRIMARY_ORGANIZATION())', '?組織 in (PRIMARY_ORGANIZATION()) <組織>'],
    ['a = 1 or (b = 2 and c = 3)', { any: ['a eq "1"', { all: ['b eq "2"', 'c eq "3"'] }] }],
    ['金額 >', '?金額 >'],
  ])('%s', (text, expected) => {
    expect(conditionOf(text)).toEqual(expected);
  });

  test.each<[text: string, kind: string, column: number, en: string]>([
    ['金額 > ', 'syntax', 24, 'a value is missing there'],
    ['金額 > (1', 'syntax', 24, 'a value is missing there'],
    ['期日 = TODAI()', 'unknown-function', 24, 'no function TODAI'],
    ['期日 = FROM_TODAY(1)', 'argument-count', 24, 'takes 2 arguments'],
  ])('what is wrong in %s', (filterCond, kind, column, en) => {
    const text = JSON.stringify(
      { actions: [{ filterCond, from: 'a', to: 'b' }], enable: true, states: {} },
      undefined,
      1,
    );
    const [problem] =
      readBy(kintone, { 'status.json': text }).workflows[0]?.transitions?.[0]?.when?.formula?.faults ?? [];
    expect(problem).toMatchObject({ kind, place: { line: 4, column } });
    expect(problem?.says.en).toContain(en);
  });

  test.each<[text: string, expected: unknown]>([
    ['金額 = "100"', '金額 eq 100'],
    ['区分 in ("A")', '区分 in ["A"]'],
    ['区分 = "100"', '区分 eq "100"'],
    ['品目 in ("x")', '品目 includes ["x"]'],
    ['上長 not in ("tanaka")', '上長 excludes ["tanaka"]'],
  ])('with its fields: %s', (text, expected) => {
    expect(conditionOf(text, true)).toEqual(expected);
  });
});

describe('what stands beside a process', () => {
  const files = {
    'apps/稟議/acl.json': acl,
    'apps/稟議/field_acl.json': fieldAcl,
    'apps/稟議/fields.json': fields,
    'apps/稟議/status.json': status,
    'apps/経費/fields.json': fields,
  };
  const project = readBy(kintone, files);

  test('fields are the schema', () => {
    const object = project.schema.objects?.get('稟議');
    expect(object?.complete).toBe(true);
    expect([...(object?.fields.values() ?? [])].map(({ name, type, readOnly }) => [name, type, readOnly])).toEqual([
      ['金額', 'number', false],
      ['区分', 'picklist', false],
      ['合計', 'number', true],
      ['上長', 'references', false],
      ['明細', 'references', false],
      ['品目', 'multipicklist', false],
      ['ステータス', 'picklist', true],
      ['$id', 'id', true],
    ]);
    expect(object?.fields.get('金額')).toMatchObject({ required: true, min: 0, hasDefault: false, place: { line: 3 } });
    expect(object?.fields.get('区分')).toMatchObject({ default: 'A', choices: [{ value: 'A' }, { value: 'B' }] });
    expect(object?.fields.get('ステータス')?.choices?.map(({ value }) => value)).toEqual(['未処理', '承認', '完了']);
    expect(project.schema.complete).toBe(false);
    expect([...(project.schema.objects?.keys() ?? [])].toSorted()).toEqual(['稟議', '経費']);
  });

  test('the process belongs to the app of its folder', () => {
    expect(project.workflows.map(({ object }) => object?.name)).toEqual(['稟議']);
  });

  test('rights are roles, and an app without rights is open', () => {
    const sales = project.schema.roles?.get('sales');
    expect(sales?.objects.get('稟議')).toEqual(['create', 'read']);
    expect(sales?.objects.get('経費')).toEqual(['create', 'read', 'update', 'delete']);
    expect(sales?.fields.get('稟議.金額')).toBe('read');
    expect(project.schema.roles?.get('everyone')?.objects.get('稟議')).toEqual(['read']);
    expect(project.schema.roles?.get('everyone')?.fields.get('稟議.金額')).toBe('edit');
  });
});

describe('what is none of kintone', () => {
  test.each([
    ['{"type": "object", "properties": {"code": {"type": "string"}}, "revision": 1}'],
    ['{"states": {}, "actions": []}'],
    ['{"rights": [], "revision": "1"}'],
    ['[]'],
    ['workflow: x'],
    [''],
  ])('%s', (text) => {
    expect(kintone.recognises({ file: 'a.json', text })).toBe(false);
  });

  test('a broken process is told where it breaks', () => {
    const { problems, workflows } = readBy(kintone, { 'status.json': status.slice(0, -12) });
    expect(workflows).toEqual([]);
    expect(problems).toMatchObject([{ rule: 'parse-syntax', place: { file: 'status.json' } }]);
  });
});

test('no value of a wrong kind is too much', () => {
  for (const [name, text] of Object.entries({ status, fields, acl, fieldAcl })) {
    for (const changed of mutated(text)) {
      const files = { 'a/fields.json': fields, 'a/status.json': status, [`a/${name}.json`]: changed };
      const project = readBy(kintone, files);
      expect(project.problems).toEqual([]);
      expect(strayPlaces(project, files)).toEqual([]);
    }
  }
});
