import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'Exim offers STARTTLS and cannot read its key (454 TLS currently unavailable)',
  exim: { ports: [587], main: { tls_privatekey: '{dir}/gone.key' } },
  causes: ['tls.starttls-failed'],
});
