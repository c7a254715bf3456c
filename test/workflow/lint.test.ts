import { describe, expect, test } from '@jest/globals';
import type { Problem } from '../../src/model/workflow/finding.ts';
import type { Rule } from '../../src/model/workflow/rule.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import { lint } from '../../src/workflow/lint/lint.ts';
import type { LintSettings } from '../../src/workflow/lint/settings.ts';
import { importedFrom, projectOf } from '../../src/workflow/project-of.ts';

const words = (text: string) => ({ en: text, ja: `${text} です` });

const ruleOf = (name: string, more: Partial<Rule> = {}): Rule =>
  defineRule({
    id: `workflow.${name}`,
    severity: 'error',
    sourceKind: 'action',
    title: words(name),
    about: words('about'),
    advice: words('do this'),
    examples: { bad: { files: '' }, good: { files: '' }, lookAlike: { files: '' } },
    *workflow(workflow) {
      for (const step of workflow.steps)
        if (step.kind === 'log') yield { place: step.place, element: step.id, message: words(step.id) };
    },
    ...more,
  });

/** Speaks of nothing itself; the engine needs it for suppressions that do nothing. */
const idle = ruleOf('maint-suppression-unused', { severity: 'info', sourceKind: 'maintenance', workflow: () => [] });

const text = `workflow: one
object: Deal
trigger: { on: create }
steps:
  - id: a
    log: first
  - id: b
    log: second
`;

const none: LintSettings = { rules: new Map(), ignore: [] };

const linted = (rules: readonly Rule[], source = text, settings = none) => {
  const part = importedFrom({ file: 'flows/one.yaml', text: source });
  return lint(
    projectOf(part ? [part] : [], { now: new Date('2026-11-20T00:00:00Z') }),
    [...rules, idle],
    settings,
    'en',
  );
};

const told = (rules: readonly Rule[], source?: string, settings?: LintSettings) =>
  linted(rules, source, settings).findings.map(
    ({ rule, severity, element = '', suppressed }) =>
      `${rule.replace('workflow.', '')} ${severity} ${element}${suppressed === undefined ? '' : ` (${suppressed})`}`,
  );

describe('rules are run', () => {
  test('in the order of the file', () => {
    expect(told([ruleOf('x-b'), ruleOf('x-a')])).toEqual(['x-a error a', 'x-b error a', 'x-a error b', 'x-b error b']);
  });

  test('one that throws loses its findings of that workflow only', () => {
    const broken = ruleOf('x-broken', {
      workflow(): Iterable<Problem> {
        throw new Error('oops');
      },
    });
    const { findings, crashes } = linted([broken, ruleOf('x-good')]);
    expect(findings).toHaveLength(2);
    expect(crashes).toEqual([
      { rule: 'workflow.x-broken', workflow: 'one', file: 'flows/one.yaml', error: 'Error: oops' },
    ]);
  });

  test('without what it needs a rule is listed as not run, and never passes', () => {
    const { findings, notRun } = linted([ruleOf('x-needy', { needs: ['users'], uses: ['schema'] })]);
    expect(findings).toEqual([]);
    expect(notRun).toEqual([{ rule: 'workflow.x-needy', needs: ['users'], partly: false }]);
  });

  test('without what would help it runs, and that is said', () => {
    const { findings, notRun } = linted([ruleOf('x-half', { uses: ['schema'] })]);
    expect(findings).toHaveLength(2);
    expect(notRun).toEqual([{ rule: 'workflow.x-half', needs: ['schema'], partly: true }]);
  });

  test('only for the formats that it is for, and what it needs for others is not missed', () => {
    const { findings, notRun } = linted([ruleOf('x-other', { formats: ['SF'], needs: ['users'] })]);
    expect({ findings, notRun }).toEqual({ findings: [], notRun: [] });
  });

  test('a workflow that is switched off gets only what fails on reading', () => {
    const off = text.replace('object: Deal', 'object: Deal\nactive: false');
    expect(told([ruleOf('x-live'), ruleOf('x-always', { inactiveToo: true })], off)).toEqual([
      'x-always error a',
      'x-always error b',
    ]);
  });
});

