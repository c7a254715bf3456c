import { defineCase, imap, oauthMail, smtp } from '../../case.ts';

const bearerChallenge = { status: '400', schemes: 'Bearer', scope: 'https://mail.google.com/' };

export default defineCase({
  title: 'Gmail takes the token no more',
  postfix: false,
  dovecot: false,
  dns: { zones: { 'gmail.com': ['imap 60 IN A 203.0.113.10', 'smtp 60 IN A 203.0.113.10'] } },
  certificates: { server: { names: ['imap.gmail.com', 'smtp.gmail.com'] } },
  scripted: [
    {
      protocol: 'smtp',
      port: 587,
      tls: 'starttls',
      insideTls: [
        'SIZE 35882577',
        '8BITMIME',
        'AUTH LOGIN PLAIN XOAUTH2 PLAIN-CLIENTTOKEN OAUTHBEARER XOAUTH',
        'ENHANCEDSTATUSCODES',
        'PIPELINING',
      ],
      bearerChallenge,
      answers: {
        AUTH: [
          '535-5.7.8 Username and Password not accepted. For more information, go to',
          '535 5.7.8  https://support.google.com/mail/?p=BadCredentials d2e1a72fcca58-71 - gsmtp',
        ],
      },
    },
    {
      protocol: 'imap',
      port: 993,
      tls: 'tls',
      capabilities: [
        'IMAP4rev1',
        'UNSELECT',
        'IDLE',
        'NAMESPACE',
        'QUOTA',
        'ID',
        'SASL-IR',
        'AUTH=XOAUTH2',
        'AUTH=PLAIN',
        'AUTH=OAUTHBEARER',
      ],
      bearerChallenge,
      answers: {
        greeting: '* OK Gimap ready for requests from 203.0.113.1 d2e1a72fcca58mb',
        LOGIN: 'NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)',
      },
    },
  ],
  token: { opaque: true },
  config: oauthMail({ smtp: smtp({ host: 'smtp.gmail.com' }), imap: imap({ host: 'imap.gmail.com' }) }),
  causes: ['auth.oauth-token-expired'],
});
