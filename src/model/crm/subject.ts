import type { MailConfig, Runtime, SecretRef } from '../config.ts';

/** One `crm:` object as it is written in the configuration, secrets replaced by references. */
export interface CrmConfig {
  readonly name?: string;
  /** The id of a connector: odoo, espocrm, … */
  readonly type: string;
  /** The address of the CRM as a person opens it, without a login in it. */
  readonly url: string;
  readonly database?: string;
  readonly username?: string;
  /** Password or API key. */
  readonly secret?: SecretRef;
  /** Absolute path of a PEM file that is trusted in addition to the system's store. */
  readonly ca?: string;
  /** OAuth 2.0 clients (Salesforce, Zoho, Dynamics): the id beside the secret. */
  readonly clientId?: string;
  /** Dynamics: the directory; Zoho: the data centre (`com`, `eu`, `jp`). */
  readonly tenant?: string;
  /** kintone: the numbers of the apps. */
  readonly apps?: readonly string[];
  /** The server's own configuration file where it holds what no API tells (Tryton's trytond.conf); absolute. */
  readonly settingsFile?: string;
  /** Log files of the CRM, absolute; `*` and `?` may stand in names. */
  readonly logs?: readonly string[];
  /** Passwords of mail accounts that the CRM does not hand out, for the mailboxes that stand in it. */
  readonly logins?: readonly { readonly username: string; readonly password?: SecretRef }[];
  readonly backups?: readonly CrmBackups[];
  /** A table of versions that takes the place of the package's own; absolute. */
  readonly versionsFile?: string;
  /** Judge its mail accounts as this runtime does; default: what the product runs on. */
  readonly as?: Runtime;
}

/** Where backups of the CRM lie, and what is expected of them. */
export interface CrmBackups {
  /** A file, a directory, or a glob; absolute. */
  readonly path: string;
  /** The newest one may be this old, in milliseconds; default: 26 hours. */
  readonly maxAgeMs?: number;
  /** The newest one is at least this large, in bytes. */
  readonly minBytes?: number;
}

/** What the crm checks are about: one CRM. */
export interface CrmSubject {
  readonly kind: 'crm';
  /** `crm`, or `crm[NAME]` in a list. */
  readonly path: string;
  readonly name?: string;
  /** What it is called in reports: `crm:NAME`, else `crm:TYPE`. */
  readonly label: string;
  readonly config: CrmConfig;
  /** The configured mailboxes, whose passwords serve for the CRM's accounts of the same login name. */
  readonly mailboxes: readonly MailConfig[];
}

const isList = (crm: CrmConfig | readonly CrmConfig[]): crm is readonly CrmConfig[] => Array.isArray(crm);

/** One subject for each `crm:` object. */
export const crmSubjectsOf = (
  crm: CrmConfig | readonly CrmConfig[],
  mailboxes: readonly MailConfig[] = [],
): readonly CrmSubject[] => {
  const inList = isList(crm);
  return (inList ? crm : [crm]).map((config) => ({
    kind: 'crm',
    path: inList ? `crm[${config.name ?? config.type}]` : 'crm',
    ...(config.name === undefined ? {} : { name: config.name }),
    label: `crm:${config.name ?? config.type}`,
    config,
    mailboxes,
  }));
};
