import { defineCase } from '../../case.ts';
import { mailboxAt } from '../../providers.ts';

export default defineCase({
  title: 'Xserver takes no login for sending from outside Japan',
  ...mailboxAt('xserver', {
    smtp: { AUTH: '535 5.7.8 Error: authentication failed: login from this country is not allowed' },
  }),
  causes: ['auth.network-not-allowed'],
});
