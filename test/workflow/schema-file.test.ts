import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Schema } from '../../src/model/workflow/schema.ts';
import { readSchemaFile } from '../../src/workflow/schema-file.ts';

const head = 'schema: crm-schema/v1\n';

const schemaOf = (text: string): Schema => {
  const reading = readSchemaFile(text, 'crm-schema.yaml');
  if (reading.kind === 'wrong') throw new Error(JSON.stringify(reading.problems));
  return reading.schema;
};

const fieldOf = (written: string) =>
  schemaOf(`${head}objects:\n  Deal:\n    fields:\n      f: ${written}\n`).objects?.get('Deal')?.fields.get('f');

const wrong = (text: string): readonly string[] => {
  const reading = readSchemaFile(text, 'crm-schema.yaml');
  if (reading.kind === 'read') return [];
  return reading.problems.map(
    ({ line, column, path, text: { en }, suggestion }) =>
      `${line}:${column} ${path} ${en}${suggestion === undefined ? '' : ` → ${suggestion}`}`,
  );
};

test('the example of the format', () => {
  const text = readFileSync(new URL('./native/documented/crm-schema.yaml', import.meta.url), 'utf8');
  const schema = schemaOf(text);
  const deal = schema.objects?.get('Deal');
  expect(schema).toMatchObject({ complete: true, timeZone: 'Asia/Tokyo', lists: ['newsletter-2027'] });
  expect(deal).toMatchObject({ label: { en: 'Deal', ja: '商談' }, complete: false, settings: true });
  expect([...(deal?.fields.keys() ?? [])]).toEqual([
    'name',
    'stage',
    'amount',
    'code',
    'account',
    'contacts',
    'tags',
    'score',
    'id',
    'createdAt',
    'modifiedAt',
    'owner',
  ]);
  expect(deal?.fields.get('stage')).toMatchObject({
    type: 'picklist',
    choices: [
      { value: 'Open', active: true },
      { value: 'Won', active: true },
      { value: 'Lost', active: true },
      { value: 'Legacy', active: false },
    ],
    restricted: true,
    required: true,
    default: 'Open',
    hasDefault: true,
  });
  expect(deal?.fields.get('amount')).toMatchObject({ precision: 12, scale: 2, min: 0, editable: true });
  expect(deal?.fields.get('code')).toMatchObject({ length: 10, unique: true });
  expect(deal?.fields.get('contacts')).toMatchObject({ type: 'references', to: ['Contact'] });
  expect(deal?.rules).toMatchObject([
    {
      name: 'lost-needs-reason',
      message: 'Give a reason',
      active: true,
      refuse: {
        kind: 'all',
        of: [
          { op: 'eq', left: { path: { root: { kind: 'record' }, segments: ['stage'] } } },
          { op: 'empty', left: { path: { root: { kind: 'record' }, segments: ['lostReason'] } } },
        ],
      },
    },
  ]);
  expect(schema.users?.get('tanaka')).toEqual({
    id: 'tanaka',
    active: true,
    roles: ['sales'],
    email: 'tanaka@example.co.jp',
    language: 'ja',
  });
  expect(schema.queues?.get('finance')).toEqual({
    id: 'finance',
    members: ['tanaka'],
    email: 'finance@example.co.jp',
  });
  const sales = schema.roles?.get('sales');
  expect(sales?.objects.get('Deal')).toEqual(['create', 'read', 'update']);
  expect(sales?.fields.get('Deal.margin')).toBe('none');
  expect(sales).toMatchObject({ records: 'own', sendAs: ['info@example.co.jp'] });
  expect(schema.templates?.get('deal_won')).toMatchObject({
    object: 'Deal',
    language: 'ja',
    state: 'published',
    html: false,
    promotional: false,
    place: { line: 36, column: 3 },
  });
  expect(schema.senders).toEqual([{ address: 'info@example.co.jp', verified: true }]);
  expect(schema.inbound).toEqual([{ address: 'support@example.co.jp', creates: 'Case' }]);
  expect(schema.recordTypes?.get('Deal')).toEqual(['Direct', 'Reseller']);
  expect(deal?.recordTypes).toEqual(['Direct', 'Reseller']);
});

