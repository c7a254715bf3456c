import { defineCase, trytonCrm } from '../../case.ts';

export default defineCase({
  title: "the password of Tryton's user is wrong",
  tryton: {},
  config: trytonCrm(),
  wrongPassword: true,
  causes: ['crm.auth-failed'],
});
