import { defineCase, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'the sender of somebody else, behind a port for sending that is wrong',
  postfix: {
    main: { smtpd_sender_login_maps: 'texthash:{dir}/owners' },
    submission: { smtpd_sender_restrictions: 'reject_sender_login_mismatch' },
    files: { owners: 'info@aozora.test info@aozora.test\nsales@aozora.test sales@aozora.test\n' },
  },
  config: mail({ from: 'info@aozora.test', smtp: smtp({ port: 586 }) }),
  causes: ['config.wrong-port', 'config.sender-mismatch'],
  proof: [{ path: 'mail.smtp.port', to: 587 }],
});
