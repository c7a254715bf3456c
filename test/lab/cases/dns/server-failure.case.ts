import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the zone cannot be loaded by its servers, everything in it is SERVFAIL',
  dns: { kind: 'unloadable' },
  causes: ['dns.server-failure'],
});
