import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'direct connections are dropped, the proxy of the environment leads to the server',
  slow: true,
  proxy: true,
  firewall: { client: ['ip daddr 203.0.113.10 tcp flags & (syn | ack) == syn drop'] },
  env: { HTTPS_PROXY: 'http://203.0.113.80:3128' },
  causes: ['net.proxy-required'],
});
