import { defineCase } from '../../case.ts';
import { entraClaims, exchangeMail, exchangeOnline, exchangeRefusals } from '../../microsoft.ts';

export default defineCase({
  title: "an app's own token, and no service principal in Exchange",
  ...exchangeOnline(exchangeRefusals),
  token: { claims: { ...entraClaims, scp: undefined, upn: undefined, roles: ['IMAP.AccessAsApp', 'SMTP.SendAsApp'] } },
  config: exchangeMail,
  causes: ['auth.oauth-app-permission'],
});
