import { defineCase, mail, pop3 } from '../../case.ts';

export default defineCase({
  title: 'another program has polled Cyrus over POP3 a moment ago (popminpoll)',
  cyrus: { options: { popminpoll: '10' } },
  postfix: false,
  holds: [{ port: 995, tls: true, count: 1, lines: ['USER {user}', 'PASS {password}', 'QUIT'] }],
  config: mail({ smtp: undefined, imap: undefined, pop3: pop3() }),
  causes: ['pop3.login-delay'],
});
