import { defineCase } from '../../case.ts';
import { mailboxAt } from '../../providers.ts';

export default defineCase({
  title: 'NetEase is given the password of the account, and wants an authorisation code',
  ...mailboxAt('netease', {
    smtp: { AUTH: '535 Error: authorization code required, http://mail.163.com/docs/faq_client.html' },
    imap: { LOGIN: 'NO LOGIN Login error, please use authorization code to login' },
  }),
  causes: ['auth.app-password-required'],
});
