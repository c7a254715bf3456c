import { describe, expect, test } from '@jest/globals';
import { projectFrom, traceOf, tried } from './tried.ts';

const workflow = (id: string, head: string, steps: string): string => `workflow: ${id}
object: Deal
${head}
steps:
${steps.replaceAll(/^/gm, '  ')}
`;

const onUpdate = 'trigger: { on: update }';
const update = 'event: update\nrecord: { id: D1, stage: Open, amount: 10, note: a }\nchange: { stage: Won }\n';

const ran = (result: ReturnType<typeof tried>): readonly string[] =>
  result.steps.filter(({ status }) => status === 'ran').map(({ workflow: id, step }) => `${id}.${step}`);

describe('phases of a save', () => {
  test('before by order, then by path; after; async last, whatever the files are called', () => {
    const one = (id: string, phase: string, order = '') =>
      workflow(id, `trigger: { on: update, phase: ${phase} }${order}`, '- { id: s, log: x }');
    const project = projectFrom({
      'a.yaml': one('async', 'async'),
      'b.yaml': one('after', 'after'),
      'c.yaml': one('late', 'before', '\norder: 2'),
      'd.yaml': one('early', 'before', '\norder: 1'),
      'e.yaml': one('unordered', 'before'),
    });
    expect(ran(tried(project, update))).toEqual(['early.s', 'late.s', 'unordered.s', 'after.s', 'async.s']);
  });

  test('a before-phase workflow alters the record that is saved, and what refuses the save is its fault', () => {
    const schema = `schema: crm-schema/v1
objects:
  Deal:
    fields: { stage: text, note: text }
    rules: [{ name: no-b, refuse: { field: note, eq: b } }]
`;
    const altering = (value: string) =>
      projectFrom(
        `${workflow('w', 'trigger: { on: update, phase: before }', `- { id: s, update: record, set: { note: ${value} } }`)}---
${workflow('v', onUpdate, '- { id: t, log: "{{record.note}}" }')}`,
        schema,
      );
    const fine = tried(altering('c'), update);
    expect(fine).toMatchObject({ status: 'completed', record: { note: 'c' }, written: [{ set: { note: 'c' } }] });
    expect(fine.steps.at(-1)?.because).toBe('c');
    expect(tried(altering('b'), update)).toMatchObject({
      status: 'failed',
      record: { note: 'a', stage: 'Open' },
      failure: { workflow: 'w', step: 's', rule: 'workflow.action-violates-validation' },
    });
    expect(
      tried(altering('c'), update.replace('note: a', 'note: b').replace('stage: Won', 'stage: Won, note: b')).status,
    ).toBe('completed');
    const own = tried(
      projectFrom(workflow('v', onUpdate, '- { log: a }'), schema),
      update.replace('stage: Won', 'note: b'),
    );
    expect(own).toMatchObject({ status: 'not-started' });
    expect(own.because).toContain('no-b');
  });
});

describe('cascades', () => {
  test('a write starts what watches it, with the values of before and after; one that changes nothing starts none', () => {
    const project =
      projectFrom(`${workflow('w', `${onUpdate}\nwhen: { field: stage, changedTo: Won }`, '- { id: s, update: record, set: { note: b } }')}---
${workflow('v', `${onUpdate}\nwhen: { field: note, changed: true }`, "- { id: t, log: '{{prior.note}} {{record.note}}' }")}`);
    const result = tried(project, update);
    expect(ran(result)).toEqual(['w.s', 'v.t']);
    expect(result.steps[1]?.because).toBe('a b');
    expect(ran(tried(project, update.replace('note: a', 'note: b')))).toEqual(['w.s']);
  });

  test('it comes to rest where a constant is written', () => {
    const project = projectFrom(workflow('w', onUpdate, '- { id: s, update: record, set: { note: b } }'));
    expect(tried(project, update)).toMatchObject({ status: 'completed', record: { note: 'b' } });
  });

  test('created records start create workflows and are found afterwards', () => {
    const project =
      projectFrom(`${workflow('w', onUpdate, '- { id: new, create: Task, set: { deal: "{{record.id}}", name: Call } }\n- { id: f, find: Task, where: { field: deal, eq: D1 } }')}---
workflow: v
object: Task
trigger: { on: create }
steps: [{ id: t, log: '{{record.name}}' }]
`);
    const result = tried(project, update);
    expect(ran(result)).toEqual(['w.new', 'v.t', 'w.f']);
    expect(result.written).toEqual([{ object: 'Task', id: 'Task#1', set: { deal: 'D1', name: 'Call' }, by: 'new' }]);
    expect(result.steps.at(-1)?.because).toBe('finds Task Task#1');
  });

  test('a failure in a workflow that was started is told, and the other goes on', () => {
    const project =
      projectFrom(`${workflow('w', `${onUpdate}\nwhen: { field: stage, changed: true }`, '- { id: s, update: record, set: { note: b } }\n- { id: end, log: x }')}---
${workflow('v', `${onUpdate}\nwhen: { field: note, changed: true }`, '- { id: t, fail: no }')}`);
    const result = tried(project, update);
    expect(traceOf(result)).toEqual(['s ran', 't failed', 'end ran']);
    expect(result).toMatchObject({ status: 'failed', failure: { workflow: 'v', step: 't' } });
  });
});

