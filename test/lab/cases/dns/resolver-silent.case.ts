import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the firewall swallows every question to the resolver',
  firewall: { client: ['udp dport 53 drop', 'tcp dport 53 drop'] },
  causes: ['dns.resolver-unreachable'],
});
