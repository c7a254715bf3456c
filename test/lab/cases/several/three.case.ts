import { defineCase, imap, mail, pop3, smtp } from '../../case.ts';

export default defineCase({
  title: 'three services, three faults: the sender of somebody else, a closed port, the wrong encryption mode',
  dovecot: { ports: [993, 995] },
  postfix: {
    main: { smtpd_sender_login_maps: 'texthash:{dir}/owners' },
    submission: { smtpd_sender_restrictions: 'reject_sender_login_mismatch' },
    files: { owners: 'info@aozora.test info@aozora.test\nsales@aozora.test sales@aozora.test\n' },
  },
  config: mail({
    from: 'info@aozora.test',
    smtp: smtp(),
    imap: imap({ port: 994 }),
    pop3: pop3({ security: 'starttls', port: 995 }),
  }),
  causes: ['config.security-mismatch', 'config.wrong-port', 'config.sender-mismatch'],
});
