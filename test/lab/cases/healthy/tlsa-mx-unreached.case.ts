import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'port 25 is blocked here, so the TLSA record of the MX is left open and nothing else suffers',
  slow: true,
  dns: {
    kind: 'signed',
    add: ['_25._tcp.mail TLSA 3 1 1 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'],
  },
  firewall: { client: ['tcp dport 25 drop'] },
  causes: [],
  healthy: true,
});
