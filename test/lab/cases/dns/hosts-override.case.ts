import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'a forgotten line of the hosts file leads the mail host to a machine that is no more',
  hosts: ['203.0.113.12 mail.aozora.test'],
  causes: ['dns.hosts-override'],
});
