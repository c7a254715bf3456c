import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the address of this client is refused at the greeting',
  postfix: {
    main: { smtpd_delay_reject: 'no', smtpd_client_restrictions: 'reject' },
    submission: { smtpd_client_restrictions: 'reject' },
  },
  causes: ['smtp.greeting-refused'],
});
