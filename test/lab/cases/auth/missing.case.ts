import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the server wants a login for sending, none is configured',
  postfix: false,
  scripted: [
    {
      protocol: 'smtp',
      port: 587,
      tls: 'starttls',
      answers: {
        MAIL: '530 5.7.0 Authentication Required. For more information, go to https://support.example/ - gsmtp',
      },
    },
  ],
  config: mail({ imap: undefined, password: undefined }),
  causes: ['auth.missing'],
});
