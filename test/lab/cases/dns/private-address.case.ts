import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the public name answers with a private address that leads nowhere from here',
  dns: { without: ['mail'], add: ['mail A 10.20.30.40'] },
  causes: ['dns.private-address'],
});
