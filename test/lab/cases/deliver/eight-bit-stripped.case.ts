import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'a filter in front of the mailbox passes seven bits of each byte',
  delivery: { damages: 'strips the eighth bit' },
  config: mail({ roundTrip: { enabled: true, timeout: '20s' } }),
  causes: ['deliver.charset-broken'],
  severity: 'warning',
  leavesNothing: true,
});
