import { describe, expect, test } from '@jest/globals';
import { bare, only, said, saidOfStep, stepOf, waysIn, withSteps } from './read.ts';

const literal = (value: unknown) => ({ kind: 'literal', value });
const record = (...segments: readonly string[]) => ({
  root: { kind: 'record' },
  segments,
  text: ['record', ...segments].join('.'),
});

describe('what each step does', () => {
  test.each<[string, object]>([
    [
      'update: record\nset: { a: 1 }',
      {
        kind: 'update',
        target: { kind: 'trigger' },
        set: [{ field: { name: 'a' }, value: literal(1) }],
        canFail: true,
      },
    ],
    ['update: item\nset: { a: 1 }', { target: { kind: 'path', path: { root: { kind: 'item' }, segments: [] } } }],
    ['update: record.account\nset: { a: 1 }', { target: { kind: 'path', path: record('account') } }],
    [
      'update: var.deal\nset: { a: 1 }',
      { target: { kind: 'path', path: { root: { kind: 'variable', name: 'deal' } } } },
    ],
    [
      'update: Deal\nset: { a: 1 }',
      { target: { kind: 'query', object: { name: 'Deal' } }, object: { name: 'Deal' }, many: true },
    ],
    ['update: crm.lead\nset: { a: 1 }', { target: { kind: 'query', object: { name: 'crm.lead' } } }],
    ['update: user\nset: { a: 1 }', { target: { kind: 'query', object: { name: 'user' } } }],
    [
      'update: Deal\nwhere: { field: a, eq: 1 }\nset: { b: 2 }',
      { target: { kind: 'query', where: { condition: { left: { path: { root: { kind: 'candidate' } } } } } } },
    ],
    [
      'create: Task\nset: { title: x }',
      { kind: 'create', object: { name: 'Task' }, set: [{ field: { name: 'title' } }] },
    ],
    ['create: Task', { kind: 'create', set: [] }],
    ['delete: record', { kind: 'delete', target: { kind: 'trigger' } }],
    ['delete: Deal\nwhere: { field: a, empty: true }', { kind: 'delete', target: { kind: 'query' }, many: true }],
    ['find: Deal', { kind: 'find', object: { name: 'Deal' }, gives: 'list' }],
    ['find: Deal\nlimit: 1', { gives: 'one', limit: 1 }],
    [
      'find: Deal\nlimit: 5\nsort: [-createdAt, name]',
      {
        gives: 'list',
        limit: 5,
        sort: [
          { field: { name: 'createdAt' }, descending: true },
          { field: { name: 'name' }, descending: false },
        ],
      },
    ],
    ['find: Deal\nsort: name', { sort: [{ field: { name: 'name' }, descending: false }] }],
    ['assign: user:tanaka', { kind: 'assign', to: { kind: 'user', id: 'tanaka' } }],
    ['assign: queue:finance', { to: { kind: 'queue', id: 'finance' } }],
    ["assign: '{{record.account.owner}}'", { to: { kind: 'path', path: record('account', 'owner') } }],
    [
      'mail: { to: queue:finance, template: won }',
      { kind: 'mail', to: [{ kind: 'queue', id: 'finance' }], cc: [], bcc: [], template: { name: 'won' }, html: false },
    ],
    [
      "mail: { to: [a@example.com, '{{record.email}}', role:sales], cc: user:1, bcc: [], from: b@example.com, subject: s, body: b, html: true }",
      {
        to: [
          { kind: 'address', address: 'a@example.com' },
          { kind: 'path', path: record('email') },
          { kind: 'role', id: 'sales' },
        ],
        cc: [{ kind: 'user', id: '1' }],
        bcc: [],
        from: { kind: 'address', address: 'b@example.com' },
        subject: literal('s'),
        body: literal('b'),
        html: true,
      },
    ],
    ["mail: { to: 'T <{{record.email}}>', template: a }", { to: [{ kind: 'opaque', text: 'T <{{record.email}}>' }] }],
    [
      "notify: user:a\nmessage: 'x {{record.name}}'",
      { kind: 'notify', to: [{ kind: 'user', id: 'a' }], message: { kind: 'text' }, canFail: false },
    ],
    ['notify: [user:a, role:b]\nmessage: x', { to: [{ kind: 'user' }, { kind: 'role' }] }],
    [
      'approval: { approvers: [role:a, user:b], mode: all }',
      { kind: 'approval', approvers: [{ kind: 'role' }, { kind: 'user' }], takes: 'all' },
    ],
    ['approval: { approvers: user:a }', { takes: 'any' }],
    ['wait: 3d', { kind: 'wait', until: { kind: 'duration', duration: { amount: 3, unit: 'day' } } }],
    [
      "wait: { until: '{{record.dueDate}}' }",
      { until: { kind: 'date', value: { kind: 'path', path: record('dueDate') } } },
    ],
    ['wait: { until: 2027-01-31 }', { until: { kind: 'date', value: literal('2027-01-31') } }],
    [
      'wait: { for: { field: a, eq: 1 }, timeout: 7d }',
      { until: { kind: 'condition' }, timeout: { amount: 7, unit: 'day' } },
    ],
    [
      'wait: { signal: paid, timeout: 1month }',
      { until: { kind: 'signal', signal: { name: 'paid' } }, timeout: { amount: 1, unit: 'month' } },
    ],
    ['signal: paid', { kind: 'signal', signal: { name: 'paid' } }],
    [
      "loop: '{{record.contacts}}'\nsteps: [{ log: x }]",
      { kind: 'loop', over: { kind: 'path', path: record('contacts') } },
    ],
    [
      'let: { a: 1, b: x }',
      {
        kind: 'let',
        assigns: [
          { to: { root: { kind: 'variable', name: 'a' } }, how: 'set', value: literal(1) },
          { to: { root: { name: 'b' } } },
        ],
      },
    ],
    [
      "call: other\nwith: { id: '{{record.id}}' }",
      { kind: 'call', workflow: { name: 'other' }, inputs: [{ field: { name: 'id' }, value: { path: record('id') } }] },
    ],
    [
      "http: { url: 'https://x.example/{{record.id}}', method: POST, headers: { A: b }, body: { c: '{{record.d}}' }, timeout: 10s, retry: 2 }",
      {
        kind: 'http',
        url: { kind: 'text' },
        method: 'POST',
        headers: [{ field: { name: 'A' }, value: literal('b') }],
        body: { kind: 'opaque', reads: [record('d')] },
        timeout: { amount: 10, unit: 'second' },
        retries: 2,
      },
    ],
    ['log: x', { kind: 'log', text: literal('x'), canFail: false }],
    ['fail: x', { kind: 'fail', text: literal('x') }],
    ['stop: true', { kind: 'stop' }],
    ['name: 知らせる\nlog: x', { label: '知らせる', kind: 'log' }],
    ['id: 1\nlog: x', { id: '1' }],
  ])('%j', (step, expected) => {
    expect(saidOfStep(step)).toEqual([]);
    expect(bare(stepOf(step.replace(/\n/g, '\n  ')))).toMatchObject(expected);
  });

  test.each([
    ['before', 'record', false],
    ['before', 'Deal', true],
    ['after', 'record', true],
  ])('in the phase %s, a change of %s can fail: %s', (phase, target, canFail) => {
    const text = `workflow: w\nobject: Deal\ntrigger: { on: save, phase: ${phase} }\nsteps: [{ update: ${target}, set: { a: 1 } }]`;
    expect(only(text).steps[0]?.canFail).toBe(canFail);
  });
});

