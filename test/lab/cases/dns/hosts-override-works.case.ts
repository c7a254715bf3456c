import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'a line of the hosts file leads to the same server by another address',
  hosts: ['203.0.113.110 mail.aozora.test'],
  scripted: [],
  postfix: { at: 'behind' },
  dovecot: { at: 'behind' },
  causes: ['dns.hosts-override'],
  severity: 'info',
});
