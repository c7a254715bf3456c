import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the copies of sent mail are left to a server that stores none',
  config: mail({ sentCopy: 'server', roundTrip: { enabled: true, timeout: '20s' } }),
  causes: ['deliver.sent-copy'],
  severity: 'warning',
  leavesNothing: true,
});
