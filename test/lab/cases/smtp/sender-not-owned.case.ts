import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the login may not even send as its own address',
  postfix: {
    main: { smtpd_sender_login_maps: 'texthash:{dir}/owners' },
    submission: { smtpd_sender_restrictions: 'reject_sender_login_mismatch' },
    files: { owners: 'sales@aozora.test chief@aozora.test\n' },
  },
  causes: ['smtp.sender-not-owned'],
});
