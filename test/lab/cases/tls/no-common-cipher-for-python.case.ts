import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'SMTP takes AES128-SHA only, which the Python of the CRM does not offer',
  certificates: { server: { key: 'rsa2048' } },
  postfix: {
    ports: [587],
    main: {
      smtpd_tls_protocols: '!TLSv1.3',
      smtpd_tls_mandatory_protocols: '!TLSv1.3',
      tls_medium_cipherlist: 'AES128-SHA',
    },
  },
  config: mail({ as: 'python' }),
  causes: ['tls.no-common-cipher'],
});
