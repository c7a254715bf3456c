import { defineCase, rtCrm } from '../../case.ts';

export default defineCase({
  title: 'the address is that of the company’s web site, which shows its start page for everything',
  postfix: false,
  dovecot: false,
  rt: {},
  pages: { http: { '/': '<!DOCTYPE html><title>Aozora</title><h1>Welcome</h1>' } },
  config: rtCrm({ url: 'http://203.0.113.80' }),
  causes: ['crm.wrong-url'],
});
