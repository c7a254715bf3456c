import { describe, expect, test } from '@jest/globals';
import type { Act } from '../../../src/model/workflow/step.ts';
import { readsOf, writesOf } from '../../../src/reason/workflow/effects.ts';
import { field, here, literal, object, of, path, record, schema, set, step, workflow } from './models.ts';

const crm = schema(
  object('Deal', [field('stage', 'text'), field('account', 'reference', { to: ['Account'] })]),
  object('Account', [field('phone', 'phone')]),
);

const beforeSave = workflow([], {
  triggers: workflow([]).triggers.map((trigger) => ({ ...trigger, phase: 'before' })),
});

/** `update Deal{stage} trigger` */
const told = (act: Act, within = workflow([])): readonly string[] => {
  const one = step('one', act);
  return writesOf(one, { ...within, steps: [one, ...within.steps] }, crm).map(
    ({ operation, object: on = '?', of: whose, set: written, more, inSave }) =>
      `${operation} ${on}{${written.map(({ field: { name } }) => name).join()}${more ? '…' : ''}} ${whose.kind}${inSave ? ' in the save' : ''}`,
  );
};

const find: Act = { kind: 'find', object: { name: 'Account', place: here }, gives: 'one' };

describe('what a step writes', () => {
  test.each<[string, Act, readonly string[]]>([
    [
      'the trigger record',
      { kind: 'update', target: { kind: 'trigger' }, set: [set('stage', literal('Won'))] },
      ['update Deal{stage} trigger'],
    ],
    [
      'the trigger record by its path',
      { kind: 'update', target: { kind: 'path', path: record() }, set: [set('stage', literal('Won'))] },
      ['update Deal{stage} trigger'],
    ],
    [
      'a record that an earlier step found',
      { kind: 'update', target: { kind: 'path', path: path({ kind: 'step', step: 'found' }) }, set: [] },
      ['update Account{} path'],
    ],
    [
      'a record over a relation',
      { kind: 'update', target: { kind: 'path', path: record('account') }, set: [], more: true },
      ['update Account{…} path'],
    ],
    [
      'every record that matches',
      { kind: 'delete', target: { kind: 'query', object: { name: 'Account', place: here } } },
      ['delete Account{} query'],
    ],
    [
      'a field over a relation belongs to the other object',
      {
        kind: 'update',
        target: { kind: 'trigger' },
        set: [set('account.phone', literal('1')), set('stage', literal('x'))],
      },
      ['update Deal{stage} trigger', 'update Account{phone} any'],
    ],
    ['a new record', { kind: 'create', object: { name: 'Account', place: here }, set: [] }, ['create Account{} new']],
    ['the owner', { kind: 'assign', to: { kind: 'user', id: 'a', place: here } }, ['update Deal{owner} trigger']],
    [
      'code that was read through',
      { kind: 'code', language: 'python', text: '', reads: [], writes: [set('stage', literal('x'))], complete: true },
      ['update Deal{stage} trigger'],
    ],
    [
      'code that was not understood may write anything',
      { kind: 'code', language: 'python', text: '', reads: [], writes: [], complete: false },
      ['update ?{…} any'],
    ],
    [
      'an unknown action may write anything',
      { kind: 'custom', action: { name: 'x', place: here }, effect: 'opaque', reads: [] },
      ['update ?{…} any'],
    ],
    ['a mail writes nothing', { kind: 'mail', to: [], cc: [], bcc: [], html: false }, []],
    [
      'a variable is not stored',
      {
        kind: 'let',
        assigns: [{ to: path({ kind: 'variable', name: 'n' }), how: 'set', value: literal(1), place: here }],
      },
      [],
    ],
  ])('%s', (_, act, expected) => {
    expect(told(act, workflow([step('found', find)]))).toEqual(expected);
  });

  test('before the save, a value put into the trigger record is stored with it', () => {
    const act: Act = {
      kind: 'let',
      assigns: [{ to: record('stage'), how: 'set', value: literal('Won'), place: here }],
    };
    expect(told(act, beforeSave)).toEqual(['update Deal{stage} trigger in the save']);
    expect(told(act)).toEqual([]);
  });

  test('before the save, an update of another record is a save of its own', () => {
    const act: Act = { kind: 'update', target: { kind: 'path', path: record('account') }, set: [] };
    expect(told(act, beforeSave)).toEqual(['update Account{} path']);
  });
});

describe('what a step reads', () => {
  const reads = (act: Act, within = workflow([])) => {
    const { paths, anything } = readsOf(step('one', act), within);
    return `${paths.map(({ text }) => text).join()}${anything ? ' and anything' : ''}`;
  };
  const text = (...parts: (string | ReturnType<typeof of>)[]) => ({ kind: 'text', parts, place: here }) as const;

  test('paths in texts', () => {
    expect(reads({ kind: 'log', text: text('to ', of(record('stage')), text(of(record('name')))) })).toBe('stage,name');
  });

  test('what the formulas and constants it names are made from', () => {
    const variables = [
      {
        name: 'greeting',
        list: false,
        input: false,
        output: false,
        required: false,
        place: here,
        constant: true,
        default: text(
          'Hello ',
          of(record('name')),
          of({ ...path({ kind: 'variable', name: 'greeting' }), text: 'greeting' }),
        ),
      },
    ];
    const named = { ...path({ kind: 'variable', name: 'greeting' }), text: 'greeting' } as const;
    expect(reads({ kind: 'log', text: of(named) }, workflow([], { variables }))).toBe('greeting,name,greeting');
  });

  test('a filter and the value that is looked for', () => {
    const where = {
      condition: {
        kind: 'not',
        of: {
          kind: 'test',
          left: of({ ...path({ kind: 'candidate' }, 'name') }),
          op: 'eq',
          right: of(record('stage')),
          place: here,
        },
        place: here,
      },
      tests: [],
      place: here,
    } as const;
    expect(reads({ ...find, where })).toBe('name,stage');
  });

  test('what is not understood reads anything', () => {
    expect(reads({ kind: 'log', text: { kind: 'opaque', text: '?', reads: [record('stage')], place: here } })).toBe(
      'stage and anything',
    );
  });
});
