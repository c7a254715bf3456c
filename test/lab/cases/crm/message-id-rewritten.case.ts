import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the outgoing server gives each message a Message-ID of its own',
  postfix: {
    main: { header_checks: 'regexp:{dir}/head' },
    files: { head: '/^Message-ID:/ REPLACE Message-ID: <0100018c-lab@ses.aozora.test>\n' },
  },
  config: mail({ roundTrip: { enabled: true, timeout: '20s' } }),
  causes: ['crm.message-id-rewritten'],
  severity: 'warning',
  leavesNothing: true,
});
