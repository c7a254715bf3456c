import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'a disclaimer is put into the text on its way',
  postfix: {
    main: { body_checks: 'regexp:{dir}/body' },
    files: { body: '/^crm-doctor [0-9a-f]+ 8bit$/ PREPEND This mail was checked by the gateway.\n' },
  },
  config: mail({ roundTrip: { enabled: true, timeout: '20s' } }),
  causes: ['deliver.body-altered'],
  severity: 'warning',
  leavesNothing: true,
});
