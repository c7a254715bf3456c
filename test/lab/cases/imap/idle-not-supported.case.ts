import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'the CRM waits with IDLE, and the server does not offer it',
  dovecot: { conf: ['imap_capability = IMAP4rev1 SASL-IR LITERAL+ ID ENABLE UIDPLUS NAMESPACE CHILDREN SPECIAL-USE'] },
  config: mail({ imap: imap({ idle: true }) }),
  causes: ['imap.idle-not-supported'],
  severity: 'warning',
});
