import { defineCase, imap, mail, smtp } from '../../case.ts';

export default defineCase({
  title: 'OpenSMTPD relays in clear for its own network, Dovecot gets the message of a round trip over LMTP',
  opensmtpd: {},
  config: mail({
    password: undefined,
    smtp: smtp({ port: 25, security: 'none' }),
    imap: imap({ password: '${MAIL_PASSWORD}' }),
    roundTrip: { enabled: true, timeout: '20s' },
  }),
  causes: [],
  healthy: true,
});
