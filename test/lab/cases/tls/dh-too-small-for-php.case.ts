import { defineCase, mail, oldOpenssl } from '../../case.ts';

export default defineCase({
  title: 'Diffie-Hellman with 1024 bits, which the PHP of the CRM refuses',
  certificates: { server: { key: 'rsa2048' } },
  postfix: {
    ports: [587],
    openssl: oldOpenssl,
    main: {
      smtpd_tls_protocols: '!TLSv1.3',
      smtpd_tls_mandatory_protocols: '!TLSv1.3',
      tls_medium_cipherlist: 'DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0',
      smtpd_tls_dh1024_param_file: '{dir}/dh1024.pem',
    },
    files: {
      'dh1024.pem': [
        '-----BEGIN DH PARAMETERS-----',
        'MIGHAoGBAPhtLG8UciRIXZqIFXIv8s17CEpbhYEUySXAM/jDFsf5k/JTOCJpy/MQ',
        'NI7tiJ3wHx27cVRTGb/aPcr+FOWOB/eSMWG13YwTnUCeOUU2mS6TXON4f+10Ej6I',
        'ZJRKZO2oEWqB1nxGy1nTi/4ARcQP4/6mL0mUkIsIj+xLRDSTXOhvAgEC',
        '-----END DH PARAMETERS-----',
      ].join('\n'),
    },
  },
  config: mail({ as: 'php' }),
  causes: ['tls.dh-too-small'],
});
