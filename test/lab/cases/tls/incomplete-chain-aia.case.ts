import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the intermediate is not sent, the certificate says where it can be fetched',
  selection: true,
  certificates: {
    server: { issuer: 'intermediate', sends: 'leaf', aia: 'http://web.aozora.test/intermediate.der' },
  },
  web: true,
  dns: { add: ['web A 203.0.113.80'] },
  causes: ['tls.incomplete-chain'],
});
