import { expect, test } from '@jest/globals';
import { entriesFor } from '../../src/world/hosts-file.ts';

const text = [
  '127.0.0.1 localhost',
  '# 192.0.2.1 mail.aozora.test',
  '192.0.2.2\tweb.aozora.test  MAIL.aozora.test # moved in March',
  'not-an-address mail.aozora.test',
  '2001:db8::2 mail.aozora.test\r',
  '192.0.2.3 mail.aozora.test.example',
].join('\n');

test('the lines that name a host, with their numbers', () => {
  expect(entriesFor('mail.aozora.test.', text, '/etc/hosts')).toEqual([
    { file: '/etc/hosts', line: 3, address: '192.0.2.2' },
    { file: '/etc/hosts', line: 5, address: '2001:db8::2' },
  ]);
});
