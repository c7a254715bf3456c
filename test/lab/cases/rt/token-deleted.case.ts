import { defineCase, rtCrm } from '../../case.ts';

export default defineCase({
  title: 'the authentication token was deleted in Request Tracker',
  postfix: false,
  dovecot: false,
  rt: {},
  config: rtCrm({ username: undefined, secret: '1-14-0123456789abcdef0123456789abcdef' }),
  causes: ['crm.auth-failed'],
});
