import { defineCase, rtCrm } from '../../case.ts';

export default defineCase({
  title: 'a firewall drops what goes to the web server of Request Tracker',
  slow: true,
  postfix: false,
  dovecot: false,
  rt: {},
  firewall: { server: ['tcp dport 8080 drop'] },
  config: rtCrm(),
  causes: ['net.filtered'],
});
