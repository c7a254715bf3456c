import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the mailbox is forwarded to a server that forwards back, until there are too many hops',
  postfix: {
    main: {
      hopcount_limit: '8',
      virtual_alias_maps: 'texthash:{dir}/aliases',
      transport_maps: 'texthash:{dir}/transport',
    },
    services: ['127.0.0.1:2525 inet n - n - - smtpd', '  -o myhostname=forward.aozora.test'],
    files: {
      transport: 'sales+back@aozora.test lmtp:unix:{dovecot}/run/lmtp\nsales@aozora.test smtp:[127.0.0.1]:2525\n',
      aliases: 'info@aozora.test sales+back@aozora.test\n',
    },
  },
  config: mail({ from: 'info@aozora.test', roundTrip: { enabled: true, timeout: '30s' } }),
  causes: ['mailbox.forwarding-loop'],
  leavesNothing: true,
});
