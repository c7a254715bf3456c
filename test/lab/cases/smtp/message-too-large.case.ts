import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the server takes hardly any message (SIZE)',
  postfix: { main: { message_size_limit: '300' } },
  config: mail({ roundTrip: { enabled: true, timeout: '10s' } }),
  causes: ['smtp.message-too-large'],
});
