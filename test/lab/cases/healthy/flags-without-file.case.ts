import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'an address and flags instead of a file',
  config: '',
  args: [
    'sales@aozora.test',
    '--smtp',
    'mail.aozora.test:587/starttls',
    '--imap',
    'mail.aozora.test:993/tls',
    '--password-env',
    'MAIL_PASSWORD',
    '--ca',
    'ca.pem',
  ],
  causes: [],
  healthy: true,
});
