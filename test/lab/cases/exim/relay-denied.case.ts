import { defineCase, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'the message leaves without a login, and Exim sends it nowhere else (550 relay not permitted)',
  exim: {},
  config: mail({ password: undefined, imap: undefined, smtp: smtp({ port: 25 }), address: 'sales@partner.test' }),
  causes: ['smtp.relay-denied'],
});
