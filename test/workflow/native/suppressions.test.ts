import { describe, expect, test } from '@jest/globals';
import { directiveIn } from '../../../src/workflow/source/directive.ts';
import { imported } from './read.ts';

describe('what a comment asks for', () => {
  test.each([
    [
      ' crm-doctor-disable-next-line cond-hardcoded-id -- the reason',
      { scope: 'next-line', rules: ['cond-hardcoded-id'], reason: 'the reason' },
    ],
    [
      'crm-doctor-disable-next-line cond-hardcoded-id : the reason',
      { rules: ['cond-hardcoded-id'], reason: 'the reason' },
    ],
    ['crm-doctor-disable-next-line a, workflow.b -- r', { rules: ['a', 'b'], reason: 'r' }],
    ['crm-doctor-disable-file a -- r', { scope: 'file', rules: ['a'] }],
    ['crm-doctor-disable-next-line a -- r until 2027-03-31', { reason: 'r', until: '2027-03-31' }],
    ['crm-doctor-disable-next-line a -- 理由、until 2027-03-31', { reason: '理由、until 2027-03-31' }],
    ['crm-doctor-disable-next-line a -- until 2027-03-31', { until: '2027-03-31' }],
    ['crm-doctor-disable-next-line a -- r: with -- both', { reason: 'r: with -- both' }],
    ['crm-doctor-disable-next-line a', { rules: ['a'] }],
    ['crm-doctor-disable-next-line', { rules: [] }],
    ['crm-doctor-disable-next-line a：理由', { rules: ['a'], reason: '理由' }],
    ['crm-doctor-disable-next-line a -- r\nsecond line', { reason: 'r' }],
  ])('%j', (comment, expected) => {
    expect(directiveIn(comment)).toMatchObject(expected);
  });

  test.each(['crm-doctor-disable-next-lines a', 'crm-doctor is good', ''])('%j asks for nothing', (comment) => {
    expect(directiveIn(comment)).toBeUndefined();
  });

  test('no reason is none', () => {
    expect(directiveIn('crm-doctor-disable-next-line a --')).not.toHaveProperty('reason');
  });
});

const frame = (body: string): string => `workflow: w\nobject: Deal\ntrigger: { on: update }\n${body}`;
const disable = '# crm-doctor-disable-next-line some-rule -- a reason';

const covered = (body: string): readonly unknown[] => imported(frame(body)).suppressions.map(({ covers }) => covers);

describe('what it covers', () => {
  test.each([
    [
      'the value of a key',
      `${disable}\nwhen:\n  - { field: a, eq: 1 }\n  - { field: b, eq: 1 }\nsteps: []`,
      [{ from: 5, to: 7 }],
    ],
    ['a list item', `steps:\n  ${disable}\n  - update: record\n    set:\n      a: 1\n  - log: x`, [{ from: 6, to: 8 }]],
    [
      'one key of a step',
      `steps:\n  - update: record\n    ${disable}\n    set: { a: 1 }\n    next: end`,
      [{ from: 7, to: 7 }],
    ],
    ['past blanks and comments', `${disable}\n\n# more words\nsteps:\n  - log: x`, [{ from: 7, to: 8 }]],
    ['behind a value', `active: true ${disable}\nsteps: []`, [{ from: 5, to: 5 }]],
    ['nothing, at the end', `steps: []\n${disable}`, [{ from: 6, to: 6 }]],
    [
      'several',
      `${disable}\nactive: true\n${disable}\nsteps: []`,
      [
        { from: 5, to: 5 },
        { from: 7, to: 7 },
      ],
    ],
    ['none in a text', `steps:\n  - log: |\n      ${disable}`, []],
  ])('%s', (_, body, expected) => {
    expect(covered(body)).toEqual(expected);
  });

  test('the file, when it is said in its first lines', () => {
    const said = '# crm-doctor-disable-file some-rule -- a reason';
    expect(covered(`${said}\nsteps: []`)).toEqual(['file']);
    expect(covered(`${'\n'.repeat(7)}${said}\nsteps: []`)).toEqual([{ from: 0, to: 0 }]);
  });

  test('its own place', () => {
    expect(imported(frame(`active: true ${disable}`)).suppressions).toEqual([
      {
        rules: ['some-rule'],
        reason: 'a reason',
        covers: { from: 5, to: 5 },
        place: { file: 'a.yaml', line: 4, column: 14, endLine: 4, endColumn: 66 },
      },
    ]);
  });
});
