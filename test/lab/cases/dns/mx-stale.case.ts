import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the MX still names the former provider, so that mail to oneself never comes to the mailbox that is polled',
  dns: {
    without: ['@ MX'],
    add: ['@ MX 10 mx.former.test.'],
    zones: { 'former.test': ['mx A 203.0.113.12'] },
  },
  postfix: false,
  scripted: [{ protocol: 'smtp', port: 587, tls: 'starttls' }],
  config: mail({ roundTrip: { enabled: true, timeout: '3s' } }),
  causes: ['dns.mx-stale'],
});
