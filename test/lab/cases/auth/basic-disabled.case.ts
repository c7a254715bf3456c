import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the provider has switched passwords off for SMTP',
  postfix: false,
  scripted: [
    {
      protocol: 'smtp',
      port: 587,
      tls: 'starttls',
      insideTls: [
        'SIZE 157286400',
        'PIPELINING',
        'DSN',
        'ENHANCEDSTATUSCODES',
        'AUTH LOGIN XOAUTH2',
        '8BITMIME',
        'SMTPUTF8',
      ],
      answers: {
        AUTH: '535 5.7.139 Authentication unsuccessful, basic authentication is disabled. [TYCPR01CA0080.jpnprd01.prod.outlook.com]',
      },
    },
  ],
  causes: ['auth.basic-disabled'],
});
