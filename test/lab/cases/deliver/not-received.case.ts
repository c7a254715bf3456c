import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the server accepts the message and throws it away',
  slow: true,
  selection: true,
  postfix: { main: { virtual_transport: 'discard:' } },
  config: mail({ roundTrip: { enabled: true, timeout: '8s' } }),
  causes: ['deliver.not-received'],
});
