import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'a message is sent, found over IMAP and deleted',
  selection: true,
  config: mail({ roundTrip: { enabled: true, timeout: '20s' } }),
  causes: [],
  healthy: true,
});
