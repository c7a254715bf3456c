import { defineCase, mailboxes } from '../../case.ts';

export default defineCase({
  title: 'two entries fetch from the inbox of one account',
  config: mailboxes({ name: 'sales' }, { name: 'inquiries', from: 'Inquiries <sales@aozora.test>' }),
  causes: ['config.duplicate-account'],
  severity: 'warning',
});
