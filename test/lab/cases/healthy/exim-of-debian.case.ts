import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'Exim 4.96, at its end for its maker and mended by Debian 12',
  exim: {},
  causes: [],
  healthy: true,
});
