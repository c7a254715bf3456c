import { defineCase, rtCrm } from '../../case.ts';

export default defineCase({
  title: 'Request Tracker below a path of its web server, asked with a token by its own address',
  postfix: false,
  dovecot: false,
  rt: { webPath: '/rt', mounted: true },
  config: rtCrm({ username: undefined, secret: '${CRM_TOKEN}' }),
  causes: [],
  healthy: true,
});
