import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'a self-signed certificate for fetching, and an EHLO name that the server refuses',
  certificates: { own: { issuer: 'self' } },
  dovecot: { certificate: 'own' },
  postfix: {
    submission: {
      smtpd_helo_restrictions: 'check_helo_access static:{504 5.5.2 need fully-qualified hostname}',
    },
  },
  causes: ['tls.self-signed', 'smtp.helo-refused'],
});
