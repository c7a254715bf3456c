import { defineCase } from '../../case.ts';
import { crmHost } from '../../network.ts';

export default defineCase({
  title: "the firewall drops 587 for the CRM's own host only",
  postfix: { ports: [587] },
  crmHost: {},
  firewall: { server: [`ip saddr ${crmHost.address} tcp dport 587 drop`] },
  causes: ['net.filtered'],
  vantage: { status: 'checked', seen: 'there', differs: ['mail.port smtp mail.aozora.test:587'] },
});
