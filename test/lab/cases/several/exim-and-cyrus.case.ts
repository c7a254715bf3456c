import { defineCase, mail, pop3, smtp } from '../../case.ts';

export default defineCase({
  title: 'three: Exim is short of space, Cyrus has just been polled, and IMAP is asked on the wrong port',
  exim: { main: { check_spool_space: '900000G' } },
  cyrus: { options: { popminpoll: '10' } },
  holds: [{ port: 995, tls: true, count: 1, lines: ['USER {user}', 'PASS {password}', 'QUIT'] }],
  config: mail({
    smtp: smtp(),
    imap: { host: 'mail.aozora.test', port: 994, security: 'tls' },
    pop3: pop3(),
  }),
  causes: ['pop3.login-delay', 'smtp.disk-full', 'config.wrong-port'],
});
