import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the receiving server notes that DMARC failed, and delivers all the same',
  postfix: {
    main: { header_checks: 'regexp:{dir}/header_checks' },
    files: {
      header_checks:
        '/^Subject:/ PREPEND Authentication-Results: mail.aozora.test; spf=pass smtp.mailfrom=bounce.esp.test; dmarc=fail header.from=aozora.test\n',
    },
  },
  config: mail({ roundTrip: { enabled: true, timeout: '20s' } }),
  causes: ['policy.dmarc-unaligned'],
  severity: 'warning',
});
