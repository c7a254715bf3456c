import { defineCase, rtCrm } from '../../case.ts';

export default defineCase({
  title: 'the address is that of the screens (/rt); the standalone server has its API without the path',
  selection: true,
  postfix: false,
  dovecot: false,
  rt: { webPath: '/rt' },
  config: rtCrm(),
  causes: ['crm.wrong-url'],
});
