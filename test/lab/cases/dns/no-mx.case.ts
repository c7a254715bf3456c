import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the domain of the address has neither MX nor address',
  dns: { without: ['@ MX'] },
  causes: ['dns.no-mx'],
  severity: 'any',
});
