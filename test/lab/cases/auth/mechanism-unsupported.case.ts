import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the server knows DIGEST-MD5 only',
  dovecot: { conf: ['auth_mechanisms = digest-md5'] },
  config: mail({ imap: undefined }),
  causes: ['auth.mechanism-unsupported'],
});
