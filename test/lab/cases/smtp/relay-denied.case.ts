import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the server is not responsible for the domain and relays for nobody',
  postfix: { main: { virtual_mailbox_domains: 'partner.test', smtpd_relay_restrictions: 'reject_unauth_destination' } },
  causes: ['smtp.relay-denied'],
});
