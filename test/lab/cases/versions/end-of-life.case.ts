import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'Exim 4.92, which neither its maker nor a distribution mends any more',
  exim: { main: { smtp_banner: 'mail.aozora.test ESMTP Exim 4.92 $tod_full' } },
  causes: ['version.end-of-life'],
  severity: 'warning',
});
