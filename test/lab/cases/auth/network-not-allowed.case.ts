import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the server takes no login from this network',
  dovecot: { ports: [995] },
  postfix: false,
  scripted: [
    {
      protocol: 'smtp',
      port: 587,
      tls: 'starttls',
      answers: { AUTH: '535 5.7.8 Authentication failed: login from your IP address 203.0.113.1 is not allowed' },
    },
  ],
  config: mail({ imap: undefined }),
  causes: ['auth.network-not-allowed'],
});
