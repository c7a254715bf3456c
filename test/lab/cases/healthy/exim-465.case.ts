import { defineCase, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'Exim with TLS from the first byte on 465, and a login by AUTH LOGIN only',
  exim: { mechanisms: ['LOGIN'] },
  config: mail({ smtp: smtp({ port: 465, security: 'tls' }) }),
  causes: [],
  healthy: true,
});
