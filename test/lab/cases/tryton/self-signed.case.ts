import { defineCase, trytonCrm } from '../../case.ts';

export default defineCase({
  title: 'the web server of Tryton shows a certificate that it signed itself',
  tryton: {},
  certificates: { crm: { names: ['crm.aozora.test'], issuer: 'self' } },
  config: trytonCrm(),
  causes: ['tls.self-signed'],
});
