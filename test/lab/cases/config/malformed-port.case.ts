import { defineCase, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'port 99999',
  config: mail({ smtp: smtp({ port: 99999 }) }),
  causes: ['config.malformed-value'],
});
