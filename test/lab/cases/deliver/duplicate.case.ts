import { defineCase, mail } from '../../case.ts';

export default defineCase({
  title: 'an alias leads to the same mailbox on two ways',
  postfix: {
    main: { virtual_alias_maps: 'texthash:{dir}/aliases' },
    files: {
      aliases:
        'sales@aozora.test sales+one@aozora.test, sales+two@aozora.test\nsales+one@aozora.test sales+one@aozora.test\nsales+two@aozora.test sales+two@aozora.test\n',
    },
  },
  config: mail({ roundTrip: { enabled: true, timeout: '20s' } }),
  causes: ['deliver.duplicate'],
  severity: 'warning',
  leavesNothing: true,
});
