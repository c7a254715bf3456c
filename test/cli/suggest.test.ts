import { expect, test } from '@jest/globals';
import { meant, suggestions } from '../../src/cli/suggest.ts';

const known = [
  'mail',
  'sync',
  'workflow',
  'check',
  'checks',
  'tls.certificate-expired',
  'tls.incomplete-chain',
  'json',
  'junit',
];

test.each<[string, readonly string[]]>([
  ['mial', ['mail']],
  ['MAIL', ['mail']],
  ['chek', ['check']],
  ['ｍａｉｌ', ['mail']],
  ['certificate-expired', ['tls.certificate-expired']],
  ['certificat-expird', ['tls.certificate-expired']],
  ['tls.certificat-expird', ['tls.certificate-expired']],
  ['jsn', ['json']],
  ['', []],
  ['x', []],
  ['entirely-else', []],
  ['a'.repeat(10_000), []],
])('%s', (typed, expected) => {
  expect(suggestions(typed, known)).toEqual(expected);
});

test('the words for it, or nothing', () => {
  expect(meant('mial', known)).toEqual({ en: ' (did you mean mail?)', ja: '（もしかして: mail）' });
  expect(meant('nothing-of-it', known)).toEqual({ en: '', ja: '' });
});
