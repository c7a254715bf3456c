import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the MX shows Microsoft 365: its servers, and OAuth as it was chosen',
  certificates: { server: { names: ['outlook.office365.com', 'smtp.office365.com'] } },
  dns: {
    without: ['mail', '@ MX'],
    add: ['@ MX 0 aozora-test.mail.protection.outlook.com.'],
    zones: {
      'outlook.com': ['aozora-test.mail.protection A 203.0.113.12'],
      'office365.com': ['outlook A 203.0.113.10', 'smtp A 203.0.113.10'],
    },
  },
  args: ['--oauth', 'microsoft'],
  init: {
    writes: [
      'smtp: { host: smtp.office365.com, port: 587, security: starttls }',
      'imap: { host: outlook.office365.com, port: 993, security: tls }',
      'oauth:',
      'provider: microsoft',
    ],
  },
  causes: [],
  exitCode: 3,
});
