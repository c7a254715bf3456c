import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the firewall drops everything for IMAP',
  slow: true,
  firewall: { server: ['tcp dport { 143, 993 } drop'] },
  causes: ['net.filtered'],
});
