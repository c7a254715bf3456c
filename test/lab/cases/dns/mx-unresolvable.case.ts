import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the MX points to a name that does not resolve',
  dns: { without: ['@ MX'], add: ['@ MX 10 gone'] },
  causes: ['dns.mx-unresolvable'],
  severity: 'any',
});