describe('errors', () => {
  test('the error path of a step goes on; that of the workflow ends as failed', () => {
    const step = projectFrom(
      workflow(
        'w',
        onUpdate,
        "- { id: s, fail: no, onError: [{ id: e, log: '{{error.step}}: {{error.message}}' }] }\n- { id: end, log: x }",
      ),
    );
    const one = tried(step, update);
    expect(traceOf(one)).toEqual(['s failed', 'e ran', 'end ran']);
    expect(one.status).toBe('completed');
    expect(one.steps[1]?.because).toContain('s: ');
    const whole = projectFrom(
      `${workflow('w', onUpdate, "- { id: s, assign: '{{record.nobody}}' }\n- { id: end, log: x }")}onError: [{ id: e, log: x }]\n`,
    );
    const other = tried(whole, update);
    expect(traceOf(other)).toEqual(['s failed', 'end skipped', 'e ran']);
    expect(other).toMatchObject({ status: 'failed', failure: { step: 's' } });
  });

  test('stop ends without an error', () => {
    const result = tried(projectFrom(workflow('w', onUpdate, '- { id: s, stop: true }\n- { id: t, log: x }')), update);
    expect(result.status).toBe('completed');
    expect(ran(result)).toEqual(['w.s']);
  });

  test('the fewest values that still fail', () => {
    const project = projectFrom(
      workflow(
        'w',
        `${onUpdate}\nwhen: [{ field: stage, changedTo: Won }, { field: amount, gt: 5 }]`,
        "- { id: s, mail: { to: '{{record.email}}', subject: a, body: b } }",
      ),
    );
    const many = update
      .replace('note: a', 'note: a, b: 1, c: 2, d: 3, e: 4')
      .replace('stage: Won', 'stage: Won, f: 1, g: 2');
    expect(tried(project, many).smallest).toEqual({ amount: 10, stage: 'Won' });
  });
});

describe('time', () => {
  test('a wait moves the clock, and what follows has no value from before', () => {
    const project = projectFrom(
      workflow(
        'w',
        onUpdate,
        "- { id: a, log: '{{prior.stage}} {{today}}' }\n- wait: 3d\n- { id: b, log: '{{prior.stage}} {{today}}' }",
      ),
      'schema: crm-schema/v1\ntimeZone: Asia/Tokyo\n',
    );
    const result = tried(project, `at: 2026-12-30T23:30:00+09:00\n${update}`);
    expect(result.steps.map(({ because }) => because)).toEqual([
      'Open 2026-12-30',
      'waits until 2027-01-02T23:30:00+09:00',
      '2027-01-02',
    ]);
  });

  test('a date, a month that has no such day, and a date that is over', () => {
    const project = projectFrom(
      workflow(
        'w',
        onUpdate,
        "- { id: a, log: '{{today+1month}}' }\n- { wait: { until: '{{record.due}}' } }\n- { id: b, log: '{{now}}' }",
      ),
    );
    const of = (due: string) =>
      tried(project, `at: 2027-01-31T09:00:00Z\n${update.replace('note: a', `due: ${due}`)}`).steps.map(
        ({ because }) => because,
      );
    expect(of('2027-02-03')).toEqual([
      '2027-02-28',
      'waits until 2027-02-03T00:00:00+00:00',
      '2027-02-03T00:00:00+00:00',
    ]);
    expect(of('2020-01-01')).toEqual([
      '2027-01-31'.replace('01-31', '02-28'),
      'no need to wait',
      '2027-01-31T09:00:00+00:00',
    ]);
  });

  test('a signal of another workflow ends a wait', () => {
    const project =
      projectFrom(`${workflow('w', onUpdate, '- { id: s, wait: { signal: go, timeout: 7d } }\n- { id: t, log: x }')}---
${workflow('v', 'trigger: { on: update, phase: async }', '- { id: send, signal: go }')}`);
    const result = tried(project, update);
    expect(result.status).toBe('completed');
    expect(ran(result)).toEqual(['w.s', 'v.send', 'w.t']);
    expect(result.steps[0]?.because).toBe('what it waits for came about');
  });
});

