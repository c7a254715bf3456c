import { expect, test } from '@jest/globals';
import { addressIn } from '../../src/model/sender.ts';
import { readFrom } from '../../src/reason/from-header.ts';

const address = 'sales@aozora.jp';

test.each([[address], ['taro..x@docomo.ne.jp']])('%j is an address alone', (value) => {
  expect(readFrom(value)).toEqual({ kind: 'bare' });
});

test.each([
  ['<sales@aozora.jp>', ''],
  ['Aozora Sales <sales@aozora.jp>', 'Aozora Sales'],
  ['"Aozora, Inc." <sales@aozora.jp>', '"Aozora, Inc."'],
  ['"He said \\"hi\\", once" <sales@aozora.jp>', '"He said \\"hi\\", once"'],
  ['青空商事 営業部 <sales@aozora.jp>', '青空商事 営業部'],
  ['=?UTF-8?B?6Z2S56m6?= <sales@aozora.jp>', '=?UTF-8?B?6Z2S56m6?='],
  ['Aozora Inc. <sales@aozora.jp> ', 'Aozora Inc.'],
])('%j is a mailbox', (value, name) => {
  expect(readFrom(value)).toEqual({ kind: 'named', name, address });
  expect(addressIn(value)).toBe(address);
});

test.each([
  ['Aozora, Inc. <sales@aozora.jp>', 'unquoted', '"Aozora, Inc." <sales@aozora.jp>'],
  ['Aozora: Sales <sales@aozora.jp>', 'unquoted', '"Aozora: Sales" <sales@aozora.jp>'],
  ['Aozora (Sales) <sales@aozora.jp>', 'unquoted', '"Aozora (Sales)" <sales@aozora.jp>'],
  ['"Aozora <sales@aozora.jp>', 'open-quote', '"Aozora" <sales@aozora.jp>'],
  ['Aozora sales@aozora.jp', 'brackets', '"Aozora" <sales@aozora.jp>'],
  ['Aozora <sales@aozora.jp', 'brackets', '"Aozora" <sales@aozora.jp>'],
  ['<sales@aozora.jp> Aozora', 'trailing', address],
] as const)('%j is malformed (%s), meant is %j', (value, fault, suggestion) => {
  expect(readFrom(value)).toEqual({ kind: 'malformed', fault, address, suggestion });
});

test.each([
  ['Aozora Sales', 'no-address'],
  ['Aozora <>', 'no-address'],
  ['Aozora <sales>', 'no-address'],
  ['a@aozora.jp, b@aozora.jp <c@aozora.jp>', 'unquoted'],
] as const)('%j is malformed (%s), and nothing is guessed', (value, fault) => {
  expect(readFrom(value)).toEqual({ kind: 'malformed', fault });
});

test('the suggestions are themselves well-formed, and a long value takes no time', () => {
  const read = readFrom('Aozora "the" one, Inc. <sales@aozora.jp>');
  if (read.kind !== 'malformed' || read.suggestion === undefined) throw new Error('a suggestion is made');
  expect(readFrom(read.suggestion).kind).toBe('named');
  expect(readFrom(`${'"a '.repeat(100_000)}<${'@'.repeat(100_000)}>`).kind).toBe('malformed');
});
