import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'a hop on the way holds the message for 22 seconds',
  slow: true,
  deliveryHoldMs: 22_000,
  dovecot: {
    conf: ['service lmtp {', '  inet_listener lmtp {', '    address = 127.0.0.1', '    port = 24', '  }', '}'],
  },
  config: mail({ roundTrip: { enabled: true, timeout: '60s' } }),
  causes: ['deliver.delayed'],
  severity: 'warning',
  leavesNothing: true,
});
