import { defineCase, trytonCrm } from '../../case.ts';

export default defineCase({
  title: "the name of the database stands in Tryton's address",
  tryton: {},
  config: trytonCrm({ url: '{crm}/crm' }),
  causes: ['crm.wrong-url'],
});
