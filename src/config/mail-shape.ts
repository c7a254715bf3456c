import type { Family } from '../model/config.ts';
import { about, boolean, choice, duration, either, integer, list, object, path, pathOr, text } from './shape.ts';

const security = about('Default: what the port is for.', choice('starttls', 'tls', 'none'));
// Neither host nor port are bounded here: a value that cannot be right is a diagnosis, not an unreadable file.
const host = about('Host name or address of the server.', text);
const serviceKeys = {
  port: about('Default: what the security is for.', integer),
  security,
  username: text,
} as const;
const secretOfService = ['password'] as const;

const mechanismWords = 'How the CRM proves its password; default: the best way that the server offers.';
const saslMechanism = about(mechanismWords, choice('plain', 'login', 'cram-md5'));

/** What a CRM may run on. */
export const runtimes = choice('php', 'python', 'java', 'dotnet', 'node');

const runtimeObject = object({
  required: { runtime: runtimes },
  optional: {
    version: about("Its version, as '7.0'; old ones speak old TLS.", text),
    sni: about('False: the mail client of the CRM is known to send no server name (SNI).', boolean),
  },
});

const smtpKeys = { ...serviceKeys, mechanism: saslMechanism };
const imapKeys = {
  ...smtpKeys,
  folder: about('The folder that the CRM fetches from; default: INBOX.', text),
  idle: about('The CRM waits for new mail with IDLE.', boolean),
};
const pop3Keys = {
  ...serviceKeys,
  mechanism: about(mechanismWords, choice('user', 'plain', 'login', 'cram-md5')),
};
const serviceWords = {
  smtp: 'Outgoing server; default port 587 with STARTTLS.',
  imap: 'Incoming server; default port 993 with TLS.',
  pop3: 'Incoming server; default port 995 with TLS.',
};
const services = {
  smtp: about(serviceWords.smtp, object({ required: { host }, optional: smtpKeys, secrets: secretOfService })),
  imap: about(serviceWords.imap, object({ required: { host }, optional: imapKeys, secrets: secretOfService })),
  pop3: about(serviceWords.pop3, object({ required: { host }, optional: pop3Keys, secrets: secretOfService })),
};
/** The same where the host may come from somewhere else. */
const serviceDefaults = {
  smtp: about(serviceWords.smtp, object({ optional: { host, ...smtpKeys }, secrets: secretOfService })),
  imap: about(serviceWords.imap, object({ optional: { host, ...imapKeys }, secrets: secretOfService })),
  pop3: about(serviceWords.pop3, object({ optional: { host, ...pop3Keys }, secrets: secretOfService })),
};

const accountKeys = {
  username: about('Login name; default: the address.', text),
  from: about('The sender that the CRM writes; default: the address.', text),
  oauth: about(
    'Login by OAuth 2.0: a given access token, or a provider (or issuer) and a client id to get one with.',
    object({
      optional: {
        provider: choice('microsoft', 'google'),
        issuer: about('https URL of another authorization server (OpenID discovery, RFC 8414).', text),
        clientId: about('Application (client) id as it was registered there.', text),
        tenant: about('Microsoft: the directory, as a domain or an id; default: organizations.', text),
        scopes: about('Default: what the configured protocols need.', either(text, list(text))),
        tokenFile: about('Where `mail --login` keeps the refresh token (mode 0600); default: nowhere.', path),
      },
      secrets: ['accessToken', 'clientSecret', 'refreshToken'],
    }),
  ),
  ca: about("A PEM file that is trusted in addition to the system's store.", path),
  roundTrip: about(
    'Send one marked message to the mailbox itself, find it again and delete it.',
    object({ optional: { enabled: boolean, timeout: about('How long to wait for it, such as 60s.', duration) } }),
  ),
  as: about("Judge TLS as the CRM's runtime does.", either(runtimes, runtimeObject)),
  trust: about(
    "The CRM's own store of trusted certificates (a PEM file or a directory) in place of the system's; none: it has none.",
    pathOr('none'),
  ),
  clientCertificate: about(
    'What the CRM shows to a server that asks for a client certificate.',
    object({
      required: { cert: about('PEM file with the certificate, and what is to be sent with it.', path) },
      optional: { key: about('PEM file with its private key; default: the same file.', path) },
      secrets: ['passphrase'],
    }),
  ),
  verify: about('False: certificate checking is switched off in the CRM.', boolean),
  sentCopy: about('Who stores the copy of a sent message; default: not judged.', choice('crm', 'server')),
  ehlo: about('The name that the CRM says with EHLO; default: the name of this machine.', text),
  family: about('The address family that the CRM uses: 4, 6 or any; default: any.', choice<Family>(4, 6, 'any')),
  versionsFile: about("A table of server versions (JSON) that takes the place of the package's own.", path),
  dkimSelector: about(
    "The selector of the DKIM key that signs the CRM's mail, or a list of them.",
    either(text, list(text)),
  ),
  logs: about('Log files of the CRM and the mail server; * and ? may stand in names.', list(path)),
};

/** One `mail:` object. */
export const mailbox = object({
  required: { address: about('The mailbox that the CRM uses.', text) },
  optional: {
    name: about('What this mailbox is called; needed in a list.', text),
    ...services,
    ...accountKeys,
  },
  secrets: ['password'],
});

/** The same without an address, for a list of mailboxes. */
export const mailboxDefaults = object({ optional: { ...serviceDefaults, ...accountKeys }, secrets: ['password'] });

/** The `mailboxes:` object. */
export const mailboxes = object({
  required: {
    file: about(
      'A list of mailboxes: CSV, TSV, JSON Lines or Excel, with a header (address, password, imap, …).',
      path,
    ),
  },
  optional: {
    defaults: about(
      'What holds for every row that does not say otherwise; written as in mail, without address.',
      mailboxDefaults,
    ),
    tenant: about('The column that says whose mailbox it is; default: tenant.', text),
    perHost: about('How many mailboxes are looked at on one host at the same time; default: 4.', integer),
    encoding: about('Of a text file; default: auto.', text),
    delimiter: about('One character; default: what the file uses.', text),
  },
});
