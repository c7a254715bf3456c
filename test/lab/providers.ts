import type { SiteSettings } from './case.ts';
import { mail } from './case.ts';
import type { ScriptedServer } from './scripted.ts';

type Answers = NonNullable<ScriptedServer['answers']>;

interface Door extends Omit<ScriptedServer, 'answers'> {
  readonly host: string;
  readonly greeting: string;
}

interface Provider {
  /** The zone that its hosts are in. */
  readonly zone: string;
  readonly doors: readonly Door[];
  /** The login where it is not the address. */
  readonly login?: string;
}

const dovecot = ['IMAP4rev1', 'SASL-IR', 'LOGIN-REFERRALS', 'ID', 'ENABLE', 'IDLE', 'LITERAL+', 'AUTH=PLAIN'] as const;

/** What providers show of themselves: hosts, ports, greetings and capabilities as their servers give them. */
const providers = {
  gmail: {
    zone: 'gmail.com',
    doors: [
      {
        host: 'smtp.gmail.com',
        protocol: 'smtp',
        port: 465,
        tls: 'tls',
        greeting: '220 smtp.gmail.com ESMTP d9443c01a7336-2a29f5cb4a1sm9 - gsmtp',
        capabilities: [
          'SIZE 35882577',
          '8BITMIME',
          'AUTH LOGIN PLAIN XOAUTH2 PLAIN-CLIENTTOKEN OAUTHBEARER XOAUTH',
          'ENHANCEDSTATUSCODES',
          'PIPELINING',
          'CHUNKING',
          'SMTPUTF8',
        ],
      },
      {
        host: 'imap.gmail.com',
        protocol: 'imap',
        port: 993,
        tls: 'tls',
        greeting: '* OK Gimap ready for requests from 203.0.113.1 d9443c01a7336mb46',
        capabilities:
          'IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST CHILDREN X-GM-EXT-1 XYZZY SASL-IR AUTH=XOAUTH2 AUTH=PLAIN AUTH=PLAIN-CLIENTTOKEN AUTH=OAUTHBEARER'.split(
            ' ',
          ),
      },
      {
        host: 'pop.gmail.com',
        protocol: 'pop3',
        port: 995,
        tls: 'tls',
        greeting: '+OK Gpop ready for requests from 203.0.113.1 d9443c01a7336mb46',
        capabilities: [
          'USER',
          'RESP-CODES',
          'EXPIRE 0',
          'LOGIN-DELAY 300',
          'TOP',
          'UIDL',
          'X-GOOGLE-RICO',
          'SASL PLAIN XOAUTH2 OAUTHBEARER',
        ],
      },
    ],
  },
  yahooJapan: {
    zone: 'mail.yahoo.co.jp',
    login: 'sales',
    doors: [
      {
        host: 'smtp.mail.yahoo.co.jp',
        protocol: 'smtp',
        port: 465,
        tls: 'tls',
        greeting: '220 smtp.mail.yahoo.co.jp ESMTP ready',
        capabilities: ['PIPELINING', 'SIZE 41943040', '8BITMIME', 'AUTH PLAIN LOGIN'],
      },
      {
        host: 'imap.mail.yahoo.co.jp',
        protocol: 'imap',
        port: 993,
        tls: 'tls',
        greeting: '* OK [CAPABILITY IMAP4rev1 ID NAMESPACE UIDPLUS LITERAL+ AUTH=PLAIN] IMAP4rev1 imapgate ready',
        capabilities: ['IMAP4rev1', 'ID', 'NAMESPACE', 'UIDPLUS', 'LITERAL+', 'AUTH=PLAIN'],
      },
      {
        host: 'pop.mail.yahoo.co.jp',
        protocol: 'pop3',
        port: 995,
        tls: 'tls',
        greeting: '+OK hello from popgate',
        capabilities: ['TOP', 'USER', 'UIDL', 'EXPIRE NEVER'],
      },
    ],
  },
  icloud: {
    zone: 'mail.me.com',
    doors: [
      {
        host: 'smtp.mail.me.com',
        protocol: 'smtp',
        port: 587,
        tls: 'starttls',
        greeting: '220 iCloud SMTP - p00-iCloudMTA-asmtp ESMTP ready',
        capabilities: ['PIPELINING', 'SIZE 28319744', 'ETRN', 'STARTTLS', 'ENHANCEDSTATUSCODES', '8BITMIME'],
        insideTls: ['PIPELINING', 'SIZE 28319744', 'ETRN', 'AUTH LOGIN PLAIN', 'ENHANCEDSTATUSCODES', '8BITMIME'],
      },
      {
        host: 'imap.mail.me.com',
        protocol: 'imap',
        port: 993,
        tls: 'tls',
        greeting:
          '* OK [CAPABILITY XAPPLEPUSHSERVICE IMAP4 IMAP4rev1 SASL-IR AUTH=ATOKEN AUTH=PLAIN] iCloud IMAP ready',
        capabilities: ['XAPPLEPUSHSERVICE', 'IMAP4', 'IMAP4rev1', 'SASL-IR', 'AUTH=ATOKEN', 'AUTH=PLAIN'],
      },
    ],
  },
  zoho: {
    zone: 'zoho.com',
    doors: [
      {
        host: 'smtp.zoho.com',
        protocol: 'smtp',
        port: 465,
        tls: 'tls',
        greeting: '220 mx.zohomail.com SMTP Server ready',
        capabilities: ['SIZE 53477376', 'AUTH LOGIN PLAIN XOAUTH2 CRAM-MD5'],
      },
      {
        host: 'imap.zoho.com',
        protocol: 'imap',
        port: 993,
        tls: 'tls',
        greeting: '* OK Zoho Mail IMAP4rev1 Server',
        capabilities: [
          'IMAP4rev1',
          'UNSELECT',
          'CHILDREN',
          'XLIST',
          'NAMESPACE',
          'IDLE',
          'MOVE',
          'ID',
          'AUTH=PLAIN',
          'SASL-IR',
          'AUTH=XOAUTH2',
          'UIDPLUS',
        ],
      },
      {
        host: 'pop.zoho.com',
        protocol: 'pop3',
        port: 995,
        tls: 'tls',
        greeting: '+OK Zoho Mail POP3 Server ready',
        capabilities: ['SASL PLAIN XOAUTH2', 'TOP', 'USER', 'UIDL', 'EXPIRE NEVER'],
      },
    ],
  },
  netease: {
    zone: '163.com',
    doors: [
      {
        host: 'smtp.163.com',
        protocol: 'smtp',
        port: 465,
        tls: 'tls',
        greeting: '220 163.com Anti-spam GT for Coremail System (163com[20141201])',
        capabilities: [
          'PIPELINING',
          'AUTH LOGIN PLAIN XOAUTH2',
          'AUTH=LOGIN PLAIN XOAUTH2',
          'coremail 1Uxr2xKj7kG0xkI17xGrU7I0s8FY2U3Uj8Cz28x1UUUUU7Ic2I0Y2UrEH',
          'STARTTLS',
          'SIZE 73400320',
          '8BITMIME',
        ],
      },
      {
        host: 'imap.163.com',
        protocol: 'imap',
        port: 993,
        tls: 'tls',
        greeting: '* OK Coremail System IMap Server Ready(163com[10774b260cc7a37d26d71b52404dcf5c])',
        capabilities: [
          'IMAP4rev1',
          'XLIST',
          'SPECIAL-USE',
          'ID',
          'LITERAL+',
          'STARTTLS',
          'APPENDLIMIT=71680000',
          'XAPPLEPUSHSERVICE',
          'UIDPLUS',
          'X-CM-EXT-1',
          'SASL-IR',
          'AUTH=XOAUTH2',
        ],
      },
    ],
  },
  sakura: {
    zone: 'aozora.sakura.ne.jp',
    doors: [
      {
        host: 'aozora.sakura.ne.jp',
        protocol: 'smtp',
        port: 587,
        tls: 'starttls',
        greeting: '220 www2999.sakura.ne.jp ESMTP Sendmail 8.17.1/8.17.1/[SAKURA-WEB]',
        insideTls: [
          'ENHANCEDSTATUSCODES',
          'PIPELINING',
          '8BITMIME',
          'SIZE 209715200',
          'DSN',
          'AUTH LOGIN PLAIN',
          'DELIVERBY',
          'HELP',
        ],
      },
      {
        host: 'aozora.sakura.ne.jp',
        protocol: 'imap',
        port: 993,
        tls: 'tls',
        greeting:
          '* OK [CAPABILITY IMAP4rev1 UIDPLUS CHILDREN NAMESPACE THREAD=ORDEREDSUBJECT THREAD=REFERENCES SORT QUOTA IDLE AUTH=PLAIN ACL ACL2=UNION] Courier-IMAP ready. Copyright 1998-2018 Double Precision, Inc.  See COPYING for distribution information.',
        capabilities: [
          'IMAP4rev1',
          'UIDPLUS',
          'CHILDREN',
          'NAMESPACE',
          'THREAD=ORDEREDSUBJECT',
          'SORT',
          'IDLE',
          'AUTH=PLAIN',
        ],
      },
      {
        host: 'aozora.sakura.ne.jp',
        protocol: 'pop3',
        port: 995,
        tls: 'tls',
        greeting: '+OK Hello there.',
        capabilities: [
          'STLS',
          'TOP',
          'USER',
          'LOGIN-DELAY 10',
          'PIPELINING',
          'UIDL',
          'IMPLEMENTATION Courier Mail Server',
        ],
      },
    ],
  },
  xserver: {
    zone: 'xserver.jp',
    doors: [
      {
        host: 'sv9999.xserver.jp',
        protocol: 'smtp',
        port: 465,
        tls: 'tls',
        greeting: '220 sv9999.xserver.jp ESMTP Postfix',
        capabilities: [
          'PIPELINING',
          'SIZE 102400000',
          'AUTH CRAM-MD5 PLAIN LOGIN DIGEST-MD5',
          'ENHANCEDSTATUSCODES',
          '8BITMIME',
          'DSN',
        ],
      },
      {
        host: 'sv9999.xserver.jp',
        protocol: 'imap',
        port: 993,
        tls: 'tls',
        greeting:
          '* OK [CAPABILITY IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE LITERAL+ AUTH=PLAIN] Dovecot ready.',
        capabilities: dovecot,
      },
      {
        host: 'sv9999.xserver.jp',
        protocol: 'pop3',
        port: 995,
        tls: 'tls',
        greeting: '+OK Dovecot ready. <1a2b3.4c.5d6e7f80.AbCdEf==@sv9999.xserver.jp>',
        capabilities: ['CAPA', 'TOP', 'UIDL', 'RESP-CODES', 'PIPELINING', 'AUTH-RESP-CODE', 'USER', 'SASL PLAIN'],
      },
    ],
  },
} satisfies Readonly<Record<string, Provider>>;

