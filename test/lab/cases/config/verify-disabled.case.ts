import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the CRM does not check certificates, though the one of the server is right',
  config: mail({ verify: false }),
  causes: ['config.verify-disabled'],
  severity: 'warning',
});
