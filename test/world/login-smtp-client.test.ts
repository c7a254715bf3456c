import { expect, test } from '@jest/globals';
import { offerOf } from '../../src/world/login-ehlo.ts';

test.each([
  ['250-mail.aozora.test Hello crm.aozora.test [192.0.2.7]\r\n250 SIZE 1000', '192.0.2.7'],
  ['250-EX.prod.outlook.com Hello [192.0.2.7]\r\n250 AUTH LOGIN', '192.0.2.7'],
  ['250-mail Hello crm [IPv6:2001:db8::7], pleased to meet you\r\n250 8BITMIME', '2001:db8::7'],
  ['250-mail.aozora.test\r\n250 SIZE 1000', undefined],
  ['250-mail Hello [not.an.address]\r\n250 SIZE', undefined],
  ['250-mail Hello crm\r\n250 X [192.0.2.7]', undefined],
])('%j greets us by %s', (reply, client) => {
  expect(offerOf(reply).client).toBe(client);
});
