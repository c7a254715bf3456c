import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'nobody has the address of the mail host (host unreachable)',
  slow: true,
  dns: { without: ['mail'], add: ['mail A 203.0.113.99'] },
  causes: ['net.no-route'],
});
