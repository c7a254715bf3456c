import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the MTA-STS policy still names the former mail server',
  certificates: { web: { names: ['mta-sts.aozora.test'] } },
  dns: { add: ['_mta-sts TXT "v=STSv1; id=20251001"', 'mta-sts A 203.0.113.80'] },
  pages: {
    certificate: 'web',
    https: {
      '/.well-known/mta-sts.txt': 'version: STSv1\r\nmode: enforce\r\nmx: mx.former.test\r\nmax_age: 604800\r\n',
    },
  },
  causes: ['policy.mta-sts-mismatch'],
  severity: 'warning',
});
