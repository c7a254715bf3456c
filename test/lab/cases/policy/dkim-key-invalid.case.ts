import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the key of the selector was cut while it was copied',
  dns: { add: ['crm2026._domainkey TXT "v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA"'] },
  args: ['--dkim-selector', 'crm2026'],
  causes: ['policy.dkim-key-invalid'],
  severity: 'warning',
});