describe('what is absent is unknown', () => {
  test('sections', () => {
    expect(schemaOf(head)).toEqual({ complete: false });
  });

  test('the members of a queue', () => {
    expect(schemaOf(`${head}queues: { a: {}, b: { members: [] }, c: }`).queues).toEqual(
      new Map([
        ['a', { id: 'a' }],
        ['b', { id: 'b', members: [] }],
        ['c', { id: 'c' }],
      ]),
    );
  });

  test('the values of a picklist', () => {
    expect(fieldOf('picklist')).toMatchObject({ restricted: false });
    expect(fieldOf('picklist')).not.toHaveProperty('choices');
  });
});

describe('fields', () => {
  test.each([
    ['text', { type: 'text', required: false, readOnly: false, unique: false, hasDefault: false }],
    ['{ type: number, default: 0 }', { hasDefault: true, default: 0 }],
    ['{ type: text, default: null }', { hasDefault: false }],
    ['{ type: boolean, default: false }', { hasDefault: true, default: false }],
    ['{ type: reference, to: [Account, Contact] }', { to: ['Account', 'Contact'] }],
    ['{ type: number, readOnly: true }', { readOnly: true }],
    [
      '{ type: picklist, values: [1, yes] }',
      {
        choices: [
          { value: '1', active: true },
          { value: 'yes', active: true },
        ],
      },
    ],
    [
      '{ type: picklist, values: [{ value: A, label: あ, recordTypes: [Direct] }] }',
      { choices: [{ value: 'A', label: 'あ', active: true, recordTypes: ['Direct'] }] },
    ],
    ['{ type: text, label: 件名 }', { label: { en: '件名', ja: '件名' } }],
  ])('%s', (written, expected) => {
    expect(fieldOf(written)).toMatchObject(expected);
  });

  test('what an object lists itself is not added to it', () => {
    const fields = schemaOf(`${head}objects: { A: { fields: { owner: text, id: number } } }`).objects?.get('A')?.fields;
    expect(fields?.get('owner')?.type).toBe('text');
    expect(fields?.get('id')?.type).toBe('number');
    expect(fields?.get('modifiedAt')).toMatchObject({ type: 'datetime', readOnly: true });
  });

  test('an object without fields, and people', () => {
    const objects = schemaOf(`${head}complete: true\nobjects:\n  A:\n  User: { fields: { 部署: text } }`).objects;
    expect(objects?.get('A')).toMatchObject({ complete: true, settings: false, rules: [] });
    expect([...(objects?.get('User')?.fields.keys() ?? [])]).toEqual([
      '部署',
      'id',
      'name',
      'createdAt',
      'modifiedAt',
      'owner',
      'email',
      'role',
      'active',
      'manager',
    ]);
  });
});

