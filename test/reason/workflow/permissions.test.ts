import { describe, expect, test } from '@jest/globals';
import type { Project } from '../../../src/model/workflow/project.ts';
import type { Field, ObjectSchema, Role, Schema, User } from '../../../src/model/workflow/schema.ts';
import type { Step } from '../../../src/model/workflow/step.ts';
import type { RunAs, Trigger, Workflow } from '../../../src/model/workflow/workflow.ts';
import { mayDo, mayEdit, mayRead, rolePrincipal, userPrincipal } from '../../../src/reason/workflow/permissions.ts';
import { refusalOf, runnersOf } from '../../../src/reason/workflow/runners.ts';

const place = { file: 'x.yaml', line: 1, column: 1 };
const field = (name: string): [string, Field] => [
  name,
  { name, type: 'text', required: false, hasDefault: false, restricted: false, unique: false, readOnly: false },
];
const object = (name: string): [string, ObjectSchema] => [
  name,
  { name, fields: new Map([field('name'), field('limit')]), rules: [], complete: true, settings: false },
];
const role = (
  id: string,
  objects: Record<string, Role['objects'] extends ReadonlyMap<string, infer V> ? V : never>,
  more: Partial<Role> = {},
): [string, Role] => [
  id,
  { id, objects: new Map(Object.entries(objects)), fields: new Map(), records: 'all', ...more },
];
const user = (id: string, roles: string[], active = true): [string, User] => [id, { id, roles, active }];

const base: Schema = {
  complete: true,
  objects: new Map([object('Deal'), object('Invoice')]),
  roles: new Map([
    role('sales', { Deal: ['create', 'read', 'update'] }, { fields: new Map([['Deal.limit', 'read']]) }),
    role('clerk', { Invoice: ['create', 'read', 'update'] }),
    role('boss', {}, { everything: true }),
    role('set', { Deal: ['read', 'update'] }, { additional: true }),
    role('blind', { Deal: ['read', 'update'] }, { fields: new Map([['Deal.limit', 'none']]) }),
  ]),
};
const withUsers = (...users: [string, User][]): Schema => ({ ...base, users: new Map(users) });

