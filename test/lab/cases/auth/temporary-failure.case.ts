import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the password service behind SMTP hangs up whenever it is asked',
  dyingAuth: true,
  postfix: { main: { smtpd_sasl_path: 'inet:127.0.0.1:12345' } },
  causes: ['auth.temporary-failure'],
});
