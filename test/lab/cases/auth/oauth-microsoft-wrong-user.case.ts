import { defineCase } from '../../case.ts';
import { entraClaims, exchangeMail, exchangeOnline } from '../../microsoft.ts';

export default defineCase({
  title: "authenticated but not connected: it is another user's token",
  ...exchangeOnline({ imap: { SELECT: 'BAD User is authenticated but not connected.' } }),
  token: { user: 'taro@aozora.test', claims: entraClaims },
  config: exchangeMail,
  causes: ['auth.oauth-wrong-user'],
});
