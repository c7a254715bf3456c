import { defineCase } from '../../case.ts';
import { entraClaims, exchangeMail, exchangeOnline } from '../../microsoft.ts';

export default defineCase({
  title: 'authenticated but not connected, and nothing is wrong with the token: no licence',
  ...exchangeOnline({ imap: { SELECT: 'BAD User is authenticated but not connected.' } }),
  token: { claims: entraClaims },
  config: exchangeMail,
  causes: ['mailbox.access-denied'],
});
