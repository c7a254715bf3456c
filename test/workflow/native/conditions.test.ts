import { describe, expect, test } from '@jest/globals';
import type { Condition } from '../../../src/model/workflow/condition.ts';
import type { Value } from '../../../src/model/workflow/value.ts';
import { only, said } from './read.ts';

const shownValue = (value: Value): string => {
  switch (value.kind) {
    case 'literal':
      return JSON.stringify(value.value);
    case 'list':
      return `[${value.values.map(shownValue).join(', ')}]`;
    case 'path': {
      const { root, segments } = value.path;
      const name =
        root.kind === 'step'
          ? `step ${root.step}`
          : root.kind === 'variable' || root.kind === 'undefined'
            ? `${root.kind} ${root.name}`
            : root.kind;
      return `<${[name, ...segments].join('.')}>`;
    }
    case 'text':
      return `"${value.parts.map((part) => (typeof part === 'string' ? part : shownValue(part))).join('')}"`;
    case 'moment':
      return `${value.base}${value.offset ? ` ${value.offset.amount} ${value.offset.unit}` : ''}`;
    default:
      return value.kind;
  }
};

const shown = (condition: Condition): string => {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return `${condition.kind}(${condition.of.map(shown).join(', ')})`;
    case 'not':
      return `not(${shown(condition.of)})`;
    case 'test':
      return [shownValue(condition.left), condition.op, ...(condition.right ? [shownValue(condition.right)] : [])].join(
        ' ',
      );
    default:
      return condition.kind;
  }
};

const file = (when: string): string =>
  `workflow: w\nobject: Deal\ntrigger: { on: update }\nwhen: ${when}\nsteps:\n  - id: quote\n    find: Quote\n    limit: 1\n`;

const entry = (when: string): string => {
  const conditions = only(file(when)).triggers[0]?.when;
  return conditions ? shown(conditions.condition) : 'always';
};

describe('tests', () => {
  test.each([
    ['{ field: a, eq: x }', '<record.a> eq "x"'],
    ['{ field: a, ne: 1 }', '<record.a> ne 1'],
    ['{ field: a, lt: 1.5 }', '<record.a> lt 1.5'],
    ['{ field: a, le: 1 }', '<record.a> le 1'],
    ['{ field: a, gt: 1 }', '<record.a> gt 1'],
    ['{ field: a, ge: 1 }', '<record.a> ge 1'],
    ['{ field: a, in: [x, 2] }', '<record.a> in ["x", 2]'],
    ['{ field: a, notIn: [x] }', '<record.a> notIn ["x"]'],
    ["{ field: a, in: '{{var.list}}' }", '<record.a> in <variable list>'],
    ['{ field: a, between: [1, 9] }', '<record.a> between [1, 9]'],
    ['{ field: a, contains: x }', '<record.a> contains "x"'],
    ['{ field: a, notContains: x }', '<record.a> notContains "x"'],
    ['{ field: a, startsWith: x }', '<record.a> startsWith "x"'],
    ['{ field: a, endsWith: x }', '<record.a> endsWith "x"'],
    ['{ field: a, empty: true }', '<record.a> empty'],
    ['{ field: a, empty: false }', '<record.a> notEmpty'],
    ['{ field: a, changed: true }', '<record.a> changed'],
    ['{ field: a, changed: false }', '<record.a> notChanged'],
    ['{ field: a, changedTo: x }', '<record.a> changedTo "x"'],
    ['{ field: a, was: x }', '<record.a> was "x"'],
    ['{ field: a, eq: null }', '<record.a> eq null'],
    ['{ field: a, eq: true }', '<record.a> eq true'],
    ['{ field: a, eq: no }', '<record.a> eq "no"'],
    ["{ field: a, lt: '{{today-14d}}' }", '<record.a> lt today -14 day'],
    ["{ field: a, eq: '{{record.b}}' }", '<record.a> eq <record.b>'],
    ['{ eq: x, field: a }', '<record.a> eq "x"'],
  ])('%s', (when, expected) => {
    expect(said(file(when))).toEqual([]);
    expect(entry(when)).toBe(expected);
  });
});

describe('what the first word of a path stands for', () => {
  test.each([
    ['stage', '<record.stage>'],
    ['account.owner.email', '<record.account.owner.email>'],
    ['record.stage', '<record.stage>'],
    ['prior.stage', '<prior.stage>'],
    ['user.role', '<user.role>'],
    ['input.dealId', '<input.dealId>'],
    ['var.total', '<variable total>'],
    ['var.deal.name', '<variable deal.name>'],
    ['quote', '<step quote>'],
    ['quote.number', '<step quote.number>'],
    ['item.name', '<item.name>'],
    ['crm_stage_id', '<record.crm_stage_id>'],
    ['商談名', '<record.商談名>'],
    ['Deal__c.Name-1', '<record.Deal__c.Name-1>'],
  ])('%s', (path, expected) => {
    expect(entry(`{ field: ${path}, empty: true }`)).toBe(`${expected} empty`);
  });

  test('in a filter, plain names belong to what is looked up', () => {
    const text =
      "workflow: w\ntrigger: { on: call }\nsteps:\n  - find: Deal\n    where: [{ field: a, eq: '{{record.b}}' }, { field: record.c, empty: true }]\n";
    const [step] = only(text).steps;
    expect(step?.kind === 'find' && step.where && shown(step.where.condition)).toBe(
      'all(<candidate.a> eq <record.b>, <record.c> empty)',
    );
  });
});

