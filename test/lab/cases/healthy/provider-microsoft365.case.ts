import { defineCase } from '../../case.ts';
import { entraClaims, exchangeMail, exchangeOnline } from '../../microsoft.ts';

export default defineCase({
  title: 'a mailbox at Microsoft 365 with a token of Entra ID',
  ...exchangeOnline(),
  token: { claims: entraClaims },
  config: exchangeMail,
  causes: [],
  healthy: true,
});
