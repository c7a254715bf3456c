import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the provider wants an app password for SMTP',
  selection: true,
  postfix: false,
  scripted: [
    {
      protocol: 'smtp',
      port: 587,
      tls: 'starttls',
      answers: {
        AUTH: [
          '534-5.7.9 Application-specific password required. For more information, go to',
          '534 5.7.9  https://support.google.com/mail/?p=InvalidSecondFactor 98e67ed59e1d1-2e9ad3 - gsmtp',
        ],
      },
    },
  ],
  causes: ['auth.app-password-required'],
});
