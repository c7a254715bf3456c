import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the password is past its age limit',
  dovecot: { ports: [995] },
  scripted: [{ protocol: 'imap', port: 993, tls: 'tls', answers: { LOGIN: 'NO [EXPIRED] Password expired.' } }],
  causes: ['auth.account-disabled'],
});
