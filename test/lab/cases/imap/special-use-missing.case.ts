import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the CRM stores copies of sent mail, and the folder for them has no mark',
  dovecot: { conf: ['namespace inbox {', '  mailbox Sent {', '    special_use =', '  }', '}'] },
  config: mail({ sentCopy: 'crm', roundTrip: { enabled: true, timeout: '20s' } }),
  causes: ['imap.special-use-missing'],
  severity: 'warning',
  leavesNothing: true,
});
