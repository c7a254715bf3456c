import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the signatures of the zone have run out',
  selection: true,
  dns: { kind: 'bogus' },
  causes: ['dns.dnssec-bogus'],
});
