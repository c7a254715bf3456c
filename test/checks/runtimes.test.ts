import { expect, test } from '@jest/globals';
import type { Runtime } from '../../src/model/config.ts';
import { isRuntimeVersion, rulesOf } from '../../src/reason/runtimes.ts';

test.each<[Runtime, string | undefined, string, string]>([
  ['php', undefined, 'TLSv1.2', 'TLSv1.3'],
  ['php', '8.2', 'TLSv1.2', 'TLSv1.3'],
  ['php', '7.4', 'TLSv1.2', 'TLSv1.3'],
  ['php', '7.3.33', 'TLSv1', 'TLSv1.2'],
  ['php', '5.4', 'TLSv1', 'TLSv1'],
  ['python', '3.11.2', 'TLSv1.2', 'TLSv1.3'],
  ['python', '3.9', 'TLSv1', 'TLSv1.3'],
  ['python', '2.7', 'TLSv1', 'TLSv1.2'],
  ['java', '1.8.0_202', 'TLSv1', 'TLSv1.2'],
  ['java', '8', 'TLSv1.2', 'TLSv1.3'],
  ['java', '8u352', 'TLSv1.2', 'TLSv1.3'],
  ['java', '8u202', 'TLSv1', 'TLSv1.2'],
  ['java', '17', 'TLSv1.2', 'TLSv1.3'],
  ['java', '1.7', 'TLSv1', 'TLSv1'],
  ['dotnet', '4.5', 'TLSv1', 'TLSv1'],
  ['dotnet', '8', 'TLSv1.2', 'TLSv1.3'],
  ['node', '10', 'TLSv1', 'TLSv1.2'],
  ['node', 'latest', 'TLSv1.2', 'TLSv1.3'],
])('%s %s speaks %s to %s', (as, asVersion, oldest, newest) => {
  expect(rulesOf({ as, ...(asVersion === undefined ? {} : { asVersion }) })).toMatchObject({ oldest, newest });
});

test('an old runtime is judged by old rules, the imap extension ends with PHP 8.4', () => {
  expect(rulesOf({ as: 'php', asVersion: '7.0' })).toMatchObject({
    minimumBits: { rsa: 1024 },
    refusesLegacyServers: false,
  });
  expect(rulesOf({ as: 'php', asVersion: '8.3' }).withoutSni).toEqual(['imap', 'pop3']);
  expect(rulesOf({ as: 'php', asVersion: '8.4' }).withoutSni).toEqual([]);
});

test.each([
  ['7.0', true],
  ['8u202', true],
  ['3.11.2', true],
  ['', false],
  ['7.x', false],
  ['latest', false],
  ['7.0\r\n', false],
])('%j is a version: %s', (version, expected) => {
  expect(isRuntimeVersion(version)).toBe(expected);
});
