import { defineCase, imap, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'wrong ports for sending and for fetching, each its own',
  config: mail({ smtp: smtp({ port: 586 }), imap: imap({ port: 994 }) }),
  causes: ['config.wrong-port'],
  proof: [{ path: 'mail.smtp.port', to: 587 }],
});
