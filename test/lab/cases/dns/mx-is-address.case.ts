import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the MX holds an address in place of a name',
  dns: { without: ['@ MX'], add: ['@ MX 10 203.0.113.10.'] },
  causes: ['dns.mx-is-address'],
  severity: 'any',
});
