import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the password is wrong, and the log says the same: one cause, with the log as a witness',
  config: mail({ logs: ['./dovecot.log'] }),
  wrongPassword: true,
  files: {
    'dovecot.log':
      '{hours:1} imap-login: Info: Disconnected: Connection closed (auth failed, 1 attempts in 2 secs): user=<sales@aozora.test>, method=PLAIN, rip=192.0.2.9, lip=192.0.2.1, TLS\n',
  },
  causes: ['auth.wrong-credentials'],
});
