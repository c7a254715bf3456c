import { defineCase, imap, mail } from '../../case.ts';

export default defineCase({
  title: 'the IPv6 address does not answer, and the folder that the CRM fetches from is missing',
  families: 'dual',
  firewall: { server: ['meta nfproto ipv6 tcp dport { 25, 143, 465, 587, 993 } drop'] },
  config: mail({ imap: imap({ folder: 'CRM' }) }),
  causes: ['imap.folder-missing', 'net.ipv6-broken'],
});
