import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'STARTTLS is offered, but the server cannot read its key',
  postfix: {
    ports: [587],
    main: { smtpd_tls_key_file: '{dir}/gone.key' },
    submission: { smtpd_tls_security_level: 'may' },
  },
  causes: ['tls.starttls-failed'],
});
