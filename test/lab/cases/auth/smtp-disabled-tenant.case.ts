import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'SMTP AUTH is switched off for the tenant',
  postfix: false,
  scripted: [
    {
      protocol: 'smtp',
      port: 587,
      tls: 'starttls',
      answers: {
        AUTH:
          '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. ' +
          'Visit https://aka.ms/smtp_auth_disabled for more information. [TY2PR06CA0005.apcprd06.prod.outlook.com]',
      },
    },
  ],
  causes: ['auth.smtp-disabled'],
});
