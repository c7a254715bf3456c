import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'Exim takes the message of a round trip, Dovecot gets it over LMTP',
  exim: {},
  config: mail({ roundTrip: { enabled: true, timeout: '20s' } }),
  causes: [],
  healthy: true,
});
