import { defineCase, rtCrm } from '../../case.ts';

export default defineCase({
  title: 'the address is that of the host; all of Request Tracker is below /rt',
  postfix: false,
  dovecot: false,
  rt: { webPath: '/rt', mounted: true },
  config: rtCrm({ url: 'http://203.0.113.80:8080' }),
  causes: ['crm.wrong-url'],
});
