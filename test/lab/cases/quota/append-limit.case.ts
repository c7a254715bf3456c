import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the CRM stores copies of sent mail, and the server takes 1 MiB at most',
  dovecot: { conf: ['imap_capability = +APPENDLIMIT=1048576'] },
  config: mail({ sentCopy: 'crm' }),
  causes: ['quota.append-limit'],
  severity: 'warning',
});
