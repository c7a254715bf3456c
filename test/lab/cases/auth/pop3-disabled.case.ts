import { defineCase, mail, pop3 } from '../../case.ts';

export default defineCase({
  title: 'POP3 is switched off for the account',
  dovecot: { ports: [993] },
  scripted: [
    {
      protocol: 'pop3',
      port: 995,
      tls: 'tls',
      answers: {
        PASS:
          '-ERR [SYS/PERM] Your account is not enabled for POP access. Please visit your Gmail settings page and ' +
          'enable your account for POP access.',
      },
    },
  ],
  config: mail({ pop3: pop3() }),
  causes: ['auth.protocol-disabled'],
});
