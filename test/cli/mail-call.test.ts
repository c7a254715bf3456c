import { expect, test } from '@jest/globals';
import { mailCall } from '../../src/cli/mail-call.ts';

test.each<[string | undefined, Parameters<typeof mailCall>[1], string]>([
  [undefined, {}, ''],
  [undefined, { config: 'my mail.yaml' }, "--config 'my mail.yaml'"],
  [
    'sales@example.co.jp',
    { smtp: 'smtp.example.co.jp:587/starttls', imap: '[::1]:993', passwordEnv: 'MAIL_PASSWORD' },
    "sales@example.co.jp --smtp smtp.example.co.jp:587/starttls --imap '[::1]:993' --password-env MAIL_PASSWORD",
  ],
  [undefined, { as: 'php@7.0', trust: 'none', family: '4' }, '--trust none --as php@7.0 --family 4'],
])('a mailbox is named again as it was: %s %j', (address, flags, expected) => {
  expect(mailCall(address, flags)).toBe(expected);
});
