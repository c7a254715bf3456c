import { defineCase, rtCrm } from '../../case.ts';

export default defineCase({
  title: 'nothing listens at the port of the address',
  postfix: false,
  dovecot: false,
  rt: {},
  config: rtCrm({ url: 'http://203.0.113.80:8081' }),
  causes: ['net.refused'],
});
