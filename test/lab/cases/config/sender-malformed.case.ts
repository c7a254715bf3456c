import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the company name in From holds a comma and no quotation marks',
  config: mail({ from: 'Aozora, Inc. <sales@aozora.test>' }),
  causes: ['config.sender-malformed'],
  proof: [{ path: 'mail.from', to: '"Aozora, Inc." <sales@aozora.test>' }],
});
