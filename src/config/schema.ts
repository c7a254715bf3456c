import { columnTypes } from '../model/sync/column.ts';
import { mailbox, mailboxDefaults, mailboxes, runtimes } from './mail-shape.ts';
import { channel } from './notify-shape.ts';
import {
  about,
  boolean,
  choice,
  data,
  duration,
  either,
  integer,
  list,
  map,
  moment,
  object,
  oneOrNamed,
  path,
  type Read,
  sensitiveText,
  text,
  tolerance,
  zone,
} from './shape.ts';
import { quietHours, watch } from './watch-shape.ts';

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
    lastSync: about('RFC 3339, for stale and conflict detection.', moment),
    interval: about('What the schedule promises, such as 15m.', duration),
    logs: list(path),
    engine: either(
      choice('local', 'checksums'),
      object({
        required: { clickhouse: sensitiveText },
        optional: { ca: about('A PEM file that is trusted in addition to the system store.', path) },
      }),
    ),
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
