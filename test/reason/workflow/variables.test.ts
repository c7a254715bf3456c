import { describe, expect, test } from '@jest/globals';
import type { Act } from '../../../src/model/workflow/step.ts';
import { mayBeUnset } from '../../../src/reason/workflow/variables.ts';
import { here, literal, path, step, to, workflow } from './models.ts';

const log: Act = { kind: 'log' };
const setsTotal: Act = {
  kind: 'let',
  assigns: [{ to: path({ kind: 'variable', name: 'total' }), how: 'set', value: literal(1), place: here }],
};
const choose = (target: string): Act => ({
  kind: 'decision',
  takes: 'first',
  hasDefault: true,
  branches: [
    {
      when: { condition: { kind: 'constant', value: true, place: here }, tests: [], place: here },
      edge: to(target),
      place: here,
    },
  ],
});

describe('whether a variable may not have been set', () => {
  test('on every way it is set', () => {
    const one = workflow([step('set', setsTotal, 'use'), step('use', log)]);
    expect(mayBeUnset(one, 'variable:total', 'use')).toBe(false);
    expect(mayBeUnset(one, 'variable:total', 'set')).toBe(true);
  });

  test('on one way it is not', () => {
    const one = workflow([step('choose', choose('set'), 'use'), step('set', setsTotal, 'use'), step('use', log)]);
    expect(mayBeUnset(one, 'variable:total', 'use')).toBe(true);
  });

  test('a step that failed has set nothing', () => {
    const one = workflow([step('set', setsTotal, 'use', 'sorry'), step('use', log), step('sorry', log)]);
    expect(mayBeUnset(one, 'variable:total', 'use')).toBe(false);
    expect(mayBeUnset(one, 'variable:total', 'sorry')).toBe(true);
  });

  test('what a step gives is there after it', () => {
    const find: Act = { kind: 'find', object: { name: 'Account', place: here }, gives: 'one' };
    const one = workflow([step('choose', choose('found'), 'use'), step('found', find, 'use'), step('use', log)]);
    expect(mayBeUnset(one, 'step:found', 'use')).toBe(true);
  });
});
