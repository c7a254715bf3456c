import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the message is put into the junk folder',
  dovecot: { conf: ['lmtp_save_to_detail_mailbox = yes'] },
  postfix: {
    main: { recipient_delimiter: '', virtual_alias_maps: 'texthash:{dir}/aliases' },
    files: {
      aliases: 'sales@aozora.test sales+Junk@aozora.test\n',
      mailboxes: 'sales@aozora.test x\nsales+Junk@aozora.test x\n',
    },
  },
  config: mail({ roundTrip: { enabled: true, timeout: '20s' } }),
  causes: ['deliver.spam-folder'],
  severity: 'warning',
  leavesNothing: true,
});
