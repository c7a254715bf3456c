import { defineCase, mail } from '../../case.ts';

// RFC 8463 appendix A.2
const key =
  'MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB';

export default defineCase({
  title: 'SPF with includes, a DKIM key in two pieces, DMARC, MTA-STS and CAA, all right',
  selection: true,
  certificates: { web: { names: ['mta-sts.aozora.test'] } },
  dns: {
    without: ['@ TXT'],
    add: [
      '@ TXT "v=spf1 mx include:_spf.esp.test redirect=_spf.aozora.test"',
      '_spf TXT "v=spf1 a:mail.aozora.test " "ip4:203.0.113.12 ~all"',
      `crm2026._domainkey TXT "v=DKIM1; k=rsa; p=${key.slice(0, 100)}" "${key.slice(100)}"`,
      '_mta-sts TXT "v=STSv1; id=20261101"',
      '_smtp._tls TXT "v=TLSRPTv1; rua=mailto:postmaster@aozora.test"',
      'mta-sts A 203.0.113.80',
      '@ CAA 0 issue "letsencrypt.org"',
    ],
    zones: { 'esp.test': ['_spf TXT "v=spf1 ip4:203.0.113.128/26 -all"'] },
  },
  pages: {
    certificate: 'web',
    https: {
      '/.well-known/mta-sts.txt': 'version: STSv1\r\nmode: enforce\r\nmx: *.aozora.test\r\nmax_age: 604800\r\n',
    },
  },
  config: mail({ dkimSelector: ['crm2026'] }),
  causes: [],
  healthy: true,
});
