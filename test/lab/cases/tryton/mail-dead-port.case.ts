import { defineCase, trytonCrm } from '../../case.ts';

export default defineCase({
  title: 'trytond.conf names a port of the mail server at which nothing listens',
  tryton: { mailUri: 'smtp+tls://{login}@mail.aozora.test:2525' },
  config: trytonCrm(),
  causes: ['config.wrong-port'],
  proof: [{ path: 'crm.mail[email].smtp.port', to: 587 }],
});
