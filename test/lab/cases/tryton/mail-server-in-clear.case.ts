import { defineCase, trytonCrm } from '../../case.ts';

export default defineCase({
  title: 'trytond.conf says smtp:// at port 465, where TLS begins at once',
  tryton: { mailUri: 'smtp://{login}@mail.aozora.test:465' },
  config: trytonCrm(),
  causes: ['config.security-mismatch'],
  proof: [{ path: 'crm.mail[email].smtp.security', to: 'tls' }],
});
