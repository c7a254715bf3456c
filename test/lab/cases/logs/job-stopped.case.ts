import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: "everything answers, but the CRM's log says that its scheduled job is switched off",
  config: mail({ logs: ['./espo.log'] }),
  files: { 'espo.log': "[{hours:2}] WARNING: Cron is not run because it's disabled with 'cronDisabled' param.\n" },
  causes: ['crm.job-stopped'],
});