describe('groups', () => {
  test.each([
    ['[{ field: a, eq: 1 }, { field: b, eq: 2 }]', 'all(<record.a> eq 1, <record.b> eq 2)', 2],
    ['{ all: [{ field: a, eq: 1 }] }', 'all(<record.a> eq 1)', 1],
    ['{ any: [{ field: a, eq: 1 }, { not: { field: b, eq: 2 } }] }', 'any(<record.a> eq 1, not(<record.b> eq 2))', 2],
    [
      '{ not: [{ field: a, eq: 1 }, { any: [{ field: b, eq: 2 }, { field: c, eq: 3 }] }] }',
      'not(all(<record.a> eq 1, any(<record.b> eq 2, <record.c> eq 3)))',
      3,
    ],
    ['{ any: { field: a, eq: 1 } }', 'any(<record.a> eq 1)', 1],
  ])('%s', (when, expected, count) => {
    expect(said(file(when))).toEqual([]);
    expect(entry(when)).toBe(expected);
    expect(only(file(when)).triggers[0]?.when?.tests).toHaveLength(count);
  });

  test.each(['', '[]', 'null'])('%j is no condition, so it always holds', (when) => {
    expect(said(file(when))).toEqual([]);
    expect(entry(when)).toBe('always');
  });
});

describe('what cannot be read is told, and may be true or false', () => {
  test.each([
    ['x', 'opaque', ['parse-value 4:7']],
    ['[x, { field: a, eq: 1 }]', 'all(opaque, <record.a> eq 1)', ['parse-value 4:8']],
    ['{ field: a, equals: 1 }', 'opaque', ['parse-unknown-key 4:19']],
    ['{ field: a }', 'opaque', ['parse-value 4:7']],
    ['{ eq: 1 }', 'opaque', ['parse-value 4:7']],
    ['{ fields: a, eq: 1 }', 'opaque', ['parse-unknown-key 4:9', 'parse-value 4:7']],
    ['{ field: a, gt: 1, lt: 5 }', 'all(<record.a> gt 1, <record.a> lt 5)', ['parse-value 4:26']],
    ["{ field: '{{record.a}}', eq: 1 }", 'opaque', ['parse-value 4:16']],
    ['{ field: a b, eq: 1 }', 'opaque', ['parse-value 4:16']],
    ['{ field: a..b, eq: 1 }', 'opaque', ['parse-value 4:16']],
    ['{ field: [a], eq: 1 }', 'opaque', ['parse-value 4:16']],
    ['{ field: a, in: x }', '<record.a> in ["x"]', ['parse-value 4:23']],
    ['{ field: a, between: [1] }', 'opaque', ['parse-value 4:28']],
    ['{ field: a, between: 1 }', 'opaque', ['parse-value 4:28']],
    ['{ field: a, eq: [x] }', 'opaque', ['parse-value 4:23']],
    ['{ field: a, empty: yes }', 'opaque', ['parse-value 4:26']],
    ['{ field: a, changed: stage }', 'opaque', ['parse-value 4:28']],
    ['{ any: [{ field: a, eq: 1 }], all: [{ field: b, eq: 1 }] }', 'any(<record.a> eq 1)', ['parse-unknown-key 4:37']],
    ['{ field: a, constructor: 1 }', 'opaque', ['parse-unknown-key 4:19']],
  ])('%s', (when, expected, problems) => {
    expect(entry(when)).toBe(expected);
    expect(said(file(when))).toEqual(problems);
  });
});

test('places: the test, its operator, its value', () => {
  const conditions = only(file('\n  - { field: stage, changedTo: Won }\n  - field: amount\n    gt: 5')).triggers[0]
    ?.when;
  expect(conditions?.place).toMatchObject({ line: 5, column: 3 });
  expect(conditions?.tests).toMatchObject([
    {
      place: { line: 5, column: 5 },
      left: { place: { line: 5, column: 14, endColumn: 19 }, path: { place: { line: 5, column: 14 } } },
      opPlace: { line: 5, column: 21 },
      opText: 'changedTo',
      right: { place: { line: 5, column: 32, endColumn: 35 } },
    },
    {
      place: { line: 6, column: 5 },
      left: { place: { line: 6, column: 12 } },
      right: { place: { line: 7, column: 9 } },
    },
  ]);
});
