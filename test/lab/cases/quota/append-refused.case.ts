import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the log of the CRM has a copy that was too large to be stored',
  config: mail({ logs: ['./crm.log'] }),
  files: {
    'crm.log':
      '{hours:1} ERROR mail.aozora.test sales@aozora.test could not store the sent message: NO [TOOBIG] Message size exceeding limit\n',
  },
  causes: ['quota.append-limit'],
  severity: 'warning',
});
