import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the provider wants an app password for IMAP',
  dovecot: false,
  postfix: { main: { smtpd_sasl_auth_enable: 'no' }, submission: { smtpd_client_restrictions: 'permit' } },
  scripted: [
    {
      protocol: 'imap',
      port: 993,
      tls: 'tls',
      answers: {
        LOGIN:
          'NO [ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)',
      },
    },
  ],
  config: mail({ smtp: undefined }),
  causes: ['auth.app-password-required'],
});