describe('what a principal may do', () => {
  test.each([
    ['sales', 'update', 'Deal', 'yes'],
    ['sales', 'delete', 'Deal', 'no'],
    ['sales', 'read', 'Invoice', 'no'],
    ['sales', 'create', 'Elsewhere', 'unknown'],
    ['boss', 'delete', 'Invoice', 'yes'],
    ['set', 'update', 'Deal', 'yes'],
    ['set', 'delete', 'Deal', 'unknown'],
  ] as const)('%s %s %s: %s', (id, operation, name, expected) => {
    const principal = rolePrincipal(id, base);
    expect(principal && mayDo(principal, operation, name, base)).toBe(expected);
  });

  test.each([
    ['sales', 'no', 'yes'],
    ['boss', 'yes', 'yes'],
    ['blind', 'no', 'no'],
    ['clerk', 'unknown', 'unknown'],
    ['set', 'yes', 'yes'],
  ] as const)('%s edits Deal.limit: %s, reads it: %s', (id, edits, reads) => {
    const principal = rolePrincipal(id, base);
    expect(principal && mayEdit(principal, 'update', 'Deal', 'limit', base)).toBe(edits);
    expect(principal && mayRead(principal, 'Deal', 'limit', base)).toBe(reads);
  });

  test('a user has what any of the roles allows, and is unknown where a role is', () => {
    const schema = withUsers(user('both', ['sales', 'clerk']), user('odd', ['sales', 'gone']), user('none', []));
    const both = userPrincipal('both', schema);
    expect(both && mayDo(both, 'read', 'Invoice', schema)).toBe('yes');
    expect(both && mayDo(both, 'delete', 'Invoice', schema)).toBe('no');
    const odd = userPrincipal('odd', schema);
    expect(odd && mayDo(odd, 'read', 'Invoice', schema)).toBe('unknown');
    expect(userPrincipal('none', schema)).toBeUndefined();
    expect(userPrincipal('nobody', schema)).toBeUndefined();
  });

  test('what a permission set allows, a role by itself does not certainly lack', () => {
    const extra = role('more', { Invoice: ['read'] }, { additional: true, fields: new Map([['Deal.limit', 'edit']]) });
    const schema: Schema = { ...base, roles: new Map([...(base.roles ?? []), extra]) };
    const sales = rolePrincipal('sales', schema);
    expect(sales && mayDo(sales, 'read', 'Invoice', schema)).toBe('unknown');
    expect(sales && mayDo(sales, 'delete', 'Invoice', schema)).toBe('no');
    expect(sales && mayEdit(sales, 'update', 'Deal', 'limit', schema)).toBe('unknown');
    const known = { ...schema, users: new Map([user('one', ['sales'])]) };
    const one = userPrincipal('one', known);
    expect(one && mayDo(one, 'read', 'Invoice', known)).toBe('no');
  });

  test('who sees everything reads what no list has, and changes nothing of it', () => {
    const viewer = rolePrincipal('viewer', { ...base, roles: new Map([role('viewer', {}, { seesAll: true })]) });
    expect(viewer && mayDo(viewer, 'read', 'Invoice', base)).toBe('yes');
    expect(viewer && mayDo(viewer, 'update', 'Invoice', base)).toBe('no');
  });

  test('names are found in any letter case where the system does not tell them apart', () => {
    const schema = { ...base, ignoreCase: true };
    const principal = rolePrincipal('Sales', schema);
    expect(principal && mayDo(principal, 'delete', 'DEAL', schema)).toBe('no');
    expect(principal && mayEdit(principal, 'update', 'DEAL', 'LIMIT', schema)).toBe('no');
  });
});

const trigger = (on: Trigger['on'], more: Partial<Trigger> = {}): Trigger => ({
  id: 't',
  on,
  phase: 'after',
  becomesTrue: false,
  once: false,
  onImport: true,
  place,
  ...more,
});
const workflow = (id: string, on: Trigger[], more: Partial<Workflow> = {}): Workflow => ({
  id,
  format: 'NY',
  kind: 'record',
  status: 'active',
  object: { name: 'Deal', place },
  triggers: on,
  runAs: { kind: 'user' },
  runAsStated: false,
  runAsChoosable: true,
  variables: [],
  steps: [],
  defects: [],
  unknown: [],
  place,
  ...more,
});
const call = (name: string): Step => ({
  id: 'c',
  kind: 'call',
  workflow: { name, place },
  inputs: [],
  place,
  canFail: true,
  mayHandleErrors: true,
});
const project = (schema: Schema, ...workflows: Workflow[]): Project => ({
  workflows,
  schema,
  files: [],
  problems: [],
  suppressions: [],
  now: new Date(0),
});
const names = (one: Workflow, schema = base, ...others: Workflow[]): unknown => {
  const who = runnersOf(one, project(schema, one, ...others));
  return who.kind === 'causers'
    ? who.principals.map(({ id }) => id).toSorted()
    : who.kind === 'fixed'
      ? who.principal.id
      : who.kind;
};
const as = (runAs: RunAs): Partial<Workflow> => ({ runAs });

