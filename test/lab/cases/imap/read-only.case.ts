import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the rights on INBOX allow reading only',
  dovecot: {
    conf: ['mail_plugins = acl', 'plugin {', '  acl = vfile:{dir}/acl', '}'],
    files: { acl: 'INBOX owner lr\n' },
  },
  causes: ['imap.read-only'],
  severity: 'any',
});
