import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the provider wants a login in a browser first',
  postfix: false,
  dovecot: false,
  scripted: [
    {
      protocol: 'smtp',
      port: 587,
      tls: 'starttls',
      answers: {
        AUTH: [
          '534-5.7.14 <https://accounts.google.com/signin/continue?sarp=1&scc=1> Please log in via your web browser and',
          '534-5.7.14 then try again.',
          '534 5.7.14  Learn more at https://support.google.com/mail/answer/78754 - gsmtp',
        ],
      },
    },
    {
      protocol: 'imap',
      port: 993,
      tls: 'tls',
      answers: {
        LOGIN: [
          '* NO [WEBALERT https://accounts.google.com/signin/continue] Web login required.',
          'NO [ALERT] Please log in via your web browser: https://support.google.com/mail/accounts/answer/78754 (Failure)',
        ],
      },
    },
  ],
  causes: ['auth.web-login-required'],
});
