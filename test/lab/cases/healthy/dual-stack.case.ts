import { defineCase, mail, pop3 } from '../../case.ts';

export default defineCase({
  title: 'IPv4 and IPv6 side by side',
  families: 'dual',
  config: mail({ pop3: pop3() }),
  causes: [],
  healthy: true,
});
