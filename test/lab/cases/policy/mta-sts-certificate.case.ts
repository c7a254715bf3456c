import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the certificate of the MTA-STS host is for another name',
  certificates: { web: { names: ['www.aozora.test'] } },
  dns: { add: ['_mta-sts TXT "v=STSv1; id=20251001"', 'mta-sts A 203.0.113.80'] },
  pages: {
    certificate: 'web',
    https: {
      '/.well-known/mta-sts.txt': 'version: STSv1\r\nmode: enforce\r\nmx: mail.aozora.test\r\nmax_age: 604800\r\n',
    },
  },
  causes: ['policy.mta-sts-mismatch'],
  severity: 'warning',
});
