import { describe, expect, test } from '@jest/globals';
import { flowDeadEndState } from '../../../checks/workflow/flow-dead-end-state.rule.ts';
import { flowDuplicateTransition } from '../../../checks/workflow/flow-duplicate-transition.rule.ts';
import { flowStateTrap } from '../../../checks/workflow/flow-state-trap.rule.ts';
import { flowStateUnreachable } from '../../../checks/workflow/flow-state-unreachable.rule.ts';
import type { Rule } from '../../../src/model/workflow/rule.ts';
import { kintone } from '../../../src/workflow/kintone.importer.ts';
import { lint } from '../../../src/workflow/lint/lint.ts';
import { readBy } from '../../workflow/imported.ts';

/** `A! B C`: statuses, `!` with somebody who acts there; `A>B go [condition]`: actions. */
const process = (states: string, ...actions: readonly string[]): string => {
  const names = states.split(' ');
  return JSON.stringify(
    {
      enable: true,
      states: Object.fromEntries(
        names.map((word, index) => {
          const name = word.replace('!', '');
          const entities = word.endsWith('!') ? [{ entity: { type: 'GROUP', code: 'sales' } }] : [];
          return [name, { name, index: String(index), assignee: { type: 'ONE', entities } }];
        }),
      ),
      actions: actions.map((action) => {
        const [way = '', name = '', ...filter] = action.split(' ');
        const [from, to] = way.split('>');
        return { name, from, to, filterCond: filter.join(' ') };
      }),
    },
    null,
    1,
  );
};

const rules: readonly Rule[] = [flowDeadEndState, flowStateTrap, flowStateUnreachable, flowDuplicateTransition];

/** `RULE: ELEMENT` of all that the four rules say. */
const said = (text: string): readonly string[] =>
  lint(readBy(kintone, { 'app/status.json': text }), rules, { rules: new Map(), ignore: [] }, 'ja').findings.map(
    ({ rule, element }) => `${rule.replace('workflow.flow-', '')}: ${element}`,
  );

describe('statuses of a process', () => {
  test.each<[string, string, readonly string[]]>([
    ['a plain process', process('A B! C', 'A>B go', 'B>C end'), []],
    [
      'nothing leads on although somebody acts there',
      process('A B! H! C', 'A>B go', 'B>H hold', 'B>C end'),
      ['dead-end-state: H'],
    ],
    ['nobody acts there: it is an end', process('A B! H C', 'A>B go', 'B>H no', 'B>C end'), []],
    ['the last status is an end whoever acts there', process('A B!', 'A>B go'), []],
    ['a dead end that no record comes to', process('A B! H! C', 'A>B go', 'B>C end'), ['state-unreachable: H']],
    [
      'two statuses without a way out',
      process('A B! X! Y! C', 'A>B go', 'B>X x', 'X>Y y', 'Y>X x', 'B>C end'),
      ['state-trap: X'],
    ],
    ['the first status is part of the circle', process('A! B! C', 'A>B go', 'B>A back', 'B>C end'), []],
    ['a process that has no end is meant so', process('A! B!', 'A>B go', 'B>A back'), []],
    [
      'two in a row that nothing leads to',
      process('A L! M! C', 'A>C go', 'L>M m', 'M>C end'),
      ['state-unreachable: L'],
    ],
    [
      'one name twice from one status',
      process('A B! C', 'A>B go', 'B>C ok x = "1"', 'B>A ok x = "2"'),
      ['duplicate-transition: ok'],
    ],
    ['one name from two statuses', process('A B! C', 'A>B ok', 'B>C ok'), []],
    ['two names for one way', process('A B! C', 'A>B go', 'B>C ok', 'B>C fine'), ['duplicate-transition: fine']],
    [
      'two names for one way, each with its condition',
      process('A B! C', 'A>B go', 'B>C ok x = "1"', 'B>C fine x = "2"'),
      [],
    ],
  ])('%s', (_, text, expected) => {
    expect(said(text)).toEqual(expected);
  });
});
