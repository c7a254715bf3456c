import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the IMAP server offers XOAUTH2 only',
  dovecot: { ports: [995] },
  scripted: [
    {
      protocol: 'imap',
      port: 993,
      tls: 'tls',
      capabilities: ['IMAP4rev1', 'AUTH=XOAUTH2', 'AUTH=OAUTHBEARER', 'SASL-IR', 'LOGINDISABLED', 'ID', 'NAMESPACE'],
      answers: { greeting: '* OK The Microsoft Exchange IMAP4 service is ready.', LOGIN: 'NO LOGIN failed.' },
    },
  ],
  causes: ['auth.basic-disabled'],
});
