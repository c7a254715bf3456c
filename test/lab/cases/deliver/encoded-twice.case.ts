import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'a filter in front of the mailbox takes UTF-8 for Latin-1 and encodes it again',
  delivery: { damages: 'encodes again' },
  config: mail({ roundTrip: { enabled: true, timeout: '20s' } }),
  causes: ['deliver.charset-broken'],
  severity: 'warning',
  leavesNothing: true,
});
