import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the DMARC record asks for a policy that does not exist',
  dns: { without: ['_dmarc'], add: ['_dmarc TXT "v=DMARC1; p=quarantaine; rua=mailto:postmaster@aozora.test"'] },
  causes: ['policy.dmarc-syntax'],
  severity: 'warning',
});
