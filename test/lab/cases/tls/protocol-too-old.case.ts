import { defineCase, oldOpenssl } from '../../case.ts';

export default defineCase({
  title: 'SMTP knows TLS 1.0 and 1.1 only',
  certificates: { server: { key: 'rsa2048' } },
  postfix: {
    ports: [587],
    openssl: oldOpenssl,
    main: {
      smtpd_tls_protocols: '!TLSv1.2, !TLSv1.3',
      smtpd_tls_mandatory_protocols: '!TLSv1.2, !TLSv1.3',
      tls_medium_cipherlist: 'ALL:@SECLEVEL=0',
    },
  },
  causes: ['tls.protocol-too-old'],
});
