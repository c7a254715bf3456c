import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'SMTP insists on a cipher that no client of today offers',
  certificates: { server: { key: 'rsa2048' } },
  postfix: {
    ports: [587],
    main: {
      smtpd_tls_protocols: '!TLSv1.3',
      smtpd_tls_mandatory_protocols: '!TLSv1.3',
      tls_medium_cipherlist: 'CAMELLIA256-SHA256',
    },
  },
  causes: ['tls.no-common-cipher'],
});
