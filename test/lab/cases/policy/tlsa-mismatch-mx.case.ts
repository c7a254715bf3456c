import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the MX got a new key, and the TLSA record of port 25 in the signed zone has the old one (SHA-512)',
  dns: { kind: 'signed', add: [`_25._tcp.mail TLSA 3 1 2 ${'0123456789abcdef'.repeat(8)}`] },
  causes: ['policy.tlsa-mismatch'],
  severity: 'warning',
});
