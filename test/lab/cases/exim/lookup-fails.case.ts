import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the file of passwords is gone: Exim cannot check any (435)',
  exim: { login: { server_condition: '${lookup{$auth1}lsearch{{dir}/gone}{$value}}' } },
  causes: ['auth.temporary-failure'],
});
