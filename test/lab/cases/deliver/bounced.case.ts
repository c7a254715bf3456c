import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the address is forwarded to a mailbox that is gone, and the bounce comes back',
  postfix: {
    main: { virtual_alias_maps: 'texthash:{dir}/aliases', transport_maps: 'texthash:{dir}/transport' },
    files: {
      aliases:
        'sales@aozora.test taro@gone.aozora.test\ninfo@aozora.test sales+back@aozora.test\nsales+back@aozora.test sales+back@aozora.test\n',
      transport: 'gone.aozora.test error:5.1.1 mailbox unavailable: user unknown\n',
    },
  },
  config: mail({ from: 'info@aozora.test', roundTrip: { enabled: true, timeout: '30s' } }),
  causes: ['deliver.bounced'],
  leavesNothing: true,
});
