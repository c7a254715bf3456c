import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the CRM writes as info@, the login may send as sales@ only',
  selection: true,
  postfix: {
    main: { smtpd_sender_login_maps: 'texthash:{dir}/owners' },
    submission: { smtpd_sender_restrictions: 'reject_sender_login_mismatch' },
    files: { owners: 'info@aozora.test info@aozora.test\nsales@aozora.test sales@aozora.test\n' },
  },
  config: mail({ from: 'info@aozora.test' }),
  causes: ['config.sender-mismatch'],
  proof: [{ path: 'mail.from', to: 'sales@aozora.test' }],
});
