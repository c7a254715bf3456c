import { describe, expect, test } from '@jest/globals';
import type { LintSettings } from '../../../src/workflow/lint/settings.ts';
import { findingsOf, linesOf } from './speaks.ts';

const named = (id: string, more = ''): string => `workflow: ${id}
${more}object: Deal
trigger: { on: update, fields: [stage] }
steps:
  - notify: role:sales
    message: a new stage
`;

describe('names of copies', () => {
  test.each([
    'Copy_1_of_tell',
    'Copy of tell',
    'tell (copy)',
    'tell_copy',
    'tell copy 2',
    '通知のコピー',
    '通知 - コピー',
    '通知 コピー (2)',
  ])('%s', (id) => {
    expect(linesOf('maint-name', { files: named(`'${id}'`) })).toEqual([1]);
  });

  test.each(['copy-address', 'hardcopy', 'コピー機の保守', 'photocopy', 'recopy_all'])('%s is a name', (id) => {
    expect(linesOf('maint-name', { files: named(`'${id}'`) })).toEqual([]);
  });

  const withPattern = (pattern: string): LintSettings => ({
    ignore: [],
    rules: new Map([['maint-name', { limits: { pattern } }]]),
  });
  const speaks = (id: string, pattern: string): boolean =>
    findingsOf({ files: named(id) }, withPattern(pattern)).some(({ rule }) => rule === 'workflow.maint-name');

  test('a pattern of the settings is for whole names', () => {
    expect(speaks('tell', '[a-z]+-[a-z]+')).toBe(true);
    expect(speaks('tell-sales', '[a-z]+-[a-z]+')).toBe(false);
    expect(speaks('tell', '(')).toBe(false);
  });
});

describe('what does not run', () => {
  test('is named once, and only as such', () => {
    const files = named('tell', 'active: false\nowner: nobody\n').replace('fields: [stage]', 'phase: after');
    const found = findingsOf({ files, schema: 'schema: crm-schema/v1\nusers: { sato: { active: true } }\n' });
    expect(found.map(({ rule, line }) => `${rule}:${line}`)).toEqual(['workflow.maint-inactive:1']);
  });
});

describe('who looks after it', () => {
  const schema = 'schema: crm-schema/v1\nusers: { sato: { active: false }, tanaka: { active: true } }\n';

  test('one who is deactivated, or gone', () => {
    const left = findingsOf({ files: named('tell', 'owner: sato\n'), schema }).find(
      ({ severity }) => severity === 'warning',
    );
    expect(left?.message).toBe('"sato", who looks after "tell", is deactivated, so nobody sees to it when it fails.');
    expect(linesOf('maint-owner-left', { files: named('tell', 'owner: yamada\n'), schema })).toEqual([1]);
  });

  test('users that are not known are no leavers', () => {
    expect(linesOf('maint-owner-left', { files: named('tell', 'owner: sato\n') })).toEqual([]);
    expect(linesOf('maint-owner-left', { files: named('tell', 'owner: tanaka\n'), schema })).toEqual([]);
  });
});

test('branches of all decisions are counted together', () => {
  const branches = Array.from(
    { length: 31 },
    (_, at) => `      - when: { field: n, eq: ${at} }\n        steps: [{ log: '${at}' }]\n`,
  ).join('');
  const files = `workflow: many\nobject: Deal\ntrigger: { on: update, fields: [n] }\nsteps:\n  - branch:\n${branches}`;
  expect(linesOf('maint-complexity', { files })).toEqual([1]);
  expect(linesOf('maint-complexity', { files: files.replace(/ {6}- when: \{ field: n, eq: 0 \}\n.*\n/, '') })).toEqual(
    [],
  );
});
