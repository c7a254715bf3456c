import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'mail is sorted into another folder on arrival',
  slow: true,
  dovecot: { folders: ['整理済み', 'Archive'], conf: ['lmtp_save_to_detail_mailbox = yes'] },
  postfix: {
    main: { recipient_delimiter: '', virtual_alias_maps: 'texthash:{dir}/aliases' },
    files: {
      aliases: 'sales@aozora.test sales+Archive@aozora.test\n',
      mailboxes: 'sales@aozora.test x\nsales+Archive@aozora.test x\n',
    },
  },
  config: mail({ roundTrip: { enabled: true, timeout: '20s' } }),
  causes: ['mailbox.rule-moves-mail'],
  severity: 'warning',
  leavesNothing: true,
});
