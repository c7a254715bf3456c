import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'the address is forwarded to a server that is down, and the queue says so',
  slow: true,
  postfix: {
    main: {
      virtual_alias_maps: 'texthash:{dir}/aliases',
      transport_maps: 'texthash:{dir}/transport',
      delay_warning_time: '1s',
      queue_run_delay: '1s',
      minimal_backoff_time: '1s',
      maximal_backoff_time: '2s',
    },
    files: {
      aliases:
        'sales@aozora.test taro@gone.aozora.test\ninfo@aozora.test sales+back@aozora.test\nsales+back@aozora.test sales+back@aozora.test\n',
      transport: 'gone.aozora.test smtp:[127.0.0.1]:2526\n',
    },
  },
  config: mail({ from: 'info@aozora.test', roundTrip: { enabled: true, timeout: '15s' } }),
  causes: ['deliver.deferred'],
  leavesNothing: true,
});
