import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the certificate was renewed with a new key, the TLSA record in the signed zone has the old one',
  dns: {
    kind: 'signed',
    add: ['_587._tcp.mail TLSA 3 1 1 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'],
  },
  causes: ['policy.tlsa-mismatch'],
  severity: 'warning',
});
