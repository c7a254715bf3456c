import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'SMTP leaves the intermediate out, IMAP sends it',
  certificates: { server: { issuer: 'intermediate' }, alone: { issuer: 'intermediate', sends: 'leaf' } },
  postfix: { certificate: 'alone' },
  causes: ['tls.incomplete-chain'],
});