describe('one root, one finding', () => {
  test('the more specific rule speaks', () => {
    expect(told([ruleOf('x-wide'), ruleOf('x-narrow', { over: ['x-wide'] })])).toEqual([
      'x-narrow error a',
      'x-narrow error b',
    ]);
  });

  test('equal findings are one', () => {
    const twice = ruleOf('x-twice', {
      *workflow({ place }) {
        yield { place, message: words('same') };
        yield { place, message: words('same') };
      },
    });
    expect(told([twice])).toEqual(['x-twice error ']);
  });
});

const silenced = (comment: string) =>
  text.replace('  - id: a', `  # crm-doctor-disable-next-line ${comment}\n  - id: a`);

describe('suppressions', () => {
  test.each<[string, string, readonly string[]]>([
    ['with a reason', 'x-a -- agreed', ['x-a error a (agreed)', 'x-a error b']],
    ['without a reason', 'x-a', ['maint-suppression-unused info ', 'x-a error a', 'x-a error b']],
    ['out of date', 'x-a -- agreed until 2026-01-31', ['maint-suppression-unused info ', 'x-a error a', 'x-a error b']],
    ['not yet out of date', 'x-a -- agreed until 2027-01-31', ['x-a error a (agreed)', 'x-a error b']],
    ['of nothing', 'x-z -- agreed', ['maint-suppression-unused info ', 'x-a error a', 'x-a error b']],
  ])('a comment %s', (_, comment, findings) => {
    expect(told([ruleOf('x-a')], silenced(comment))).toEqual(findings);
  });

  const ignoring = (more: object): LintSettings => ({
    rules: new Map(),
    ignore: [{ rule: 'x-a', reason: 'agreed', place: { file: 'crm-doctor.yaml', line: 3, column: 1 }, ...more }],
  });

  test.each<[string, object, readonly string[]]>([
    ['for an element', { element: 'b' }, ['x-a error a', 'x-a error b (agreed)']],
    ['for files by a glob', { file: 'flows/*.yaml' }, ['x-a error a (agreed)', 'x-a error b (agreed)']],
    ['for files at any depth', { file: '**/one.yaml' }, ['x-a error a (agreed)', 'x-a error b (agreed)']],
    ['for other files', { file: 'other/*.yaml' }, ['maint-suppression-unused info ', 'x-a error a', 'x-a error b']],
  ])('an entry %s', (_, more, findings) => {
    expect(told([ruleOf('x-a')], text, ignoring(more))).toEqual(findings);
  });

  test('reading errors cannot be silenced', () => {
    expect(told([ruleOf('parse-syntax')], silenced('parse-syntax -- no'))).toContain('parse-syntax error a');
  });
});

describe('severities', () => {
  const setting = (severity: 'off' | 'info' | 'warning' | 'error'): LintSettings => ({
    rules: new Map([['x-a', { severity }]]),
    ignore: [],
  });
  const unsure = ruleOf('x-a', {
    *workflow({ place }) {
      yield { place, message: words('x'), severity: 'warning', confidence: 'likely' };
    },
  });
  test.each<[string, Rule, LintSettings, readonly string[]]>([
    ['a rule that is off is not run', ruleOf('x-a'), setting('off'), []],
    ['what is configured takes the place of its own', unsure, none, ['x-a warning ']],
    ['a rule that was less sure here stays lower', unsure, setting('error'), ['x-a warning ']],
    ['and can be lowered further', unsure, setting('info'), ['x-a info ']],
  ])('%s', (_, rule, settings, findings) => {
    expect(told([rule], text, settings)).toEqual(findings);
  });
});

test('a finding carries its ready-made suppression and the text of its language', () => {
  const [first] = linted([ruleOf('x-a')]).findings;
  expect(first).toMatchObject({
    title: 'x-a',
    kind: 'x',
    workflow: 'one',
    element: 'a',
    file: 'flows/one.yaml',
    line: 5,
    fix: { says: 'do this', auto: 'no', edits: [] },
    suppress: '# crm-doctor-disable-next-line x-a -- the reason',
  });
});
