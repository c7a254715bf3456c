import { defineCase, imap, mail, pop3, smtp } from '../../case.ts';

export default defineCase({
  title:
    'three: a POP3 host of a domain that does not exist, an expired certificate for sending, a folder that is missing',
  certificates: { old: { from: -400, until: -3 } },
  postfix: { certificate: 'old' },
  config: mail({ smtp: smtp(), imap: imap({ folder: 'CRM' }), pop3: pop3({ host: 'pop3.kumo.test' }) }),
  causes: ['config.wrong-host', 'tls.certificate-expired', 'imap.folder-missing'],
});
