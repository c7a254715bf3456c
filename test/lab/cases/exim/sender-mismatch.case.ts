import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the CRM writes as info@, Exim lets the login send as itself only',
  exim: {
    acl: {
      mail: [
        'deny authenticated = *',
        '     condition = ${if !eqi{$authenticated_id}{$sender_address}}',
        '     message = Sender address $sender_address is not owned by user $authenticated_id',
      ],
    },
  },
  config: mail({ from: 'info@aozora.test' }),
  causes: ['config.sender-mismatch'],
  proof: [{ path: 'mail.from', to: 'sales@aozora.test' }],
});
