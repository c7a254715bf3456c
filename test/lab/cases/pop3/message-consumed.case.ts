import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'another program empties the mailbox by POP3 before anybody else can look',
  slow: true,
  dovecot: { ports: [110, 143, 995] },
  // What is found is gone by the time that it is asked for.
  gateways: [{ port: 993, to: 143, delayMs: 150 }],
  fetchedEveryMs: 10,
  config: mail({ roundTrip: { enabled: true, timeout: '8s' } }),
  causes: ['pop3.message-consumed'],
  leavesNothing: true,
});