describe('what is wrong with a step', () => {
  test.each([
    ['update: record', ['action-missing-parameter 1:3 set']],
    ['update:\nset: { a: 1 }', ['action-missing-parameter 1:3 update']],
    ['updat: record\nset: { a: 1 }', ['action-unknown-type 1:3 updat → update']],
    ['update: record\nste: { a: 1 }', ['action-unknown-parameter 2:3 ste → set', 'action-missing-parameter 1:3 set']],
    ['update: record\nset: { a: 1 }\nwhere: { field: b, eq: 1 }', ['action-unknown-parameter 3:3 where → set']],
    ['update: record\nset: [a]', ['parse-value 2:8']],
    ['mail: { to: user:a, template: b, subjet: x }', ['action-unknown-parameter 1:36 subjet → subject']],
    ['mail: { cc: user:a, template: b }', ['action-missing-parameter 1:3 to']],
    ['mail: { to: user:a }', ['action-missing-parameter 1:3 template']],
    ['mail: { template: b }', []],
    ['mail: user:a', ['parse-value 1:9']],
    ['mail: { to: finance, template: b }', ['parse-value 1:15']],
    ["mail: { to: '', template: b }", ['parse-value 1:15']],
    ['mail: { to: [[a]], template: b }', ['parse-value 1:16']],
    ['mail: { to: user:a, template: b, html: yes }', ['parse-value 1:42']],
    ['mail: { to: user:a, template: b, onError: [] }', ['action-unknown-parameter 1:36 onError → to']],
    ['notify: user:a', ['action-missing-parameter 1:3 message']],
    ['notify: []\nmessage: x', ['action-missing-parameter 1:3 notify']],
    ['approval: { mode: any }', ['action-missing-parameter 1:3 approvers']],
    ['approval: { approvers: [], mode: some }', ['parse-value 1:36']],
    ['wait:', ['action-missing-parameter 1:3 wait']],
    ['wait: 3 apples', ['parse-value 1:9']],
    ['wait: 3m', ['parse-value 1:9']],
    ['wait: { timeout: 3d }', ['action-missing-parameter 1:3 until']],
    ['wait: { for: 3d }', ['parse-value 1:16']],
    ["wait: { until: '{{now}}', signal: a }", ['parse-value 1:29']],
    ['wait: { untill: 3 }', ['action-unknown-parameter 1:11 untill → until', 'action-missing-parameter 1:3 until']],
    ['if: { field: a, eq: 1 }\nthan: []', ['action-unknown-parameter 2:3 than → then']],
    ['if:\nthen: []', ['parse-value 1:3']],
    ['branch: []', ['action-missing-parameter 1:3 branch']],
    ['branch: [{ steps: [] }]', ['parse-value 1:12']],
    ['branch: [{ else: [] }, { when: { field: a, eq: 1 }, steps: [] }]', ['parse-value 1:12']],
    [
      'branch: [{ wen: { field: a, eq: 1 }, steps: [] }]',
      ['action-unknown-parameter 1:14 wen → when', 'parse-value 1:12'],
    ],
    ['loop: contacts\nsteps: [{ log: x }]', ['parse-value 1:9']],
    ["loop: '{{record.a}}'", ['action-missing-parameter 1:3 steps']],
    ['call:', ['action-missing-parameter 1:3 call']],
    ['http: { method: GET }', ['action-missing-parameter 1:3 url']],
    ["http: { url: 'https://x.example', timeout: fast, retry: two }", ['parse-value 1:46', 'parse-value 1:59']],
    ['find: Deal\nlimit: 0', ['parse-value 2:10']],
    ['find: Deal\nlimit: many', ['parse-value 2:10']],
    ['stop: false', ['parse-value 1:9']],
    ['name: x', ['parse-value 1:3']],
    ['log: x\nstop: true', ['parse-value 2:3']],
    ['email: { to: user:a }\nname: x', ['action-unknown-type 1:3 email → mail']],
    ['log: x\n__proto__: y', ['action-unknown-parameter 2:3 __proto__ → id']],
    ['toString: y', ['action-unknown-type 1:3 toString → update']],
  ])('%j', (step, problems) => {
    expect([...saidOfStep(step)].toSorted()).toEqual([...problems].toSorted());
  });

  test('a step that is none, and steps that are no list', () => {
    expect(said('workflow: w\ntrigger: { on: call }\nsteps:\n  - stop\n  - log: x')).toEqual(['parse-value 4:5']);
    expect(said('workflow: w\ntrigger: { on: call }\nsteps: { log: x }')).toEqual(['parse-value 3:8']);
  });

  test('an id that is there already: the second step is called by its position', () => {
    const text = 'workflow: w\ntrigger: { on: call }\nsteps:\n  - { id: a, log: x }\n  - { id: a, log: y }';
    expect(said(text)).toEqual(['parse-value 5:11']);
    expect(withSteps('- { id: a, log: x }\n- { id: a, log: y }').steps.map(({ id }) => id)).toEqual(['a', '2']);
  });
});

