import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'another program holds every connection that Exim gives to one address (421)',
  exim: { main: { smtp_accept_max_per_host: '2' } },
  holds: [{ port: 587, tls: false, count: 2, lines: ['EHLO crm'] }],
  causes: ['smtp.rate-limited'],
});
