import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the SRV record for IMAP with TLS names the port of STARTTLS, and that for sending a host that is no more',
  dns: { add: ['_imaps._tcp SRV 0 1 143 mail', '_submission._tcp SRV 0 1 587 gone.aozora.test.'] },
  causes: ['dns.srv-autoconfig-wrong'],
  severity: 'warning',
});
