import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the MX points to an alias',
  dns: { without: ['@ MX'], add: ['@ MX 10 mx', 'mx CNAME mail'] },
  causes: ['dns.mx-is-cname'],
  severity: 'any',
});
