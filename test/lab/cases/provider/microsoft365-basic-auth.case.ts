import { defineCase, imap, mail, smtp } from '../../case.ts';
import { exchangeOnline } from '../../microsoft.ts';

export default defineCase({
  title: 'Microsoft 365 is given a password: passwords are over there for IMAP and for sending',
  ...exchangeOnline({
    smtp: {
      AUTH: '535 5.7.139 Authentication unsuccessful, basic authentication is disabled. [TYCPR01CA0080.jpnprd01.prod.outlook.com]',
    },
    imap: { LOGIN: 'NO LOGIN failed.' },
  }),
  config: mail({ smtp: smtp({ host: 'smtp.office365.com' }), imap: imap({ host: 'outlook.office365.com' }) }),
  causes: ['auth.basic-disabled'],
});
