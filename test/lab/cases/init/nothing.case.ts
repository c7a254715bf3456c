import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the domain has no mail server at all: nothing is written',
  dns: { without: ['mail', '@ MX'] },
  postfix: false,
  dovecot: false,
  args: ['--password-env', 'MAIL_PASSWORD'],
  init: { writes: [] },
  causes: [],
  exitCode: 1,
});
