import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the certificate for fetching has another name, and the login has to be the whole address',
  certificates: { other: { names: ['www.partner.test'] } },
  dovecot: { certificate: 'other' },
  config: mail({ username: 'sales' }),
  causes: ['tls.hostname-mismatch', 'config.username-form'],
});
