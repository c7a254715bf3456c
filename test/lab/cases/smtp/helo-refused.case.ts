import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the name given with EHLO is refused',
  postfix: {
    submission: {
      smtpd_helo_restrictions: 'check_helo_access static:{504 5.5.2 need fully-qualified hostname}',
    },
  },
  causes: ['smtp.helo-refused'],
});
