import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the first attempt is put off by greylisting',
  selection: true,
  postfix: {
    submission: {
      smtpd_recipient_restrictions:
        'check_recipient_access static:{450 4.2.0 Greylisted, please try again in 300 seconds}',
    },
  },
  causes: ['smtp.greylisted'],
  severity: 'warning',
});