describe('what is wrong is told with its place', () => {
  test.each([
    [
      '',
      ['1:1  the schema file is empty; it starts with "schema: crm-schema/v1" and lists what it knows under objects:'],
    ],
    ['a: [', [expect.stringMatching(/^1:5 {2}/)]],
    ['- a', [expect.stringMatching(/^1:1 {2}schema: expected keys with values, found a list/)]],
    ['complete: true', [expect.stringMatching(/^1:1 {2}the schema file needs the key schema.* → schema$/)]],
    [
      'schema: v1',
      [expect.stringMatching(/^1:9 schema schema: expected crm-schema\/v1, found the text "v1".*→ crm-schema\/v1$/)],
    ],
    [
      `${head}object: {}`,
      [expect.stringMatching(/^2:1 object the schema file has no key "object"; rename it to objects .* → objects$/)],
    ],
    [
      `${head}objects: [Deal]`,
      [expect.stringMatching(/^2:10 objects objects: expected keys with values, found a list/)],
    ],
    [`${head}objects:\n  Deal: { feilds: {} }`, [expect.stringMatching(/^3:11 objects\.Deal\.feilds .* → fields$/)]],
    [
      `${head}objects:\n  Deal: { fields: { a: txt } }`,
      [expect.stringMatching(/^3:24 objects\.Deal\.fields\.a a: "txt" cannot be used here; write text .* → text$/)],
    ],
    [
      `${head}objects: { Deal: { fields: { a: { type: text, lenght: 3 } } } }`,
      [expect.stringMatching(/lenght.* → length$/)],
    ],
    [
      `${head}objects: { Deal: { fields: { a: { length: 3 } } } }`,
      [expect.stringMatching(/a field needs the key type/)],
    ],
    [
      `${head}objects: { Deal: { fields: { a: { type: text, length: '3' } } } }`,
      [expect.stringMatching(/length: expected a number, found the text "3"/)],
    ],
    [`${head}objects: { Deal: { fields: { a: } } }`, [expect.stringMatching(/a: expected a type such as text/)]],
    [
      `${head}objects: { Deal: { fields: { a: { type: picklist, values: A } } } }`,
      [expect.stringMatching(/values: expected a list, found the text "A"/)],
    ],
    [
      `${head}objects: { Deal: { rules: [{ name: a }] } }`,
      [expect.stringMatching(/a validation rule needs the key refuse/)],
    ],
    [
      `${head}objects: { Deal: { rules: [{ refuse: { field: a, equals: 1 } }] } }`,
      [expect.stringMatching(/a test has no key "equals"/)],
    ],
    [`${head}timeZone: Tokyo`, [expect.stringMatching(/^2:11 timeZone .* → Asia\/Tokyo$/)]],
    [`${head}users: { a: { actve: true } }`, [expect.stringMatching(/users\.a\.actve .* → active$/)]],
    [
      `${head}users: { a: { active: yes } }`,
      [expect.stringMatching(/active: expected true or false, found the text "yes"/)],
    ],
    [
      `${head}roles: { a: { objects: { Deal: [write] } } }`,
      [expect.stringMatching(/"write" cannot be used here; allowed: create, read, update, delete/)],
    ],
    [
      `${head}roles: { a: { fields: { Deal.a: hidden } } }`,
      [expect.stringMatching(/"hidden" cannot be used here; allowed: read, edit, none/)],
    ],
    [`${head}templates: { a: { state: live } }`, [expect.stringMatching(/"live" cannot be used here/)]],
    [`${head}senders: [a@example.com]`, [expect.stringMatching(/senders: expected keys with values/)]],
    [`${head}inbound: [{ address: a@example.com }]`, [expect.stringMatching(/needs the key creates/)]],
    [`${head}lists: news`, [expect.stringMatching(/lists: expected a list/)]],
    [`${head}users: {}\nusers: {}`, [expect.stringMatching(/^3:1 users the key users is already in line 2/)]],
    [`${head}---\nb: 1`, [expect.stringMatching(/^3:1 {2}the schema file has a second document/)]],
    ['['.repeat(1_000), [expect.stringMatching(/the nesting is deeper/)]],
  ])('%j', (text, expected) => {
    expect(wrong(text)).toEqual(expected);
  });

  test('everything at once, in the order of the file', () => {
    expect(wrong(`${head}users: 1\nqueues: 2\ncomplete: 3`).map((line) => line.slice(0, 4))).toEqual([
      '2:8 ',
      '3:9 ',
      '4:11',
    ]);
  });

  test('Japanese is said as well', () => {
    const reading = readSchemaFile(`${head}object: {}`, 'a.yaml');
    expect(reading.kind === 'wrong' && reading.problems[0].text.ja).toBe(
      'スキーマファイルに "object" というキーはありません。objects に直してください（使えるキー: schema、complete、timeZone、objects、users、queues、roles、templates、senders、inbound、recordTypes、lists）',
    );
  });
});
