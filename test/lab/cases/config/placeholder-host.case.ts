import { defineCase, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'the example host was left in',
  config: mail({ smtp: smtp({ host: 'smtp.example.com' }) }),
  causes: ['config.placeholder'],
  also: ['config.wrong-host'],
});