describe('who runs a workflow', () => {
  test('whoever can cause the trigger', () => {
    expect(names(workflow('a', [trigger('update')]))).toEqual(['blind', 'boss', 'sales', 'set']);
    expect(names(workflow('a', [trigger('create')]))).toEqual(['boss', 'sales', 'set']);
    expect(names(workflow('a', [trigger('delete')]))).toEqual(['boss', 'set']);
    expect(names(workflow('a', [trigger('update'), trigger('create')]))).toEqual(['blind', 'boss', 'sales', 'set']);
  });

  test('the named roles of a manual start, else those that the source lists', () => {
    expect(
      names(workflow('a', [trigger('manual', { roles: [{ name: 'clerk', place }] })], { object: undefined } as never)),
    ).toEqual(['clerk']);
    const listed = { ...base, roles: new Map([...(base.roles ?? []), role('starter', {}, { starts: ['a'] })]) };
    const bare = workflow('a', [trigger('manual')]);
    const { object: _, ...manual } = bare;
    expect(names(manual, listed)).toEqual(['boss', 'starter']);
  });

  test('nobody can tell for schedules and hooks that run as a user, for roles that are unknown, and for calls from nowhere', () => {
    expect(names(workflow('a', [trigger('schedule')]))).toBe('unknown');
    expect(names(workflow('a', [trigger('call')]))).toBe('unknown');
    expect(names(workflow('a', [trigger('update')]), { complete: true })).toBe('unknown');
  });

  test('a called workflow runs as whoever runs its callers, over a cycle of calls too', () => {
    const called = workflow('a', [trigger('call')], { steps: [call('b')] });
    const middle = workflow('b', [trigger('call')], { steps: [call('a')] });
    const caller = workflow('c', [trigger('create')], { steps: [call('b')] });
    expect(names(called, base, middle, caller)).toEqual(['boss', 'sales', 'set']);
    expect(names(called, base, middle, { ...caller, ...as({ kind: 'system' }) })).toBe('unknown');
  });

  test('a fixed one, or the system', () => {
    expect(names(workflow('a', [trigger('update')], as({ kind: 'system' })))).toBe('system');
    expect(names(workflow('a', [trigger('update')], as({ kind: 'principal', of: 'role', id: 'sales', place })))).toBe(
      'sales',
    );
    expect(names(workflow('a', [trigger('update')], as({ kind: 'principal', of: 'user', id: 'x', place })))).toBe(
      'unknown',
    );
  });

  test('a condition on the role of the user leaves the others out', () => {
    const condition = {
      kind: 'test',
      left: { kind: 'path', path: { root: { kind: 'user' }, segments: ['role'], text: 'user.role', place }, place },
      op: 'eq',
      right: { kind: 'literal', value: 'sales', place },
      place,
    } as const;
    const when = { condition, tests: [condition], place };
    expect(names(workflow('a', [trigger('update', { when })]))).toEqual(['sales']);
  });
});

describe('whom it is refused', () => {
  const refused = (one: Workflow, schema = base): unknown =>
    refusalOf(one, project(schema, one), (principal) => mayDo(principal, 'read', 'Invoice', schema));

  test('some, all, or the one that it runs as', () => {
    expect(refused(workflow('a', [trigger('update')]))).toEqual({
      kind: 'some',
      of: 'role',
      names: ['sales', 'blind'],
    });
    const roles = new Map([...(base.roles ?? [])].filter(([id]) => id === 'sales' || id === 'blind'));
    expect(refused(workflow('a', [trigger('update')]), { ...base, roles })).toEqual({
      kind: 'all',
      of: 'role',
      names: ['sales', 'blind'],
    });
    expect(
      refused(workflow('a', [trigger('update')], as({ kind: 'principal', of: 'role', id: 'sales', place }))),
    ).toEqual({
      kind: 'one',
      of: 'role',
      names: ['sales'],
    });
    expect(refused(workflow('a', [trigger('update')], as({ kind: 'system' })))).toBeUndefined();
  });

  test('nobody where everyone with the role has another role that allows it', () => {
    const schema = withUsers(
      user('one', ['sales', 'clerk']),
      user('two', ['blind', 'clerk']),
      user('left', ['sales'], false),
    );
    expect(refused(workflow('a', [trigger('update')]), schema)).toBeUndefined();
    expect(
      refused(workflow('a', [trigger('update')]), withUsers(user('one', ['sales', 'clerk']), user('two', ['sales']))),
    ).toEqual({
      kind: 'some',
      of: 'role',
      names: ['sales', 'blind'],
    });
  });
});