/**
 * A mailbox at a provider: its doors with the answers of a case, their names in the DNS and in the certificate, and the
 * configuration that fits. `users` is what its servers take for a login.
 */
export const mailboxAt = (
  name: keyof typeof providers,
  answers: Partial<Readonly<Record<Door['protocol'], Answers>>> = {},
  only: readonly Door['protocol'][] = ['smtp', 'imap', 'pop3'],
): Pick<SiteSettings, 'postfix' | 'dovecot' | 'dns' | 'certificates' | 'scripted' | 'users'> & {
  readonly config: Readonly<Record<string, unknown>>;
} => {
  const provider: Provider = providers[name];
  const doors = provider.doors.filter(({ protocol }) => only.includes(protocol));
  const hosts = [...new Set(doors.map(({ host }) => host))];
  const relative = (host: string): string => (host === provider.zone ? '@' : host.slice(0, -provider.zone.length - 1));
  const login = provider.login;
  return {
    postfix: false,
    dovecot: false,
    dns: { zones: { [provider.zone]: hosts.map((host) => `${relative(host)} 60 IN A 203.0.113.10`) } },
    certificates: { server: { names: hosts } },
    ...(login === undefined ? {} : { users: [login] }),
    scripted: doors.map(({ host: _host, greeting, ...server }) => ({
      ...server,
      answers: { greeting, ...answers[server.protocol] },
    })),
    config: mail({
      ...(login === undefined ? {} : { username: login }),
      smtp: undefined,
      imap: undefined,
      ...Object.fromEntries(
        doors.map(({ protocol, host, port, tls }) => [protocol, { host, port, security: tls ?? 'none' }]),
      ),
    }),
  };
};
