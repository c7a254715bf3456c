import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'an address that the file does not know: its servers are found by SRV records and the MX',
  config: { version: 1, mail: { address: 'info@aozora.test', smtp: { host: 'mail.aozora.test' } } },
  dns: { add: ['_imaps._tcp SRV 0 1 993 mail'] },
  args: ['sales@aozora.test', '--password-env', 'MAIL_PASSWORD', '--ca', 'ca.pem'],
  causes: [],
  healthy: true,
});
