import { defineCase } from '../../case.ts';
import { entraClaims, exchangeMail, exchangeOnline, exchangeRefusals } from '../../microsoft.ts';

export default defineCase({
  title: 'the token is for Microsoft Graph',
  ...exchangeOnline(exchangeRefusals),
  token: { claims: { ...entraClaims, aud: 'https://graph.microsoft.com', scp: 'Mail.Read Mail.Send' } },
  config: exchangeMail,
  causes: ['auth.oauth-scope'],
});
