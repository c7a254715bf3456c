import { describe, expect, test } from '@jest/globals';
import { type OdooDomain, parseOdooDomain } from '../../../src/reason/workflow/languages/odoo-domain.ts';
import { type PythonValue, parsePythonLiteral } from '../../../src/reason/workflow/languages/python-literal.ts';

const value = (of: PythonValue): unknown => {
  switch (of.kind) {
    case 'none':
      return null;
    case 'list':
      return of.items.map(value);
    case 'expression':
      return { code: of.text };
    default:
      return of.value;
  }
};

const shape = (domain: OdooDomain): unknown => {
  switch (domain.kind) {
    case 'all':
    case 'any':
      return { [domain.kind]: domain.of.map(shape) };
    case 'not':
      return { not: shape(domain.of) };
    case 'leaf':
      return `${domain.path.text} ${domain.operator.text} ${JSON.stringify(value(domain.value))}`;
    case 'constant':
      return domain.value;
    case 'expression':
      return { code: domain.text };
  }
};

const read = (text: string): unknown => {
  const domain = parseOdooDomain(text);
  return domain.kind === 'fault' ? domain : shape(domain);
};

describe('a Python literal', () => {
  test.each<[text: string, expected: unknown]>([
    ["'it''s'", 'its'],
    ['"a\\n\\u3042\\x41\\q"', 'a\nあA\\q'],
    ["u'x'", 'x'],
    ["'''a\nb'''", 'a\nb'],
    ['-1_000.5e1', -10005],
    ['(1, 2,)', [1, 2]],
    ['(1)', 1],
    ['()', []],
    ['[True, None, false, null]', [true, null, false, null]],
    ['uid', { code: 'uid' }],
    ['[user.company_id.id, 1]', [{ code: 'user.company_id.id' }, 1]],
    ["[time.strftime('%Y-%m-%d, ok')]", [{ code: "time.strftime('%Y-%m-%d, ok')" }]],
    ["('%' % x, 'a' + b)", [{ code: "'%' % x" }, { code: "'a' + b" }]],
    ['[1] + [2]', { code: '[1] + [2]' }],
    ['{"a": [1, 2]}', { code: '{"a": [1, 2]}' }],
    ['2024-01', { code: '2024-01' }],
    ["[1, # it's (one\n 2]", [1, 2]],
    ["[a + # it's\n b]", [{ code: "a + # it's\n b" }]],
    ['[x if a else (b, c)]', [{ code: 'x if a else (b, c)' }]],
  ])('%s', (text, expected) => {
    const result = parsePythonLiteral(text);
    expect(result.kind === 'fault' ? result : value(result)).toEqual(expected);
  });

  test.each<[text: string, at: number, reason: string]>([
    ['', 0, 'missing-value'],
    ['[1', 0, 'unclosed-bracket'],
    ["['a]", 1, 'unclosed-text'],
    ['[1 2', 0, 'unclosed-bracket'],
    ['[1)', 2, 'unexpected'],
    ['[1,,2]', 3, 'missing-value'],
    ['f(1', 1, 'unclosed-bracket'],
    ['f(1]', 3, 'unexpected'],
    ['1]', 1, 'unexpected'],
    [`${'['.repeat(200)}`, 51, 'too-deep'],
    ['f'.concat('('.repeat(200)), 51, 'too-deep'],
  ])('%s is a fault at %i', (text, at, reason) => {
    expect(parsePythonLiteral(text)).toMatchObject({ kind: 'fault', at, reason });
  });
});

describe('an Odoo domain', () => {
  test.each<[text: string, expected: unknown]>([
    ['[]', true],
    ['False', true],
    ["[('a', '=', 1)]", 'a = 1'],
    ["[('a','=',1),('b','!=',False)]", { all: ['a = 1', 'b != false'] }],
    ["['|',('a','=',1),('b','=',2),('c','=',3)]", { all: [{ any: ['a = 1', 'b = 2'] }, 'c = 3'] }],
    ["['|','|',('a','=',1),('b','=',2),('c','=',3)]", { any: ['a = 1', 'b = 2', 'c = 3'] }],
    ["['&','|',('a','=',1),('b','=',2),'!',('c','=',3)]", { all: [{ any: ['a = 1', 'b = 2'] }, { not: 'c = 3' }] }],
    ["['!','!',('a','=',1)]", 'a = 1'],
    ["[['a', 'NOT  in'.lower(), 1]]", { code: '' }],
    ['[["stage_id.name", "ilike", "won"]]', 'stage_id.name ilike "won"'],
    ["[('user_id', '=', uid)]", 'user_id = {"code":"uid"}'],
    ["[(1, '=', 1)]", true],
    ["[(0, '=', 1)]", false],
    ["[('a','=',1)] + extra", { code: "[('a','=',1)] + extra" }],
    ['[leaf, ("a","=",1)]', { all: [{ code: 'leaf' }, 'a = 1'] }],
    ["[('lines', 'any', [('qty', '>', 0)])]", 'lines any [["qty",">",0]]'],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  test('every part of a term knows its place', () => {
    const domain = parseOdooDomain("['|', ('a.b', '>=', 10),\n ('c', '=', 'x')]");
    expect(domain).toMatchObject({
      kind: 'any',
      start: 1,
      end: 41,
      of: [
        {
          start: 6,
          end: 23,
          path: { start: 7, end: 12 },
          operator: { start: 14, end: 18 },
          value: { start: 20, end: 22 },
        },
        { start: 26, end: 41 },
      ],
    });
  });

  test.each<[text: string, at: number, reason: string]>([
    ["['|', ('a','=',1)]", 1, 'missing-term'],
    ["[('a','=',1), '&']", 14, 'missing-term'],
    ["['!']", 1, 'missing-term'],
    ["['or', ('a','=',1)]", 1, 'bad-term'],
    ["[('a','=')]", 1, 'bad-term'],
    ["[('a','=',1,2)]", 1, 'bad-term'],
    ["('a','=',1)", 9, 'bad-term'],
    ["[('a','=',1)", 0, 'unclosed-bracket'],
    ["[('a','=',1]", 11, 'unexpected'],
    ["'abc'", 0, 'bad-term'],
    ['12', 0, 'bad-term'],
  ])('%s is a fault at %i', (text, at, reason) => {
    expect(parseOdooDomain(text)).toMatchObject({ kind: 'fault', at, reason });
  });

  test('what alternates for ever is a fault and no deep tree', () => {
    const term = "('a','=',1)";
    const text = `[${"'|','&',".repeat(200)}${`${term},`.repeat(401)}]`;
    expect(parseOdooDomain(text)).toMatchObject({ kind: 'fault', reason: 'too-deep' });
    const flat = parseOdooDomain(`[${"'|',".repeat(2000)}${`${term},`.repeat(2001)}]`);
    expect(flat.kind === 'any' && flat.of.length).toBe(2001);
  });
});
