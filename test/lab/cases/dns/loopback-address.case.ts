import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the public name answers with a loopback address',
  dns: { without: ['mail'], add: ['mail A 127.0.0.1'] },
  causes: ['dns.private-address'],
});
