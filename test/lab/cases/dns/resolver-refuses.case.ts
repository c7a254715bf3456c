import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'nothing listens on the resolver (port unreachable)',
  dns: { kind: 'off' },
  causes: ['dns.resolver-unreachable'],
});