describe('the ways between steps', () => {
  test.each<[string, string, readonly string[]]>([
    ['one after the other', '- log: a\n- log: b', ['1 next> 2', '2 next> end']],
    ['an end', '- stop: true\n- log: b', ['2 next> end']],
    ['a failure', '- fail: x\n- log: b', ['2 next> end']],
    [
      'a jump',
      '- { id: a, log: a, next: c }\n- log: b\n- { id: c, log: c, next: end }',
      ['a next> c', '2 next> c', 'c next> end'],
    ],
    [
      'if with both',
      '- if: { field: a, eq: 1 }\n  then: [{ log: x }]\n  else: [{ log: y }]\n- log: z',
      ['1 branch> 1.then.1', '1 default> 1.else.1', '1.then.1 next> 2', '1.else.1 next> 2', '2 next> end'],
    ],
    [
      'if without else',
      '- if: { field: a, eq: 1 }\n  then: [{ log: x }]\n- log: z',
      ['1 branch> 1.then.1', '1 next> 2', '1.then.1 next> 2', '2 next> end'],
    ],
    [
      'if without steps',
      '- if: { field: a, eq: 1 }\n  then: []\n  else: []\n- log: z',
      ['1 branch> 2', '1 default> 2', '2 next> end'],
    ],
    [
      'if that jumps',
      '- if: { field: a, eq: 1 }\n  then: [{ log: x }]\n  next: c\n- log: b\n- { id: c, log: c }',
      ['1 branch> 1.then.1', '1 next> c', '1.then.1 next> c', '2 next> c', 'c next> end'],
    ],
    [
      'branches',
      '- branch:\n    - { when: { field: a, eq: 1 }, steps: [{ log: x }] }\n    - { when: { field: a, eq: 2 } }\n- log: z',
      ['1 branch> 1.branch.1.steps.1', '1 branch> 2', '1 next> 2', '1.branch.1.steps.1 next> 2', '2 next> end'],
    ],
    [
      'an approval with one way',
      '- approval: { approvers: user:a }\n  rejected: [{ stop: true }]\n- log: z',
      ['1 rejected> 1.rejected.1', '1 next> 2', '2 next> end'],
    ],
    ['an approval with none', '- approval: { approvers: user:a }\n- log: z', ['1 next> 2', '2 next> end']],
    [
      'an error path',
      '- log: a\n  onError: [{ log: b }]\n- log: c',
      ['1 next> 2', '1 error> 1.onError.1', '1.onError.1 next> 2', '2 next> end'],
    ],
    ['an empty error path goes on', '- log: a\n  onError: []\n- log: c', ['1 next> 2', '1 error> 2', '2 next> end']],
    [
      'a loop in a loop',
      "- id: o\n  loop: '{{record.a}}'\n  steps:\n    - loop: '{{item.b}}'\n      steps: [{ log: '{{item.c}}' }]",
      [
        'o body> 1.steps.1',
        'o next> end',
        '1.steps.1 body> 1.steps.1.steps.1',
        '1.steps.1 next> o',
        '1.steps.1.steps.1 next> 1.steps.1',
      ],
    ],
    ['a loop without steps', "- loop: '{{record.a}}'\n  steps: []", ['1 body> 1', '1 next> end']],
    [
      'out of a loop',
      "- loop: '{{record.a}}'\n  steps: [{ log: x, next: end }]\n- log: z",
      ['1 body> 1.steps.1', '1 next> 2', '1.steps.1 next> end', '2 next> end'],
    ],
  ])('%s', (_, steps, ways) => {
    expect(waysIn(withSteps(steps))).toEqual(ways);
  });

  test('the round of a loop is that of the inner one', () => {
    const { steps } = withSteps(
      "- id: o\n  loop: '{{record.a}}'\n  steps:\n    - id: i\n      loop: '{{item.b}}'\n      steps: [{ id: l, log: '{{item.c}}' }]\n    - { id: m, log: '{{item.d}}' }\n- { id: n, log: '{{item.e}}' }",
    );
    const loopOf = (id: string) => {
      const step = steps.find((one) => one.id === id);
      const value = step?.kind === 'log' ? step.text : step?.kind === 'loop' ? step.over : undefined;
      return value?.kind === 'path' && value.path.root.kind === 'item' ? (value.path.root.loop ?? 'none') : undefined;
    };
    expect([loopOf('i'), loopOf('l'), loopOf('m'), loopOf('n')]).toEqual(['o', 'i', 'o', 'none']);
    expect(steps.map(({ id, inside = [] }) => [id, ...inside].join(' '))).toEqual(['o', 'i o', 'l o i', 'm o', 'n']);
  });

  test('a jump is where it is written, and one that leads nowhere is kept', () => {
    const { steps } = withSteps('- log: a\n  next: nowhere');
    expect(steps[0]?.next).toMatchObject({ to: 'nowhere', jump: true, place: { line: 6, column: 11 } });
  });
});

test('ten thousand steps, and steps inside of steps', () => {
  const many = withSteps('- log: x\n'.repeat(10_000));
  expect(many.steps).toHaveLength(10_000);
  const deep = withSteps(
    `${Array.from(
      { length: 60 },
      (_, at) => `${'  '.repeat(at * 2)}- if: { field: a, eq: ${at} }\n${'  '.repeat(at * 2)}  then:`,
    ).join('\n')} []`,
  );
  expect(deep.steps).toHaveLength(60);
});
