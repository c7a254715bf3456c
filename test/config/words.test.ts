import { describe, expect, test } from '@jest/globals';
import { parseDuration } from '../../src/config/duration.ts';
import { nearest } from '../../src/config/nearest.ts';
import { parsePath } from '../../src/config/path.ts';
import { interpolate, unveil, veil } from '../../src/config/variables.ts';
import { typingDistance as distance } from '../../src/reason/typing-distance.ts';

test.each([
  ['60s', 60_000],
  ['15m', 900_000],
  ['1h30m', 5_400_000],
  ['500ms', 500],
  ['1d', 86_400_000],
  ['0s', 0],
  [' 2m ', 120_000],
  ['1m500ms', 60_500],
  ['', undefined],
  ['60', undefined],
  ['1.5h', undefined],
  ['-5s', undefined],
  ['30m1h', undefined],
  ['5 s', undefined],
  ['６０s', undefined],
  ['9999999999s', undefined],
])('the duration %j is %s', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

describe('the nearest word', () => {
  test.each([
    ['same', 'same', 0],
    ['startls', 'starttls', 1],
    ['prot', 'port', 1],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
  ])('%s and %s are %i apart', (left, right, steps) => {
    expect(distance(left, right)).toBe(steps);
    expect(distance(right, left)).toBe(steps);
  });

  test.each([
    ['adress', ['from', 'address'], 'address'],
    ['prot', ['port', 'host'], 'port'],
    ['TLS', ['starttls', 'tls'], 'tls'],
    ['password-file', ['password', 'passwordFile'], 'passwordFile'],
    ['ｈｏｓｔ', ['host'], 'host'],
    ['sever', ['host'], undefined],
    ['server', ['host'], 'host'],
    ['ca', ['as', 'ca2'], undefined],
    ['xyz', ['port', 'host'], undefined],
    ['x'.repeat(1_000), ['host'], undefined],
  ])('to %s', (word, allowed, expected) => {
    expect(nearest(word, allowed)).toBe(expected);
  });
});

test.each([
  ['${A}', { kind: 'text', value: '1', variables: ['A'] }],
  ['x${A}y${B}', { kind: 'text', value: 'x1y${A}', variables: ['A', 'B'] }],
  ['$${A}', { kind: 'text', value: '${A}', variables: [] }],
  ['$A $ {A} $', { kind: 'text', value: '$A $ {A} $', variables: [] }],
  ['${C}${D}', { kind: 'missing', variable: 'C' }],
  ['${}', { kind: 'malformed' }],
  ['${A', { kind: 'malformed' }],
  ['${A B}', { kind: 'malformed' }],
])('%j is interpolated once', (text, expected) => {
  expect(interpolate(text, { A: '1', B: '${A}' })).toEqual(expected);
});

test('the veil keeps every position and comes off', () => {
  const text = 'a: { b: ${NAME}, c: $${X}, d: ${} }';
  expect(veil(text)).toHaveLength(text.length);
  expect(veil(text)).not.toContain('${NAME}');
  expect(unveil(veil(text))).toBe(text);
});

test.each([
  ['mail.imap.port', { section: 'mail', keys: ['imap', 'port'] }],
  ['mail[大阪.支店].imap.port', { section: 'mail', name: '大阪.支店', keys: ['imap', 'port'] }],
  ['mail[a]b].from', { section: 'mail', name: 'a]b', keys: ['from'] }],
  ['mail', { section: 'mail', keys: [] }],
  ['mail..x', undefined],
  ['', undefined],
])('the path %j', (path, expected) => {
  expect(parsePath(path)).toEqual(expected);
});
