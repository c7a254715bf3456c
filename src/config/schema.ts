import type { Family } from '../model/config.ts';
import { columnTypes } from '../model/sync/column.ts';
import { weekdays } from '../model/watch.ts';
import { channel } from './notify-shape.ts';
import {
  about,
  boolean,
  choice,
  cron,
  data,
  duration,
  either,
  integer,
  list,
  map,
  moment,
  object,
  oneOrNamed,
  pace,
  path,
  pathOr,
  type Read,
  sensitiveText,
  text,
  timeOfDay,
  tolerance,
  zone,
} from './shape.ts';

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

const runtimes = choice('php', 'python', 'java', 'dotnet', 'node');

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

const mailbox = object({
  required: { address: about('The mailbox that the CRM uses.', text) },
  optional: {
    name: about('What this mailbox is called; needed in a list.', text),
    ...services,
    ...accountKeys,
  },
  secrets: ['password'],
});

const mailboxDefaults = object({ optional: { ...serviceDefaults, ...accountKeys }, secrets: ['password'] });

const mailboxes = object({
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

const crm = object({
  required: { type: about('odoo, espocrm, suitecrm, dolibarr, salesforce, hubspot, kintone, demo, …', text) },
  optional: {
    name: about('What this CRM is called; needed in a list.', text),
    url: about('The address of the CRM as a person opens it.', sensitiveText),
    database: text,
    username: text,
    ca: about("A PEM file that is trusted in addition to the system's store.", path),
    clientId: about('OAuth 2.0: the client id; secret is then the client secret.', text),
    tenant: about('Dynamics 365: the directory; Zoho: the data centre (com, eu, jp …).', text),
    apps: about('kintone: the numbers of the apps.', list(text)),
    settingsFile: about(
      "The CRM's own configuration file where no API tells what is in it (trytond.conf, RT_SiteConfig.pm).",
      path,
    ),
    logs: about('Log files of the CRM; * and ? may stand in names.', list(path)),
    logins: about(
      'Passwords of mail accounts that stand in the CRM, which does not hand them out.',
      list(object({ required: { username: text }, secrets: ['password'] })),
    ),
    backups: about(
      'Backups of the CRM that are looked at: files, folders or globs.',
      list(
        object({
          required: { path },
          optional: {
            maxAge: about('How old the newest one may be; default: 26h.', duration),
            minSize: about('How many bytes the newest one has at least.', integer),
          },
        }),
      ),
    ),
    versionsFile: about("A table of versions (JSON) that takes the place of the package's own.", path),
    as: about("Judge the TLS of its mail accounts as this runtime does; default: the product's own.", runtimes),
  },
  secrets: ['secret'],
});

const columns = either(text, list(text));

const side = object({
  optional: {
    crm: about('A record type of the CRM.', text),
    of: about('Which CRM, where several have names.', text),
    file: about('csv, tsv, json, jsonl, parquet or xlsx, also in gzip or zip; * and ? may stand in names.', path),
    encoding: about('Of a text file; default: auto.', text),
    delimiter: about('One character; default: what the file uses.', text),
    sheet: about('XLSX: name of the sheet; default: the first one with data.', text),
    database: about('URL of a database: postgres, mysql, sqlite or clickhouse.', sensitiveText),
    ca: about('A PEM file that is trusted in addition to the system store.', path),
    table: about('TABLE or SCHEMA.TABLE.', text),
    query: about('One SELECT, in place of table.', sensitiveText),
    filter: about(
      'Only records with one of these values in a column, or with none of them.',
      map(either(text, list(text), object({ required: { not: columns } }))),
    ),
    timeZone: about('IANA zone of times that are written without an offset, such as Asia/Tokyo.', zone),
  },
  secrets: ['password'],
  oneOf: ['crm', 'file', 'database'],
});

const types = choice(...columnTypes);

const keyRules = about(
  'How keys of both sides are made alike before they are joined.',
  list(choice('trim', 'lower', 'zeros', 'digits', 'width', 'letters-digits', 'id15')),
);

const sync = object({
  required: {
    left: about('The records of the CRM.', side),
    right: about('What they are compared with.', side),
    key: about(
      'The columns that tell records apart.',
      either(text, list(text), object({ required: { left: columns, right: columns }, optional: { rules: keyRules } })),
    ),
  },
  optional: {
    name: text,
    fields: about(
      'Left name: right name, or an object with its type.',
      map(
        either(
          text,
          object({
            optional: {
              right: text,
              as: types,
              role: choice('updated-at', 'created-at', 'created-by', 'owner', 'deleted'),
              tolerance: about('A difference up to this counts as none: 0.5 of a number, 2s of a time.', tolerance),
              required: about('The target refuses records without it.', boolean),
              maxLength: about('The target refuses more characters than this.', integer),
              options: about('The only values that the target takes.', list(text)),
            },
          }),
        ),
      ),
    ),
    ignore: about('Columns that are not compared.', list(text)),
    lastSync: about('RFC 3339, for stale and conflict detection.', text),
    interval: about('What the schedule promises, such as 15m.', duration),
    logs: list(path),
    engine: either(choice('local', 'checksums'), object({ required: { clickhouse: sensitiveText } })),
  },
});

const severity = choice('off', 'info', 'warning', 'error');

const workflow = object({
  optional: {
    files: about('Files or folders of definitions.', either(path, list(path))),
    crm: about('The name (or type) of the CRM whose own definitions are looked at.', text),
    exclude: list(text),
    schema: about('Objects, fields, users and roles of the CRM.', path),
    simulate: about('Samples for the dry run.', path),
    now: about('The lint date; default: the present.', text),
    objects: about('Which object a definition that names none belongs to, by glob.', map(text)),
    rules: about('Severity per rule, or [severity, options].', map(either(severity, list(data)))),
    ignore: list(
      object({ required: { rule: text }, optional: { file: text, element: text, reason: text, until: text } }),
    ),
  },
});

const quietHours = object({
  required: {
    from: about("When they begin, such as '22:00'.", timeOfDay),
    to: about("When they end, such as '07:00': on the next day where that is earlier.", timeOfDay),
  },
  optional: {
    days: about('The days on which they begin; default: all.', list(choice(...weekdays))),
    except: about('What is told all the same.', choice('critical')),
  },
});

const maintenance = object({
  optional: {
    from: about('Beginning of one maintenance; without an offset in the time zone of watch.', moment),
    to: about('Its end.', moment),
    cron: about("Beginning of a maintenance that comes again and again, such as '0 2 * * 0'.", cron),
    for: about('How long that takes, such as 2h.', duration),
    note: about('What is done then.', text),
    look: about('True: it is looked at all the same, and only not told.', boolean),
  },
  oneOf: ['from', 'cron'],
  together: { from: 'to', to: 'from', cron: 'for', for: 'cron' },
});

const watch = object({
  optional: {
    every: about(
      'Id or glob of checks: how often they are looked at, as 15m, a cron expression, or off; the most specific one counts.',
      map(pace),
    ),
    timeZone: about("IANA zone of cron expressions and times of day; default: the machine's.", zone),
    jitter: about('Over how long several machines are spread; default: 1m.', duration),
    quietHours: about(
      'Hours in which nothing is told; what is held back is summed up at their end. One, or a list.',
      either(quietHours, list(quietHours)),
    ),
    maintenance: about('Planned work: neither looked at nor told.', list(maintenance)),
    remind: about('After how long a problem that lasts is recalled; 0s: never; default: 24h.', duration),
    confirm: about('Looks in a row before a problem is told that may pass by itself; default: 2.', integer),
    flapping: about(
      'A problem that comes and goes so often within so long is told once as that; default: 4 changes within 1h.',
      object({ optional: { changes: integer, within: duration } }),
    ),
    keep: about('How long uneventful runs are kept; default: 90d.', duration),
  },
});

/** `crm-doctor.yaml` as CONTRACT and WORKFLOW-FORMAT describe it. An issue that brings a key adds it here. */
export const configShape = object({
  optional: {
    $schema: text,
    version: choice(1),
    language: about('Language of the report; --lang is stronger.', choice('ja', 'en')),
    mail: about('One mailbox, or a list of mailboxes with names.', oneOrNamed(mailbox)),
    mailboxes: about('Mailboxes that are listed in a file of their own.', mailboxes),
    crm: about('The CRM, or a list with names.', oneOrNamed(crm)),
    sync: about('What to compare, or a list with names.', oneOrNamed(sync)),
    workflow,
    watch: about('How often `watch` looks, and when it is silent.', watch),
    runbook: about('Directory of the runbook log.', path),
    notify: about('Where `watch` tells what has changed: one channel, or a list with names.', oneOrNamed(channel)),
  },
});

/** Parts that the JSON Schema writes once and refers to. */
export const definitions = {
  mailbox,
  mailboxDefaults,
  crm,
  comparison: sync,
  side,
  columns,
  severity,
  watch,
  quietHours,
  channel,
};

/** The whole configuration as it was read: paths absolute, durations in milliseconds, secrets replaced by references. */
export type Config = Read<typeof configShape>;

/** One `crm:` object as it was read. */
export type CrmSection = Read<typeof crm>;

/** One `mail:` object as it was read. */
export type MailSection = Read<typeof mailbox>;

/** The `mailboxes:` object as it was read. */
export type MailboxesSection = Read<typeof mailboxes>;

/** One `sync:` object as it was read. */
export type SyncSection = Read<typeof sync>;

/** The `watch:` object as it was read. */
export type WatchSection = Read<typeof watch>;

/** One side of it. */
export type SideSection = Read<typeof side>;

/** One `notify:` object as it was read. */
export type ChannelSection = Read<typeof channel>;
