import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'Exim takes hardly any message (message_size_limit)',
  exim: { main: { message_size_limit: '300' } },
  config: mail({ roundTrip: { enabled: true, timeout: '10s' } }),
  causes: ['smtp.message-too-large'],
});
