import { describe, expect, test } from '@jest/globals';
import { plainOf, type TreeNode } from '../../../src/workflow/source/tree.ts';
import { readYaml, yamlLimits } from '../../../src/workflow/source/yaml.ts';
import { partsOf } from '../../../src/workflow/source/yaml-tree.ts';

const plain = (text: string): readonly unknown[] => readYaml(text, 'a.yaml').documents.map(({ root }) => plainOf(root));

const said = (text: string, limits = yamlLimits): readonly string[] =>
  readYaml(text, 'a.yaml', limits).problems.map(
    ({ rule, place, message }) => `${rule} ${place.line}:${place.column} ${message.en}`,
  );

const nodeAt = (text: string, ...way: readonly (string | number)[]): TreeNode | undefined => {
  let node = readYaml(text, 'a.yaml').documents[0]?.root;
  for (const step of way) {
    if (node?.kind === 'map') node = node.entries.find(({ key }) => key === step)?.value;
    else if (node?.kind === 'list') node = node.items[Number(step)];
  }
  return node;
};

describe('values', () => {
  test.each([
    ['yes and no are texts', 'on: no\nb: yes', [{ on: 'no', b: 'yes' }]],
    ['also where a directive says YAML 1.1', '%YAML 1.1\n---\non: no', [{ on: 'no' }]],
    [
      'numbers, truth, nothing',
      '[1, 2.5, 0x10, true, null, ~, "1", 2027-01-31]',
      [[1, 2.5, 16, true, null, null, '1', '2027-01-31']],
    ],
    ['a key is what is written', '012: a\ntrue: b', [{ '012': 'a', true: 'b' }]],
    ['several documents, empty ones left out', 'a: 1\n---\n# nothing\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
    ['JSON', '{"a": [1, {"b": null}]}', [{ a: [1, { b: null }] }]],
    ['an anchor and its alias', 'a: &x { b: 1 }\nc: *x', [{ a: { b: 1 }, c: { b: 1 } }]],
    ['the latest anchor of a name', 'a: &x 1\nb: *x\nc: &x 2\nd: *x', [{ a: 1, b: 1, c: 2, d: 2 }]],
    [
      'a merge key, own keys first',
      'a: &x { b: 1, c: 2 }\nd: { <<: *x, c: 3 }',
      [{ a: { b: 1, c: 2 }, d: { c: 3, b: 1 } }],
    ],
    [
      'a list of merged mappings',
      'a: &x { b: 1 }\nc: &y { d: 2 }\ne: { <<: [*x, *y] }',
      [{ a: { b: 1 }, c: { d: 2 }, e: { b: 1, d: 2 } }],
    ],
    ['"<<" in quotes is a key', 'a: { "<<": 1 }', [{ a: { '<<': 1 } }]],
    ['__proto__ is a key like others', '__proto__: 1', [JSON.parse('{"__proto__": 1}')]],
    ['an empty file', '# only words\n', []],
  ])('%s', (_, text, expected) => {
    expect(said(text)).toEqual([]);
    expect(plain(text)).toEqual(expected);
  });
});

describe('places', () => {
  test.each([
    ['a value', 'a:\n  - b: 受注', ['a', 0, 'b'], [2, 8, 2, 10]],
    ['a value in quotes', "a: 'x'", ['a'], [1, 4, 1, 7]],
    ['a mapping', 'a:\n  b: 1\n  c: 2\nd: 3', ['a'], [2, 3, 3, 7]],
    ['after a character outside the plane', '𠮷: x', ['𠮷'], [1, 5, 1, 6]],
    ['a value that is missing points at its key', 'a:\nb: 1', ['a'], [1, 1, 1, 2]],
    ['an alias is where it is written', 'a: &x 1\nb: *x', ['b'], [2, 4, 2, 6]],
    ['with carriage returns', 'a: 1\r\nb: 2\r\n', ['b'], [2, 4, 2, 5]],
  ])('%s', (_, text, way, [line, column, endLine, endColumn]) => {
    expect(nodeAt(text, ...way)?.place).toMatchObject({ line, column, endLine, endColumn });
  });

  test('a pointer says the way to it', () => {
    expect(nodeAt('a/b:\n  - c~d: 1', 'a/b', 0, 'c~d')?.place.pointer).toBe('/a~1b/0/c~0d');
  });

  test.each([
    [
      'in a plain text',
      'a: x {{b}} {{b}}',
      [
        [1, 6],
        [1, 12],
      ],
    ],
    [
      'in a block',
      'a: |\n  x\n  y {{b}}\n  {{b}}',
      [
        [3, 5],
        [4, 3],
      ],
    ],
    ['in quotes', "a: 'it''s {{b}}'", [[1, 11], undefined]],
    ['not in it', 'a: x\nb: "{{b}}"', [undefined, undefined]],
    ['behind one that is hidden', 'a: "{\\x7bb}} {{b}}"', [[1, 14], undefined]],
  ])('of a part, %s', (_, text, expected) => {
    const { source, documents } = readYaml(text, 'a.yaml');
    const root = documents[0]?.root;
    const value = root?.kind === 'map' ? root.entries[0]?.value : undefined;
    if (value?.kind !== 'scalar') throw new Error('no scalar');
    const placeOf = partsOf(source, value);
    expect(['{{b}}', '{{b}}'].map((part) => placeOf(part)).map((place) => place && [place.line, place.column])).toEqual(
      expected,
    );
  });
});

test('comments are told with their place; what looks like one in a text is none', () => {
  const { comments } = readYaml('# one\na: "# no" # two\nb: |\n  # text\nc: x#y\nd: [ # three\n  1]\n# last', 'a.yaml');
  expect(comments).toEqual([
    { line: 1, column: 1, text: ' one' },
    { line: 2, column: 11, text: ' two' },
    { line: 6, column: 6, text: ' three' },
    { line: 8, column: 1, text: ' last' },
  ]);
});

describe('faults', () => {
  test.each([
    [
      'a key twice',
      'a: 1\nb: 2\na: 3',
      ['parse-duplicate-key 3:1 the key a is already in line 1; this second value is ignored'],
    ],
    ['a key three times', '{a: 1, "a": 2, a: 3}', [expect.stringMatching(/1:8/), expect.stringMatching(/1:16/)]],
    [
      'a quote that nothing closes',
      'a: 1\nb: "x\nc: 2',
      ['parse-syntax 2:4 the quote that starts here is never closed'],
    ],
    ['a bracket that nothing closes', 'a: [1, 2\nb: 3', [expect.stringMatching(/^parse-syntax 2:1 /)]],
    ['a tab as indentation', 'a:\n\tb: 1', [expect.stringMatching(/^parse-syntax 2:1 a tab/)]],
    ['a full-width colon', 'a: 1\nb：2\nc: 3', [expect.stringMatching(/^parse-syntax 2:1 this line is no/)]],
    ['an unknown tag', 'a: !b c', [expect.stringMatching(/^parse-syntax 1:4 a value that starts with !/)]],
    [
      'a template without quotes',
      'a: {{record.name}}',
      ['parse-value 1:4 {{record.name}} without quotes is no text for YAML, and other programs lose it'],
    ],
    [
      'a mapping as a key',
      '? [a]\n: b',
      ['parse-syntax 1:3 a key has to be a plain word; a list or a mapping cannot be one'],
    ],
    ['an alias of nothing', 'a: *b', [expect.stringMatching(/^parse-syntax 1:4 \*b refers to something/)]],
    [
      'an alias in itself',
      'a: &b [*b]',
      ['parse-limit 1:8 *b stands inside of what it refers to, so it would never end'],
    ],
  ])('%s', (_, text, expected) => {
    expect(said(text)).toEqual(expected);
  });

  test('a template without quotes is taken for what was meant', () => {
    expect(plain('a: {{record.name}}\nb: {{ x }}')).toEqual([{ a: '{{record.name}}', b: '{{ x }}' }]);
  });

  test('the documents before and after a broken one are read', () => {
    const { documents, problems } = readYaml('a: 1\n---\nb: [\n---\nc: 2', 'a.yaml');
    expect(documents.map(({ broken }) => broken)).toEqual([false, true, false]);
    expect(problems).toHaveLength(1);
  });
});

describe('limits', () => {
  const aliases = (levels: number): string =>
    ['a0: &a0 [x, x, x, x, x, x, x, x, x]']
      .concat(
        Array.from({ length: levels }, (_, at) => `a${at + 1}: &a${at + 1} [${Array(9).fill(`*a${at}`).join(', ')}]`),
      )
      .join('\n');

  test.each([
    ['brackets', '['.repeat(100_000), 'parse-limit 1:20'],
    ['mappings', '{a: '.repeat(100_000), 'parse-limit 1:'],
    ['dashes', '- '.repeat(50_000), 'parse-limit 1:'],
    ['questions', '? '.repeat(50_000), 'parse-limit 1:'],
    ['characters', 'x'.repeat(yamlLimits.characters + 1), 'parse-limit 1:1 '],
    ['aliases of aliases', aliases(9), 'parse-limit 6:'],
    [
      'depth by aliases',
      ['a0: &a0 x'].concat(Array.from({ length: 300 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}]`)).join('\n'),
      'parse-limit ',
    ],
  ])('%s', (_, text, expected) => {
    expect(said(text).some((line) => line.startsWith(expected))).toBe(true);
  });

  test('tokens', () => {
    expect(said('a: b\n---\n'.repeat(100), { ...yamlLimits, tokens: 100 })).toEqual([
      'parse-limit 23:1 the file has more than 100 words and signs; it was read no further than here',
    ]);
  });

  test.each(['}', 'a: ]\n', '[}'])('faults: %j', (text) => {
    expect(said(text.repeat(200_000)).length).toBeLessThan(3);
  });

  test('an alias bomb is said once', () => {
    expect(said(aliases(12))).toHaveLength(1);
  });

  test('what was read before the limit is kept', () => {
    const { documents } = readYaml(`a: 1\n---\n${'['.repeat(1_000)}`, 'a.yaml');
    expect(documents.map(({ root }) => plainOf(root))).toEqual([{ a: 1 }]);
  });
});
