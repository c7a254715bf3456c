import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'an empty IMAP host',
  config: mail({ imap: imap({ host: '' }) }),
  causes: ['config.malformed-value'],
});
