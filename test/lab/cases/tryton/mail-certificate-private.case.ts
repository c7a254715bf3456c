import { defineCase, trytonCrm } from '../../case.ts';

export default defineCase({
  title: "Python refuses the mail server's certificate, which an authority of the company's own has signed",
  tryton: { mailUri: 'smtps://{login}@mail.aozora.test:465' },
  certificates: { server: { issuer: 'private' } },
  config: trytonCrm(),
  causes: ['tls.unknown-issuer'],
});
