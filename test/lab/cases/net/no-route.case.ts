import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'no route leads to the network of the mail host',
  dns: { without: ['mail'], add: ['mail A 198.51.100.9'] },
  causes: ['net.no-route'],
});
