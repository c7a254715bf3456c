import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the server is out of storage',
  postfix: { main: { queue_minfree: '900000000000000' } },
  causes: ['smtp.disk-full'],
});
