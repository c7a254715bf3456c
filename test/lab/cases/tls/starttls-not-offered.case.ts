import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the server has no TLS on 587, and no other port',
  postfix: { ports: [587], submission: { smtpd_tls_security_level: 'none' } },
  causes: ['tls.starttls-not-offered'],
  also: ['auth.requires-tls'],
});
