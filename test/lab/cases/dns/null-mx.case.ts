import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the domain says that it takes no mail',
  dns: { without: ['@ MX'], add: ['@ MX 0 .'] },
  causes: ['dns.null-mx'],
  severity: 'any',
});
