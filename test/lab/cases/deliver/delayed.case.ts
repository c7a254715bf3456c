import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'a hop on the way holds the message for 22 seconds',
  slow: true,
  delivery: { holdMs: 22_000 },
  config: mail({ roundTrip: { enabled: true, timeout: '60s' } }),
  causes: ['deliver.delayed'],
  severity: 'warning',
  leavesNothing: true,
});
