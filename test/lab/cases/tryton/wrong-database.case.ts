import { defineCase, trytonCrm } from '../../case.ts';

export default defineCase({
  title: 'the configuration names a database that this Tryton does not have',
  tryton: {},
  config: trytonCrm({ database: 'production' }),
  causes: ['crm.wrong-database'],
});
