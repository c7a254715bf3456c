import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'a certificate of a private CA that the configuration names, and only host names given',
  config: mail({ smtp: { host: 'mail.aozora.test' }, imap: { host: 'mail.aozora.test' } }),
  causes: [],
  healthy: true,
});
