import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the message is refused for its content after DATA',
  postfix: {
    main: { header_checks: 'regexp:{dir}/headers' },
    files: { headers: '/^Subject:/ REJECT message content rejected\n' },
  },
  config: mail({ roundTrip: { enabled: true, timeout: '10s' } }),
  causes: ['smtp.content-refused'],
});
