import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'a run with a wrong password, and then all mail ports refuse the address, as after fail2ban',
  rehearsed: true,
  firewall: { server: ['tcp dport { 25, 110, 143, 465, 587, 993, 995 } reject with icmp port-unreachable'] },
  wrongPassword: true,
  causes: ['net.banned'],
});
