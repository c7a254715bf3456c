import { describe, expect, test } from '@jest/globals';
import { allRules } from '../../../checks/all-rules.ts';
import { linesOf, spoken } from './speaks.ts';

const name = (id: string): string => id.replace('workflow.', '');

describe('the examples of every rule', () => {
  test.each(allRules.map((rule) => [name(rule.id), rule] as const))('%s', (rule, { examples }) => {
    expect(linesOf(rule, examples.bad)).toEqual(examples.bad.lines);
    expect(examples.bad.lines?.length).toBeGreaterThan(0);
    expect(linesOf(rule, examples.good)).toEqual([]);
    expect(linesOf(rule, examples.lookAlike)).toEqual([]);
  });
});

describe('what is shown as good is good', () => {
  test.each(allRules.map((rule) => [name(rule.id), rule] as const))('%s', (_, { examples }) => {
    expect(spoken(examples.good)).toEqual([]);
  });
});
