import { defineCase, rtCrm } from '../../case.ts';

export default defineCase({
  title: 'the password of the API user was changed in Request Tracker',
  selection: true,
  postfix: false,
  dovecot: false,
  rt: {},
  wrongPassword: true,
  config: rtCrm(),
  causes: ['crm.auth-failed'],
});
