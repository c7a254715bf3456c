import { describe, expect, test } from '@jest/globals';
import {
  type EspoFormula,
  type EspoOperand,
  parseEspoFormula,
} from '../../../src/reason/workflow/languages/espo-formula.ts';

const operand = (of: EspoOperand): unknown => {
  switch (of.kind) {
    case 'field':
      return `{${of.name}}`;
    case 'call':
      return [of.name, ...of.arguments.map(operand)];
    case 'null':
      return null;
    case 'other':
      return '?';
    default:
      return of.value;
  }
};

const shape = (formula: EspoFormula): unknown => {
  switch (formula.kind) {
    case 'all':
    case 'any':
      return { [formula.kind]: formula.of.map(shape) };
    case 'not':
      return { not: shape(formula.of) };
    case 'compare':
      return [operand(formula.left), formula.operator, operand(formula.right)];
    case 'operand':
      return operand(formula.operand);
  }
};

describe('a formula of EspoCRM', () => {
  test.each<[text: string, expected: unknown]>([
    ["status == 'Won'", ['{status}', '==', 'Won']],
    ['account.type != "Customer"', ['{account.type}', '!=', 'Customer']],
    [
      'amount >= 10.5 && amount < -2',
      {
        all: [
          ['{amount}', '>=', 10.5],
          ['{amount}', '<', -2],
        ],
      },
    ],
    [
      'a == 1 || b == 2 && c == 3',
      {
        any: [
          ['{a}', '==', 1],
          {
            all: [
              ['{b}', '==', 2],
              ['{c}', '==', 3],
            ],
          },
        ],
      },
    ],
    [
      '(a == 1 or b == 2) and c == null',
      {
        all: [
          {
            any: [
              ['{a}', '==', 1],
              ['{b}', '==', 2],
            ],
          },
          ['{c}', '==', null],
        ],
      },
    ],
    ['!active', { not: '{active}' }],
    ['!(a == 1)', { not: ['{a}', '==', 1] }],
    ['!a == 1', '?'],
    ["entity\\isAttributeChanged('status')", ['entity\\isAttributeChanged', 'status']],
    [
      "datetime\\diff(datetime\\today(), closeDate, 'days') > 3",
      [['datetime\\diff', ['datetime\\today'], '{closeDate}', 'days'], '>', 3],
    ],
    ['amount + 1 > 2', ['?', '>', 2]],
    ['(amount + 1) > 2', ['?', '>', 2]],
    ['$x == 1', ['?', '==', 1]],
    ['a == 1;', ['{a}', '==', 1]],
    ['$x = 1; a == $x', '?'],
    ["a = 'b'", '?'],
    ['a == 1 // note', ['{a}', '==', 1]],
    ['/* x */ a == true', ['{a}', '==', true]],
    ['f(a[0]) == 1', '?'],
    ["'it\\'s' == a", ["it's", '==', '{a}']],
  ])('%s', (text, expected) => {
    const read = parseEspoFormula(text);
    expect(read.kind === 'fault' ? read : shape(read.formula)).toEqual(expected);
  });

  test('all fields are seen, functions and words are not', () => {
    const read = parseEspoFormula(
      "$x = account.name; if (a == 1 and true) { entity\\setAttribute('b', string\\length(c)); }",
    );
    expect(read.kind === 'formula' && read.fields.map(({ name }) => name)).toEqual(['account.name', 'a', 'c']);
  });

  test.each<[text: string, at: number, reason: string]>([
    ["a == 'b", 5, 'unclosed-text'],
    ['(a == 1', 0, 'unclosed-bracket'],
    ['f(a', 1, 'unclosed-bracket'],
    ['a ==', 4, 'missing-value'],
    ['', 0, 'missing-value'],
    ['f(a,)b', 5, 'unexpected'],
    ['a == ,', 5, 'missing-value'],
    ['a == 1)', 6, 'unexpected'],
    ['a; b}', 4, 'unexpected'],
    ['a; {b', 3, 'unclosed-bracket'],
    ['a == #', 5, 'unexpected'],
    ['('.repeat(200), 51, 'too-deep'],
    ['!'.repeat(200), 51, 'too-deep'],
    ['-'.repeat(200), 51, 'too-deep'],
    ['f('.repeat(200), 102, 'too-deep'],
  ])('%s is a fault at %i', (text, at, reason) => {
    expect(parseEspoFormula(text)).toMatchObject({ kind: 'fault', at, reason });
  });
});
