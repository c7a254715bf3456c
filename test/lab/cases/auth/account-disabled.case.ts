import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the account is locked by the administrator',
  dovecot: { ports: [995] },
  scripted: [
    {
      protocol: 'imap',
      port: 993,
      tls: 'tls',
      answers: { LOGIN: 'NO [CONTACTADMIN] This account is disabled, contact your administrator.' },
    },
  ],
  causes: ['auth.account-disabled'],
});
