import { defineCase, rtCrm } from '../../case.ts';

export default defineCase({
  title: 'the API user was switched off; Request Tracker answers as to a wrong password',
  postfix: false,
  dovecot: false,
  rt: {},
  config: rtCrm({ username: 'gone' }),
  causes: ['crm.auth-failed'],
});
