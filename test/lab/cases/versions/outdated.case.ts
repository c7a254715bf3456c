import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'Postfix 3.9.1, though 3.9.6 has been published and no distribution ships 3.9',
  postfix: { main: { smtpd_banner: '$myhostname ESMTP Postfix (3.9.1)' } },
  causes: ['version.outdated'],
  severity: 'warning',
});
