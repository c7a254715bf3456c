import { describe, expect, test } from '@jest/globals';
import type { Finding } from '../../src/model/workflow/finding.ts';
import type { Project } from '../../src/model/workflow/project.ts';
import { compareProjects, withNew } from '../../src/workflow/compare/compare.ts';
import { importedFrom, projectOf } from '../../src/workflow/project-of.ts';

const project = (text: string): Project => {
  const part = importedFrom({ file: 'deal.yaml', text });
  return projectOf(part ? [part] : [], { now: new Date('2026-11-20T00:00:00Z') });
};

const base = `workflow: won
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: amount, gt: 100 }
steps:
  - id: tell
    mail: { to: queue:finance, subject: Won, body: Hello }
  - id: mark
    update: record
    set: { handedOver: true }
`;

describe('what changed between two versions, in words', () => {
  test.each<[string, string, readonly string[]]>([
    ['nothing', base, []],
    ['only comments and places', `# a comment\n\n${base}`, []],
    ['a condition', base.replace('gt: 100', 'gt: 500'), ['trigger when: amount > 100 → amount > 500']],
    ['a recipient', base.replace('queue:finance', 'queue:sales'), ['tell: to: queue:finance → queue:sales']],
    ['a written value', base.replace('handedOver: true', 'handedOver: false'), ['mark: set handedOver: true → false']],
    ['the watched fields', base.replace('[stage]', '[stage, amount]'), ['trigger fields: stage → stage, amount']],
    ['the status', base.replace('object: Deal', 'object: Deal\nactive: false'), ['status: active → inactive']],
  ])('%s', (_, text, says) => {
    const [change] = compareProjects(project(base), project(text), 'en');
    expect(change?.says ?? []).toEqual(says);
  });

  test('a step that is gone, and the way that leads past it', () => {
    const without = base.slice(0, base.indexOf('  - id: mark'));
    expect(compareProjects(project(base), project(without), 'ja')[0]?.says).toEqual([
      'tell: 次のステップ: next → mark → next → end',
      'ステップ mark を削除 (update)',
    ]);
  });

  test.each([
    ['gt: 100', 'gt: 500', '起動条件: amount > 100 → amount > 500'],
    ['handedOver: true', 'handedOver: false', 'mark: handedOver に書く値: true → false'],
    ['[stage]', '[stage, amount]', '監視する項目: stage → stage, amount'],
    ['queue:finance', 'queue:sales', 'tell: 宛先: queue:finance → queue:sales'],
  ])('in Japanese: %s becomes %s', (from, to, says) => {
    expect(compareProjects(project(base), project(base.replace(from, to)), 'ja')[0]?.says).toEqual([says]);
  });

  test('whole workflows come and go', () => {
    const other = base.replace('workflow: won', 'workflow: lost');
    expect(compareProjects(project(base), project(other), 'en').map(({ workflow, kind }) => [workflow, kind])).toEqual([
      ['lost', 'added'],
      ['won', 'removed'],
    ]);
  });
});

const finding = (line: number, message: string): Finding => ({
  rule: 'workflow.mail-no-recipient',
  severity: 'error',
  confidence: 'certain',
  kind: 'mail',
  sourceKind: 'action',
  title: '',
  file: 'a.yaml',
  line,
  column: 1,
  message,
  fix: { says: '', auto: 'no', edits: [] },
  also: [],
  suppress: '',
});

describe('findings since the last version', () => {
  test('one that has moved is not new', () => {
    expect(withNew([finding(9, 'x')], [finding(3, 'x')])).toMatchObject({ fresh: 0, gone: 0 });
  });
  test('a second of the same is', () => {
    const { findings, fresh } = withNew([finding(3, 'x'), finding(9, 'x')], [finding(3, 'x')]);
    expect(fresh).toBe(1);
    expect(findings.map((one) => one.new)).toEqual([false, true]);
  });
  test('what is gone is counted', () => {
    expect(withNew([], [finding(3, 'x'), finding(4, 'y')])).toMatchObject({ fresh: 0, gone: 2 });
  });
});
