import { defineCase, mail, pop3 } from '../../case.ts';

const small = ['ip length > 600 drop'];

export default defineCase({
  title: 'packets over 600 bytes vanish in both directions, without an ICMP message',
  slow: true,
  firewall: { server: small, clientInput: [...small, 'meta l4proto icmp drop'] },
  config: mail({ pop3: pop3({ port: 110, security: 'starttls' }) }),
  causes: ['net.mtu-blackhole'],
});
