import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the IMAP server cannot check passwords now',
  dovecot: {
    users: ['nobody@aozora.test'],
    // 111 is checkpassword's word for a temporary problem.
    files: { checkpassword: '#!/bin/sh\nexit 111\n' },
    conf: ['passdb {', '  driver = checkpassword', '  args = {dir}/checkpassword', '}'],
  },
  config: mail({ smtp: undefined }),
  causes: ['auth.temporary-failure'],
});
