import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: "the login works, and the log of SuiteCRM's job says that it cannot open the mailbox",
  config: mail({ logs: ['./suitecrm.log'] }),
  files: {
    'suitecrm.log':
      '{hours:1}Z [1234][1][FATAL] could not get an IMAP connection resource for id [ abc ]. Skipping mailbox.\n',
  },
  causes: ['crm.test-passes-job-fails'],
  severity: 'warning',
});
