import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'a filter in front of the mailbox writes question marks for what is not ASCII',
  delivery: { damages: 'writes question marks' },
  config: mail({ roundTrip: { enabled: true, timeout: '20s' } }),
  causes: ['deliver.charset-broken'],
  severity: 'warning',
  leavesNothing: true,
});
