import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'a gateway writes another charset on each text',
  postfix: {
    main: { mime_header_checks: 'regexp:{dir}/mime' },
    files: {
      mime: '/^Content-Type: text\\/plain; charset=utf-8/ REPLACE Content-Type: text/plain; charset=iso-8859-1\n',
    },
  },
  config: mail({ roundTrip: { enabled: true, timeout: '20s' } }),
  causes: ['deliver.charset-broken'],
  severity: 'warning',
  leavesNothing: true,
});
