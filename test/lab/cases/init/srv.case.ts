import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the SRV records name the servers; the login is proven and the file written',
  selection: true,
  dns: { add: ['_imaps._tcp SRV 0 1 993 mail', '_submission._tcp SRV 0 1 587 mail'] },
  args: ['--password-env', 'MAIL_PASSWORD'],
  init: {
    writes: [
      'address: sales@aozora.test',
      'password: ${MAIL_PASSWORD}',
      'smtp: { host: mail.aozora.test, port: 587, security: starttls }',
      'imap: { host: mail.aozora.test, port: 993, security: tls }',
      'ca: ./ca.pem',
    ],
  },
  causes: [],
  healthy: true,
});
