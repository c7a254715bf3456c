import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the IPv6 address does not answer, IPv4 does',
  selection: true,
  families: 'dual',
  firewall: { server: ['meta nfproto ipv6 tcp dport { 25, 143, 465, 587, 993 } drop'] },
  causes: ['net.ipv6-broken'],
  severity: 'warning',
  proof: [{ path: 'mail.family', to: 4 }],
});
