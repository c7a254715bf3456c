import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the firewall drops everything for the mail host',
  slow: true,
  firewall: { server: ['ip daddr 203.0.113.10 drop'] },
  causes: ['net.filtered'],
});
