import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'a full-width @ in the address',
  config: mail({ address: 'sales＠aozora.test' }),
  causes: ['config.malformed-value'],
  proof: [{ path: 'mail.address', to: 'sales@aozora.test' }],
});