describe('what only the real system knows', () => {
  test('an unknown condition is followed on both ways, and known where they agree', () => {
    const project = (other: string) =>
      projectFrom(
        workflow(
          'w',
          `${onUpdate}\nwhen: { field: stage, changedTo: Won }`,
          `- { id: h, http: { url: 'https://example.com' }, onError: [{ log: x }] }\n- { id: d, if: { field: h.body.ok, eq: true }, then: [{ update: record, set: { note: b } }], else: [{ update: record, set: { note: ${other} } }] }`,
        ),
      );
    expect(tried(project('b'), update)).toMatchObject({ status: 'completed', record: { note: 'b' } });
    expect(tried(project('c'), update)).toMatchObject({ status: 'unknown', record: { stage: 'Won' } });
    const answered = (body: string) => tried(project('c'), `${update}answers: { h: { status: 200, body: ${body} } }`);
    expect(answered('{ ok: true }')).toMatchObject({ status: 'completed', record: { note: 'b' } });
    expect(answered('{ ok: false }')).toMatchObject({ status: 'completed', record: { note: 'c' } });
    expect(answered('{}')).toMatchObject({ status: 'completed', record: { note: 'c' } });
    const { because, ways } = tried(project('c'), update);
    expect(because).toContain('h: the sample has no answer');
    expect(ways?.map(({ status }) => status)).toEqual(['completed', 'completed', 'completed']);
  });

  test('a record that a relation leads to and the sample lacks', () => {
    const project = projectFrom(
      workflow('w', `${onUpdate}\nwhen: { field: account.vip, eq: true }`, '- { id: s, log: x }'),
      'schema: crm-schema/v1\nobjects: { Deal: { fields: { account: { type: reference, to: Account } } } }\n',
    );
    expect(tried(project, update.replace('note: a', 'account: A1'))).toMatchObject({ status: 'unknown', steps: [] });
    expect(tried(project, update).because).toBe('account.vip eq true is false (account.vip = empty)');
  });

  test('what changed is not said: unknown, but a log that shows a run says that it began', () => {
    const project = projectFrom(
      workflow('w', `${onUpdate}\nwhen: { field: stage, changedTo: Won }`, '- { id: s, fail: no }'),
    );
    const sample = 'workflow: w\nevent: update\nrecord: { id: D1, stage: Won }\n';
    expect(tried(project, sample).status).toBe('unknown');
    expect(tried(project, `${sample}observed: { status: failed, step: s }`)).toMatchObject({
      status: 'failed',
      matches: true,
    });
  });

  test('too many ways, and too many steps, end', () => {
    const steps = Array.from(
      { length: 12 },
      (_, at) => `- { id: h${at}, http: { url: 'https://example.com' }, onError: [{ log: x }] }`,
    );
    const result = tried(
      projectFrom(workflow('w', onUpdate, `${steps.join('\n')}\n- { update: record, set: { note: "{{h1.x}}" } }`)),
      update,
    );
    expect(result.status).toBe('unknown');
    expect(result.because).toContain('There are too many cases to follow all.');
    const fanning = workflow(
      'w',
      onUpdate,
      Array.from({ length: 9 }, (_, at) => `- { update: record, set: { f${at}: '{{record.f${at}}}x' } }`).join('\n'),
    );
    expect(tried(projectFrom(fanning), update).status).toBe('failed');
  });
});

describe('how it starts', () => {
  test.each([
    ['trigger: { on: update, fields: [amount] }', update, 'none of amount changed'],
    [
      `trigger: { on: update, whenBecomesTrue: true }\nwhen: { field: amount, gt: 5 }`,
      update,
      'the conditions held before this save already: amount gt 5 is true (amount = 10)',
    ],
    ['trigger: { on: create }', `workflow: w\n${update}`, 'w starts on create, not on update'],
    ['active: false\ntrigger: { on: update }', `workflow: w\n${update}`, 'w is not active'],
    ['trigger: { on: update }', update.replace('Won', 'Open'), 'the update changes nothing'],
    [
      'trigger: { on: manual, roles: [boss] }',
      'event: manual\nuser: tanaka\nrecord: { id: D1 }',
      'tanaka may not start it: only boss may',
    ],
    ['trigger: { on: date, field: due, offset: -7d }', 'event: date\nrecord: { id: D1 }', 'due is empty'],
  ])('%s', (head, sample, because) => {
    const schema = 'schema: crm-schema/v1\nusers: { tanaka: { active: true, roles: [sales] } }\n';
    expect(tried(projectFrom(workflow('w', head, '- { log: x }'), schema), sample)).toMatchObject({
      status: 'not-started',
      because,
      steps: [],
    });
  });

  test('deleted records are gone; webhooks have an input; unknown workflows are not known', () => {
    const of = (head: string, sample: string, steps = "- { id: s, log: '{{record.note}}' }") =>
      tried(projectFrom(workflow('w', head, steps)), sample);
    const deleted = of('trigger: { on: delete }', 'event: delete\nrecord: { id: D1, note: a }');
    expect(deleted).toMatchObject({ status: 'completed', record: null, steps: [{ because: 'a' }] });
    const hook = of(
      'trigger: { on: webhook, auth: secret }',
      'event: webhook\ninput: { id: 7 }',
      "- { id: s, log: '{{input.id}}' }",
    );
    expect(hook).toMatchObject({ status: 'completed', record: null, steps: [{ because: '7' }] });
    expect(of(onUpdate, `workflow: nope\n${update}`)).toMatchObject({
      status: 'unknown',
      because: 'there is no workflow nope',
    });
  });
});

