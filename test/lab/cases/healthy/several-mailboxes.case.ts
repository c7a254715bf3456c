import { defineCase, mailboxes } from '../../case.ts';

export default defineCase({
  title: 'two mailboxes in one file',
  dovecot: { users: ['sales@aozora.test', 'support@aozora.test'] },
  config: mailboxes({ name: 'sales' }, { name: 'support', address: 'support@aozora.test' }),
  causes: [],
  healthy: true,
});
