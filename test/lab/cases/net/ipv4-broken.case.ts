import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the IPv4 address does not answer, IPv6 does',
  families: 'dual',
  firewall: { server: ['meta nfproto ipv4 tcp dport { 25, 143, 465, 587, 993 } drop'] },
  causes: ['net.ipv4-broken'],
  severity: 'warning',
});
