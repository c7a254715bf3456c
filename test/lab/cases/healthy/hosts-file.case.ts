import { defineCase, imap, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'the host is known by the hosts file only',
  hosts: ['203.0.113.10 mailhost.aozora.test'],
  certificates: { server: { names: ['mail.aozora.test', 'mailhost.aozora.test'] } },
  config: mail({ smtp: smtp({ host: 'mailhost.aozora.test' }), imap: imap({ host: 'mailhost.aozora.test' }) }),
  causes: [],
  healthy: true,
});
