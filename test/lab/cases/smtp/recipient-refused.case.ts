import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the server does not know the mailbox as a recipient',
  postfix: { files: { mailboxes: 'info@aozora.test x\n' } },
  causes: ['smtp.recipient-refused'],
});
