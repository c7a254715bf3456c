import { defineCase } from '../../case.ts';
import { mailboxAt } from '../../providers.ts';

export default defineCase({
  title: 'a mailbox at NetEase 163 with an authorisation code',
  ...mailboxAt('netease'),
  causes: [],
  healthy: true,
});
