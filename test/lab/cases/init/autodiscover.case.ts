import { defineCase } from '../../case.ts';

const protocol = (type: string, port: number): string =>
  `<Protocol><Type>${type}</Type><Server>box7.aozora.test</Server><Port>${port}</Port><SSL>on</SSL><LoginName>sales@aozora.test</LoginName></Protocol>`;

export default defineCase({
  title: 'Autodiscover alone names the servers',
  certificates: { server: { names: ['box7.aozora.test'] }, web: { names: ['autodiscover.aozora.test'] } },
  dns: {
    without: ['mail', '@ MX'],
    add: ['box7 A 203.0.113.10', '@ MX 10 mx', 'mx A 203.0.113.12', 'autodiscover A 203.0.113.80'],
  },
  pages: {
    certificate: 'web',
    https: {
      '/autodiscover/autodiscover.xml': `<Autodiscover><Response><Account><AccountType>email</AccountType><Action>settings</Action>${protocol('IMAP', 993)}${protocol('SMTP', 587)}</Account></Response></Autodiscover>`,
    },
  },
  args: ['--password-env', 'MAIL_PASSWORD'],
  init: {
    writes: [
      'smtp: { host: box7.aozora.test, port: 587, security: starttls }',
      'imap: { host: box7.aozora.test, port: 993, security: tls }',
    ],
  },
  causes: [],
  healthy: true,
});
