import { defineCase } from '../../case.ts';

export default defineCase({
  title: 'the address of this client is on a block list',
  dns: { zones: { 'bl.test': ['1.113.0.203 A 127.0.0.2', '1.113.0.203 TXT "Listed, see https://bl.test/"'] } },
  postfix: { submission: { smtpd_recipient_restrictions: 'reject_rbl_client bl.test' } },
  causes: ['smtp.blocklisted'],
});
