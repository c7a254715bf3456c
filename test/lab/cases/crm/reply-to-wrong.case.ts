import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'a rule writes a Reply-To to a person',
  postfix: {
    main: { header_checks: 'regexp:{dir}/head' },
    files: { head: '/^Message-ID:/ PREPEND Reply-To: taro@partner.test\n' },
  },
  config: mail({ roundTrip: { enabled: true, timeout: '20s' } }),
  causes: ['crm.reply-to-wrong'],
  severity: 'warning',
  leavesNothing: true,
});
