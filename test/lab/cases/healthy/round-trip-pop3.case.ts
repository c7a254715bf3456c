import { defineCase, mail, pop3 } from '../../case.ts';

export default defineCase({
  title: 'a message is sent, found over POP3 and deleted',
  config: mail({ imap: undefined, pop3: pop3(), roundTrip: { enabled: true, timeout: '20s' } }),
  causes: [],
  healthy: true,
});
