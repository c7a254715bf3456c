import { defineCase, trytonCrm } from '../../case.ts';

export default defineCase({
  title: 'trytond.conf says smtp:// where the mail server wants STARTTLS before a login',
  tryton: { mailUri: 'smtp://{login}@mail.aozora.test:587' },
  config: trytonCrm(),
  causes: ['auth.requires-tls'],
  proof: [{ path: 'crm.mail[email].smtp.security', to: 'starttls' }],
  selection: true,
});
