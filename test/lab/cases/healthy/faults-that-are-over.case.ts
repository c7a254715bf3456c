import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the logs hold faults of this mailbox that are over, and one of another mailbox that is not',
  config: mail({ logs: ['./crm.log'] }),
  files: {
    'crm.log': [
      `{hours:5} imap-login: Info: Disconnected: Connection closed (auth failed, 1 attempts in 2 secs): user=<sales@aozora.test>, method=PLAIN, rip=192.0.2.9, lip=192.0.2.1, TLS`,
      `{hours:4} imap-login: Info: Login: user=<sales@aozora.test>, method=PLAIN, rip=192.0.2.9, lip=192.0.2.1, mpid=4711, TLS`,
      `{hours:1} imap-login: Info: Disconnected: Connection closed (auth failed, 3 attempts in 9 secs): user=<other@aozora.test>, method=PLAIN, rip=192.0.2.9, lip=192.0.2.1, TLS`,
      '',
    ].join('\n'),
  },
  causes: [],
  healthy: true,
});
