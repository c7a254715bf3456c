import { expect, test } from '@jest/globals';
import { recordsWithoutSecrets, withoutSecrets } from '../../src/crm/without-secrets.ts';

test('what a secret names is blacked out, in keys and in header lines, and nothing else', () => {
  expect(
    withoutSecrets({
      apiKey: 'abc',
      nested: [{ password: 'abc', port: 993, headers: ['Authorization: Bearer abc', 'Accept: text/plain'] }],
      token: '',
      name: 'API key of the day',
    }),
  ).toEqual({
    apiKey: '***',
    nested: [{ password: '***', port: 993, headers: ['Authorization: ***', 'Accept: text/plain'] }],
    token: '',
    name: 'API key of the day',
  });
});

test('a value without end in its depth ends', () => {
  let deep: unknown = 'x';
  for (let at = 0; at < 5_000; at += 1) deep = [deep];
  expect(JSON.stringify(withoutSecrets(deep)).length).toBeLessThan(200);
});

test('records lose the fields of secrets, and nothing else of them is touched', () => {
  const clean = recordsWithoutSecrets();
  const record = { id: '1', name: 'Sato', passport: 'x' };
  expect(clean(record)).toBe(record);
  expect(clean({ id: '2', password: 'x', apiKey: 'y', name: 'Ito' })).toEqual({ id: '2', name: 'Ito' });
  expect(clean({ id: '3', password: 'z' })).toEqual({ id: '3' });
});
