import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the CRM says a bare name with EHLO; the name that its address has is taken',
  postfix: { submission: { smtpd_helo_restrictions: 'reject_non_fqdn_helo_hostname' } },
  dns: { add: ['crm A 203.0.113.1'] },
  config: mail({ ehlo: 'crm' }),
  causes: ['smtp.helo-refused'],
  proof: [{ path: 'mail.ehlo', to: 'crm.aozora.test' }],
});
