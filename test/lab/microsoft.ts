import type { SiteSettings } from './case.ts';
import { imap, oauthMail, smtp } from './case.ts';
import type { ScriptedServer } from './scripted.ts';

/** What Exchange Online shows of itself, with the answers of a case; no real server can be made to say them. */
export const exchangeOnline = (
  answers: { readonly smtp?: ScriptedServer['answers']; readonly imap?: ScriptedServer['answers'] } = {},
): Pick<SiteSettings, 'postfix' | 'dovecot' | 'dns' | 'certificates' | 'scripted'> => ({
  postfix: false,
  dovecot: false,
  dns: { zones: { 'office365.com': ['outlook 60 IN A 203.0.113.10', 'smtp 60 IN A 203.0.113.10'] } },
  certificates: { server: { names: ['outlook.office365.com', 'smtp.office365.com'] } },
  scripted: [
    {
      protocol: 'smtp',
      port: 587,
      tls: 'starttls',
      insideTls: [
        'SIZE 157286400',
        'PIPELINING',
        'DSN',
        'ENHANCEDSTATUSCODES',
        'AUTH LOGIN XOAUTH2',
        '8BITMIME',
        'SMTPUTF8',
      ],
      ...(answers.smtp ? { answers: answers.smtp } : {}),
    },
    {
      protocol: 'imap',
      port: 993,
      tls: 'tls',
      capabilities: ['IMAP4', 'IMAP4rev1', 'AUTH=PLAIN', 'AUTH=XOAUTH2', 'SASL-IR', 'UIDPLUS', 'ID', 'NAMESPACE'],
      answers: { greeting: '* OK The Microsoft Exchange IMAP4 service is ready.', ...answers.imap },
    },
  ],
});

/** Its refusals of a token, which do not say why. */
export const exchangeRefusals = {
  smtp: { AUTH: '535 5.7.3 Authentication unsuccessful [TYCPR01CA0080.jpnprd01.prod.outlook.com]' },
  imap: { LOGIN: 'NO AUTHENTICATE failed.' },
} as const;

export const exchangeMail = oauthMail({
  smtp: smtp({ host: 'smtp.office365.com' }),
  imap: imap({ host: 'outlook.office365.com' }),
});

/** The claims of a token of Entra ID for Exchange Online. */
export const entraClaims = {
  aud: 'https://outlook.office.com',
  iss: 'https://sts.windows.net/0f1f9e44-3bd2-4b6a-9f11-2b3c4d5e6f70/',
  appid: '11111111-2222-3333-4444-555555555555',
  scope: undefined,
  scp: 'IMAP.AccessAsUser.All SMTP.Send',
} as const;
