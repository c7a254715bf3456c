import { expect, test } from '@jest/globals';
import type { FormulaNode } from '../../../src/reason/formula/node.ts';
import { namesIn, readSalesforceFormula } from '../../../src/reason/formula/salesforce.ts';

/** A formula as nested lists, for reading in a test. */
const plain = (node: FormulaNode): unknown => {
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'name':
      return `@${node.text}`;
    case 'call':
      return [node.name, ...node.of.map(plain)];
    case 'operation':
      return [node.operator, ...node.of.map(plain)];
  }
};

const read = (text: string): FormulaNode => {
  const reading = readSalesforceFormula(text);
  if (reading.kind !== 'read') throw new Error(reading.kind === 'fault' ? reading.fault.says.en : reading.kind);
  return reading.node;
};

test.each<[string, unknown]>([
  [
    'Amount > 100 && Stage__c = "Won" && NOT(IsClosed)',
    ['&&', ['>', '@Amount', 100], ['=', '@Stage__c', 'Won'], ['NOT', '@IsClosed']],
  ],
  ['a || b && c', ['||', '@a', ['&&', '@b', '@c']]],
  ['(a || b) && c', ['&&', ['||', '@a', '@b'], '@c']],
  ['1 - 2 - 3 * -4', ['-', ['-', 1, 2], ['*', 3, ['negative', 4]]]],
  ['!a == b', ['=', ['not', '@a'], '@b']],
  ['a != b', ['<>', '@a', '@b']],
  ["{!$Record.Owner:User.Name} & ' ' & {! var } ", ['&', '@$Record.Owner:User.Name', ' ', '@var']],
  ['/* why */ IF(true, NULL, .5) /* end */', ['IF', true, null, 0.5]],
  ['"a\\"b\\n" & \'c"\\\'\'', ['&', 'a"b\n', 'c"\'']],
  ['$Setup.Bypass__c.Flows__c', '@$Setup.Bypass__c.Flows__c'],
  ['ISPICKVAL(Account.Parent.Type, "")', ['ISPICKVAL', '@Account.Parent.Type', '']],
  ['[Case].Status = "x"', ['=', '@[Case].Status', 'x']],
  ['{!TRUE}', '@TRUE'],
])('%s is read', (text, expected) => {
  expect(plain(read(text))).toEqual(expected);
});

test('every node says where it stands', () => {
  const text = 'AND( a > 1 , ISBLANK({!$Record.B__c}))';
  const node = read(text);
  const shown = (each: FormulaNode): string => text.slice(each.start, each.end);
  expect(node.kind === 'call' && [text.slice(node.start, node.nameEnd), ...node.of.map(shown)]).toEqual([
    'AND',
    'a > 1',
    'ISBLANK({!$Record.B__c})',
  ]);
  expect(namesIn(node).map(shown)).toEqual(['a', '{!$Record.B__c}']);
});

test.each([
  ['AND(a, b', '(', 'never closed'],
  ['a > ', '', 'too early'],
  ['a b', 'b', '"b"'],
  ['AND(a,, b)', ', b)', '","'],
  ['"open', '"open', 'never ends'],
  ['a /* open', '/* open', 'never ends'],
  ['{!a', '{!a', '"}"'],
  ['a # b', '#', '#'],
  ['a = "b")', ')', '")"'],
  ['', '', 'too early'],
])('%s is faulty at %s', (text, from, says) => {
  const reading = readSalesforceFormula(text);
  if (reading.kind !== 'fault') throw new Error(reading.kind);
  expect(text.slice(reading.fault.start).startsWith(from)).toBe(true);
  if (from === '') expect(reading.fault.start).toBe(text.length);
  expect(reading.fault.says.en).toContain(says);
});

test.each([
  ['ISBLNK(a)', 'unknown-function', 'ISBLANK'],
  ['FROBNICATE(a)', 'unknown-function', undefined],
  ['ISBLANK(a, b)', 'argument-count', undefined],
  ['CASE(a, 1, 2)', 'argument-count', undefined],
  ['CASE(a, 1, 2, 3, 4)', 'argument-count', undefined],
])('%s has a function that is wrong', (text, kind, nearest) => {
  const reading = readSalesforceFormula(text);
  if (reading.kind !== 'read') throw new Error(reading.kind);
  expect(reading.faults.map((fault) => [fault.kind, fault.nearest, fault.start])).toEqual([[kind, nearest, 0]]);
});

test.each(['CASE(a, 1, 2, 3)', 'isnew()', 'Today() - 1', 'TEXT(a)', 'toString.constructor'])(
  '%s has no fault',
  (text) => {
    const reading = readSalesforceFormula(text);
    expect(reading.kind === 'read' && reading.faults).toEqual([]);
  },
);

test.each([
  ['brackets', `${'('.repeat(5000)}1${')'.repeat(5000)}`],
  ['signs', `${'-'.repeat(5000)}1`],
  ['operators', `1${' + 1 - 1'.repeat(5000)}`],
  ['calls', `${'ABS('.repeat(5000)}1${')'.repeat(5000)}`],
  ['length', `"${'x'.repeat(200_000)}"`],
])('endless %s are left alone', (_, text) => {
  expect(readSalesforceFormula(text).kind).toBe('left-alone');
});

test('a long chain of one operator is one operation', () => {
  const node = read(`"a"${' & "b"'.repeat(5000)}`);
  expect(node.kind === 'operation' && node.of.length).toBe(5001);
});
