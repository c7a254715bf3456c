import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'SMTP AUTH is switched off for the mailbox',
  postfix: false,
  scripted: [
    {
      protocol: 'smtp',
      port: 587,
      tls: 'starttls',
      answers: {
        AUTH:
          '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. ' +
          'Visit https://aka.ms/smtp_auth_disabled for more information.',
      },
    },
  ],
  causes: ['auth.smtp-disabled'],
});
