import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'a hundred megabytes without a line end in answer to EHLO',
  postfix: false,
  scripted: [{ protocol: 'smtp', port: 587, tls: 'starttls', answers: { EHLO: { flood: 100_000_000 } } }],
  causes: ['*'],
  severity: 'any',
});
