import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'Exim refuses every name at EHLO that is not a domain with a dot of its own',
  exim: { acl: { helo: ['drop message = HELO rejected: $sender_helo_name is not a host name'] } },
  causes: ['smtp.helo-refused'],
});