describe('conditions of the native format', () => {
  const schema =
    'schema: crm-schema/v1\nobjects: { Deal: { fields: { stage: text, tags: { type: multipicklist, values: [A, B] }, due: date, at: datetime } } }\ntimeZone: Asia/Tokyo\n';
  test.each([
    ['{ field: note, eq: A }', false],
    ['{ field: note, ne: A }', true],
    ['{ field: none, ne: A }', true],
    ['{ field: none, eq: "" }', false],
    ['{ field: none, lt: 5 }', false],
    ['{ field: none, notIn: [A] }', true],
    ['{ field: none, empty: true }', true],
    ['{ field: amount, between: [10, 20] }', true],
    ['{ field: amount, in: [1, 10] }', true],
    ['{ field: tags, contains: B }', true],
    ['{ field: tags, contains: C }', false],
    ['{ field: note, startsWith: a }', true],
    ['{ not: { field: note, eq: a } }', false],
    ['{ any: [{ field: note, eq: b }, { field: amount, ge: 10 }] }', true],
    ['{ field: stage, was: Open }', true],
    ['{ field: stage, changedTo: Open }', false],
    ['{ field: amount, changed: true }', false],
    ['{ field: due, eq: "2026-11-20" }', true],
    ['{ field: at, lt: "{{today+1d}}" }', true],
    ['{ field: at, eq: "{{today}}" }', true],
    ['{ field: due, lt: "{{now}}" }', false],
  ])('%s is %s', (condition, holds) => {
    const project = projectFrom(workflow('w', `${onUpdate}\nwhen: ${condition}`, '- { log: x }'), schema);
    const sample = `at: 2026-11-20T10:00:00+09:00\n${update.replace('note: a', 'note: a, tags: [A, B], due: 2026-11-20, at: 2026-11-20T01:00:00+09:00')}`;
    expect(tried(project, sample).status).toBe(holds ? 'completed' : 'not-started');
  });
});

describe('people', () => {
  const schema = `schema: crm-schema/v1
objects: { Deal: { fields: { stage: text, secret: text, note: text } } }
users: { tanaka: { active: true, roles: [sales] } }
roles: { sales: { objects: { Deal: [read, update] }, fields: { Deal.secret: none } } }
`;
  const sample = `user: tanaka\n${update.replace('note: a', 'note: a, secret: b')}`;
  const steps = "- { id: s, log: '{{record.secret}}' }\n- { id: t, update: record, set: { secret: c } }";
  test('a hidden field is empty and cannot be written, except by the system', () => {
    const asUser = tried(projectFrom(workflow('w', onUpdate, steps), schema), sample);
    expect(asUser.steps[0]?.because).toBe('empty');
    expect(asUser.failure).toMatchObject({
      rule: 'workflow.perm-field-not-editable',
      message: 'The user tanaka (sales) may not change Deal.secret.',
    });
    const asSystem = tried(projectFrom(workflow('w', `${onUpdate}\nrunAs: system`, steps), schema), sample);
    expect(asSystem).toMatchObject({ status: 'completed', record: { secret: 'c' } });
  });

  test('the save of somebody who may not is refused before any workflow runs', () => {
    const project = projectFrom(workflow('w', onUpdate, '- { log: x }'), schema.replace('[read, update]', '[read]'));
    const result = tried(project, sample);
    expect(result).toMatchObject({ status: 'not-started', steps: [] });
    expect(result.because).toBe('the save itself is refused: The user tanaka (sales) may not change records of Deal.');
  });
});

describe('mails', () => {
  test('HTML is escaped in an HTML body, except where it is inserted raw, and not in a subject', () => {
    const project = projectFrom(
      workflow(
        'w',
        onUpdate,
        "- { id: s, mail: { to: a@example.com, subject: 'S {{record.note}}', body: '<p>{{record.note}} {{{record.note}}}</p>', html: true } }",
      ),
    );
    const { mails } = tried(project, update.replace('note: a', 'note: "<b>&"'));
    expect(mails).toEqual([
      { step: 's', to: ['a@example.com'], subject: 'S <b>&', body: '<p>&lt;b&gt;&amp; <b>&</p>' },
    ]);
  });
});
