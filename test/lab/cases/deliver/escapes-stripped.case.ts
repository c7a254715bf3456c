import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'a filter in front of the mailbox takes out the escapes of ISO-2022-JP',
  delivery: { damages: 'strips escapes' },
  config: mail({ roundTrip: { enabled: true, timeout: '20s' } }),
  causes: ['deliver.charset-broken'],
  severity: 'warning',
  leavesNothing: true,
});
