import { describe, expect, test } from '@jest/globals';
import type { Edit, Finding } from '../../src/model/workflow/finding.ts';
import { edited, wholeLines } from '../../src/workflow/fix/edits.ts';
import type { Checked } from '../../src/workflow/fix/fix.ts';
import { fixAll } from '../../src/workflow/fix/fix.ts';
import { importedFrom, projectOf } from '../../src/workflow/project-of.ts';

const edit = (line: number, column: number, endLine: number, endColumn: number, text: string): Edit => ({
  file: 'a.yaml',
  line,
  column,
  endLine,
  endColumn,
  text,
});

describe('edits are made where they stand', () => {
  test.each<[string, string, readonly Edit[], string | undefined]>([
    ['one', 'abc\ndef\n', [edit(2, 1, 2, 4, 'xyz')], 'abc\nxyz\n'],
    ['two in any order', 'abc\ndef\n', [edit(2, 1, 2, 2, 'X'), edit(1, 3, 1, 4, 'Y')], 'abY\nXef\n'],
    ['with Windows line ends', 'abc\r\ndef\r\n', [edit(2, 2, 2, 3, '-')], 'abc\r\nd-f\r\n'],
    ['columns are UTF-16 units', '𠮷野家\n', [edit(1, 3, 1, 4, '村')], '𠮷村家\n'],
    ['overlapping ones are refused', 'abcdef\n', [edit(1, 1, 1, 4, ''), edit(1, 3, 1, 5, '')], undefined],
    ['outside of the text', 'abc\n', [edit(9, 1, 9, 2, '')], undefined],
  ])('%s', (_, text, edits, result) => {
    expect(edited(text, edits)).toBe(result);
  });

  test('a line that is taken out whole leaves no blank one', () => {
    const text = 'a\n  # gone\nb\n';
    expect(edited(text, wholeLines(text, [edit(2, 3, 2, 9, '')]))).toBe('a\nb\n');
  });
});

const text = `workflow: won
object: Deal
trigger: { on: create }
steps:
  - { log: one }
  - { log: two }
`;

const checked = (source: string, findings: readonly Finding[]): Checked => {
  const part = importedFrom({ file: 'a.yaml', text: source });
  return { project: projectOf(part ? [part] : [], { now: new Date(0) }), findings };
};

const finding = (edits: readonly Edit[], more: Partial<Finding> = {}): Finding => ({
  rule: 'workflow.cond-duplicate',
  severity: 'warning',
  confidence: 'certain',
  kind: 'cond',
  sourceKind: 'condition',
  title: '',
  file: 'a.yaml',
  line: 5,
  column: 1,
  message: `at ${edits[0]?.line}`,
  fix: { says: '', auto: 'yes', edits },
  also: [],
  suppress: '',
  ...more,
});

describe('what is fixed is proven', () => {
  const renameLog = finding([edit(5, 12, 5, 15, 'uno')]);

  test('an edit that keeps the graph and ends the finding is kept', async () => {
    const result = await fixAll({
      before: checked(text, [renameLog]),
      texts: new Map([['a.yaml', text]]),
      unsafe: false,
      again: async (texts) => checked(texts.get('a.yaml') ?? text, []),
    });
    expect(result.texts.get('a.yaml')).toBe(text.replace('one', 'uno'));
    expect(result.applied).toEqual([renameLog]);
  });

  test.each<[string, readonly Edit[], readonly Finding[], string]>([
    ['a step less', [edit(6, 1, 6, 17, '')], [], 'other steps would run after it'],
    ['a file that cannot be read', [edit(5, 3, 5, 4, '[')], [], 'the file could not be read after it'],
    ['a finding that stays', [edit(5, 12, 5, 15, 'uno')], [renameLog], 'the finding stays after it'],
    [
      'a new finding',
      [edit(5, 12, 5, 15, 'uno')],
      [finding([], { rule: 'workflow.flow-no-effect' })],
      'it brings a new finding',
    ],
  ])('%s is refused', async (_, edits, after, because) => {
    const one = finding(edits);
    const result = await fixAll({
      before: checked(text, [one]),
      texts: new Map([['a.yaml', text]]),
      unsafe: false,
      again: async (texts) => checked(texts.get('a.yaml') ?? text, after),
    });
    expect(result.texts.size).toBe(0);
    expect(result.refused.map((refused) => refused.because.en)).toEqual([because]);
  });

  test('one bad edit does not hold up a good one', async () => {
    const bad = finding([edit(6, 1, 6, 17, '')], { message: 'bad' });
    const result = await fixAll({
      before: checked(text, [renameLog, bad]),
      texts: new Map([['a.yaml', text]]),
      unsafe: false,
      again: async (texts) => {
        const now = texts.get('a.yaml') ?? text;
        return checked(now, now.includes('one') ? [renameLog] : now.includes('two') ? [bad] : []);
      },
    });
    expect(result.applied).toEqual([renameLog]);
    expect(result.texts.get('a.yaml')).toBe(text.replace('one', 'uno'));
  });

  test('what changes the behaviour waits for its own flag', async () => {
    const unsafe = finding([edit(5, 12, 5, 15, 'uno')], {
      fix: { says: '', auto: 'unsafe', edits: [edit(5, 12, 5, 15, 'uno')] },
    });
    const request = {
      before: checked(text, [unsafe]),
      texts: new Map([['a.yaml', text]]),
      again: async (texts: ReadonlyMap<string, string>) => checked(texts.get('a.yaml') ?? text, []),
    };
    expect((await fixAll({ ...request, unsafe: false })).texts.size).toBe(0);
    expect((await fixAll({ ...request, unsafe: true })).texts.size).toBe(1);
  });

  test('a silenced finding is left alone', async () => {
    const result = await fixAll({
      before: checked(text, [{ ...renameLog, suppressed: 'agreed' }]),
      texts: new Map([['a.yaml', text]]),
      unsafe: true,
      again: async () => checked(text, []),
    });
    expect(result.applied).toEqual([]);
  });
});
