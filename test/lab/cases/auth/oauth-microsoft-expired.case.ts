import { defineCase } from '../../case.ts';
import { entraClaims, exchangeMail, exchangeOnline, exchangeRefusals } from '../../microsoft.ts';

export default defineCase({
  title: 'Exchange Online refuses a token whose own date is over',
  ...exchangeOnline(exchangeRefusals),
  token: { lasts: -600, claims: entraClaims },
  config: exchangeMail,
  causes: ['auth.oauth-token-expired'],
});
