import { defineCase, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'a relay on port 25 that takes mail from this network without a login',
  postfix: { main: { mynetworks: '127.0.0.0/8 203.0.113.0/24' } },
  config: mail({ password: undefined, imap: undefined, smtp: smtp({ port: 25 }) }),
  causes: [],
  healthy: true,
});
