import { defineCase } from '../../case.ts';

export default defineCase({
  title: "the resolver's own copy of the zone still holds the old address, the zone's name server the new one",
  dns: { ns: 'authority', without: ['mail A'], add: ['mail A 203.0.113.99'] },
  authorityDns: { ns: 'authority' },
  causes: ['dns.split-horizon'],
});
