import { describe, expect, test } from '@jest/globals';
import { simulate } from '../../../src/workflow/simulate/simulate.ts';
import { projectFrom, sampleFrom, tried } from './tried.ts';

const many = <Item>(count: number, make: (at: number) => Item): readonly Item[] =>
  Array.from({ length: count }, (_, at) => make(at));

const head = 'workflow: w\nobject: Deal\ntrigger: { on: update }\nsteps:\n';
const update = 'event: update\nrecord: { id: D1, stage: Open }\nchange: { stage: Won }\n';

/** Each of these would not end, or fill the memory, if a bound were missing. */
describe('size', () => {
  test('ten thousand steps with a branch in every other one', () => {
    const steps = many(5000, (at) => `  - { if: { field: stage, eq: Won }, then: [{ log: a${at} }] }`);
    const result = tried(projectFrom(head + steps.join('\n')), update);
    expect(result.status).toBe('completed');
    expect(result.steps).toHaveLength(10_000);
  });

  test('writes that start each other in many ways end', () => {
    const steps = many(40, (at) => `  - { update: record, set: { f${at}: '{{record.f${at}}}x' } }`);
    expect(tried(projectFrom(head + steps.join('\n')), update).status).toBe('failed');
  });

  test('forty open questions are not followed in every combination', () => {
    const steps = many(40, (at) => `  - { id: h${at}, http: { url: 'https://example.com' }, onError: [{ log: x }] }`);
    expect(tried(projectFrom(head + steps.join('\n')), update).status).toBe('unknown');
  });

  test('a record of a thousand fields is made small', () => {
    const record = Object.fromEntries(many(1000, (at) => [`f${at}`, at]));
    const project = projectFrom(`${head}  - { if: { field: f500, eq: 500 }, then: [{ fail: no }] }`);
    const sample = sampleFrom(update);
    const [result] = simulate(project, [{ ...sample, record: { ...sample.record, ...record } }], 'en').samples;
    expect(result?.smallest).toEqual({ f500: 500, stage: 'Won' });
  });
});
