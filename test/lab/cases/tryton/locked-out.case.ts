import { defineCase, trytonCrm } from '../../case.ts';

export default defineCase({
  title: 'somebody tried the login of the CRM with a wrong password six times, and Tryton takes nobody under that name',
  tryton: { wrongLogins: 6 },
  config: trytonCrm(),
  causes: ['crm.locked-out'],
});
