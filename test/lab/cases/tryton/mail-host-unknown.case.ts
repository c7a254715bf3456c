import { defineCase, trytonCrm } from '../../case.ts';

export default defineCase({
  title: 'the host in trytond.conf does not exist',
  tryton: { mailUri: 'smtp+tls://{login}@mial.aozora.test:587' },
  config: trytonCrm(),
  causes: ['config.wrong-host'],
  proof: [{ path: 'crm.mail[email].smtp.host', to: 'mail.aozora.test' }],
});
