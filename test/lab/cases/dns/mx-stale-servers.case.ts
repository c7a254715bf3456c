import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: "the zone's own name server has the new MX, the resolver still gives the old one",
  dns: {
    ns: 'authority',
    without: ['@ MX'],
    add: ['@ MX 10 old', 'old A 203.0.113.12'],
  },
  authorityDns: { ns: 'authority' },
  postfix: false,
  scripted: [{ protocol: 'smtp', port: 587, tls: 'starttls' }],
  config: mail({ roundTrip: { enabled: true, timeout: '3s' } }),
  causes: ['dns.mx-stale'],
});
