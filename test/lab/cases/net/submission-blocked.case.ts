import { defineCase, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'port 25 is blocked to everywhere, 587 gets through (OP25B)',
  slow: true,
  selection: true,
  dns: { add: ['@ MX 20 mx2', 'mx2 A 203.0.113.11', '@ MX 30 mx3', 'mx3 A 203.0.113.12'] },
  firewall: { client: ['tcp dport 25 drop'] },
  config: mail({ smtp: smtp({ port: 25 }) }),
  causes: ['net.submission-blocked'],
  proof: [{ path: 'mail.smtp.port', to: 587 }],
});
