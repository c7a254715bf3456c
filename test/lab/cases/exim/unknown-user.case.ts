import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'Exim has the login but no mailbox of that name (550 Unknown user)',
  exim: { acl: { rcpt: ['deny message = Unknown user', '     local_parts = sales'] } },
  config: mail({ roundTrip: { enabled: true, timeout: '10s' } }),
  causes: ['smtp.recipient-refused'],
});
