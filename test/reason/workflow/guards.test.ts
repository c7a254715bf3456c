import { describe, expect, test } from '@jest/globals';
import { guardsOf } from '../../../src/reason/workflow/guards.ts';
import { writtenCondition } from '../../../src/reason/workflow/written.ts';
import { nativeYaml } from '../../../src/workflow/native.importer.ts';

const guards = (steps: string, step: string, trigger = 'on: update', when = ''): readonly string[] => {
  const text = `workflow: w\nobject: Deal\ntrigger: { ${trigger} }\n${when}steps:\n${steps}`;
  const [workflow] = nativeYaml.read({ file: 'w.yaml', text }).workflows;
  if (!workflow) throw new Error('no workflow');
  return guardsOf(workflow, step).map(({ condition, holds }) => `${holds ? '' : 'not '}${writtenCondition(condition)}`);
};

const leaf = '{ id: here, log: x }';
const when = 'when: [{ field: stage, eq: Won }, { field: amount, gt: 5 }]\n';

describe('what holds when a step runs', () => {
  test('entry conditions, one by one', () => {
    expect(guards(`  - ${leaf}`, 'here', 'on: update', when)).toEqual(['stage = Won', 'amount > 5']);
  });
  test('a watched field has changed', () => {
    expect(guards(`  - ${leaf}`, 'here', 'on: update, fields: [stage]')).toEqual(['stage changed']);
    expect(guards(`  - ${leaf}`, 'here', 'on: save, fields: [stage]')).toEqual([]);
  });
  test('the branch taken, and those before it not', () => {
    const steps = `  - branch:
      - { when: { field: a, eq: 1 }, steps: [{ log: x }] }
      - { when: { field: b, eq: 2 }, steps: [${leaf}] }
      - { else: [{ id: rest, log: x }] }
  - { id: after, log: x }`;
    expect(guards(steps, 'here')).toEqual(['b = 2', 'not a = 1']);
    expect(guards(steps, 'rest')).toEqual(['not a = 1', 'not b = 2']);
    expect(guards(steps, 'after')).toEqual([]);
  });
  test('a branch that ends leaves the rest to the others', () => {
    const steps = `  - if: { field: a, empty: true }\n    then: [{ stop: true }]\n  - ${leaf}`;
    expect(guards(steps, 'here')).toEqual(['not a empty']);
  });
  test('a write ends what it touches, and is known itself', () => {
    const steps = `  - { update: record, set: { stage: Lost, note: '{{record.name}}' } }\n  - ${leaf}`;
    expect(guards(steps, 'here', 'on: update', when)).toEqual(['amount > 5', 'stage = Lost']);
  });
  test('a write to records that may be the same ends it too', () => {
    const steps = `  - { update: Deal, where: { field: id, eq: X }, set: { stage: Lost } }\n  - ${leaf}`;
    expect(guards(steps, 'here', 'on: update', when)).toEqual(['amount > 5']);
  });
  test.each([['wait: 3d'], ["approval: { approvers: ['role:r'] }"], ['call: other']])(
    '%s ends what is stored',
    (act) => {
      expect(guards(`  - { ${act} }\n  - ${leaf}`, 'here', 'on: update', when)).toEqual([]);
    },
  );
  test('a variable outlives a wait', () => {
    const steps = `  - { let: { n: 3 } }\n  - { wait: 3d }\n  - ${leaf}`;
    expect(guards(steps, 'here')).toEqual(['var.n = 3']);
  });
  test('what was waited for holds, unless the time may be over', () => {
    const wait = (more: string): string => `  - { wait: { for: { field: ok, eq: true }${more} } }\n  - ${leaf}`;
    expect(guards(wait(''), 'here')).toEqual(['ok = true']);
    expect(guards(wait(', timeout: 7d'), 'here')).toEqual([]);
  });
  test('a loop that writes is widened', () => {
    const steps = `  - id: found
    find: Deal
  - { let: { seen: 'no' } }
  - loop: '{{found}}'
    steps:
      - ${leaf}
      - { if: { field: item.stage, eq: Won }, then: [{ let: { seen: 'yes' } }] }
  - { id: after, log: x }`;
    expect(guards(steps, 'here', 'on: update', when)).toEqual(['stage = Won', 'amount > 5']);
  });
  test('the error path of a step knows nothing of its write', () => {
    const steps = `  - id: w
    update: record
    set: { stage: Lost }
    onError: [${leaf}]`;
    expect(guards(steps, 'here', 'on: update', when)).toEqual(['amount > 5']);
  });
});
