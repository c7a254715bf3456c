import type { CrmAccess, CrmClient } from '../../model/crm/connector.ts';
import { isZone, momentsOf } from '../../reason/workflow/zones.ts';
import { isObject, type Json, listIn, textIn } from '../reading.ts';
import { unlessRefused } from '../refusal.ts';
import type { Frappe } from './ask.ts';

/** What all questions about one site share. */
export interface Site {
  readonly frappe: Frappe;
  readonly access: CrmAccess;
  readonly client: CrmClient;
  /** Those of `wanted` that the document type has; they differ by version. */
  readonly among: (doctype: string, wanted: readonly string[], signal: AbortSignal) => Promise<readonly string[]>;
  /** The zone of System Settings, in which all its times stand. */
  readonly zone: (signal: AbortSignal) => Promise<string | undefined>;
}

/** Every document has these besides the fields of its type. */
export const ofEvery: readonly string[] = ['name', 'owner', 'creation', 'modified', 'modified_by', 'docstatus', 'idx'];

export const siteOf = (frappe: Frappe, access: CrmAccess, client: CrmClient): Site => {
  const known = new Map<string, Promise<ReadonlySet<string>>>();
  let zone: Promise<string | undefined> | undefined;
  const fieldsOf = async (doctype: string, signal: AbortSignal): Promise<ReadonlySet<string>> => {
    const found = await frappe.doctype(doctype, signal);
    const names = listIn(found.fields).flatMap((field) => (isObject(field) ? (textIn(field.fieldname) ?? []) : []));
    return new Set([...ofEvery, ...names]);
  };
  return {
    frappe,
    access,
    client,
    among: async (doctype, wanted, signal) => {
      const asked = known.get(doctype) ?? fieldsOf(doctype, signal);
      known.set(doctype, asked);
      asked.catch(() => known.delete(doctype));
      const names = await asked;
      return wanted.filter((name) => names.has(name));
    },
    zone: (signal) => {
      zone ??= unlessRefused(
        async () => textIn(await frappe.single('System Settings', 'time_zone', signal)),
        ['permission', 'not-found', 'server-error'],
        () => {},
      );
      zone.catch(() => {
        zone = undefined;
      });
      return zone;
    },
  };
};

const clock = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)/;

/** `2026-11-20 09:00:00.123456` on a clock of the site, as RFC 3339 UTC; undefined where the zone is not known. */
export const momentIn = (value: unknown, zone: string | undefined): string | undefined => {
  const match = clock.exec(textIn(value) ?? '');
  if (!match || zone === undefined) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const [moment] = momentsOf({ year, month, day, hour, minute }, zone);
  return moment === undefined ? undefined : new Date(moment + second * 1_000).toISOString();
};

/** A moment as the site's clock shows it. */
export const clockAt = (moment: Date, zone: string): string | undefined => {
  if (!isZone(zone)) return undefined;
  // Sweden writes dates as ISO does.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  return format.format(moment);
};

/** The last line of a traceback says what happened; the others hold paths of the server. */
export const lastLine = (text: string | undefined): string | undefined =>
  text
    ?.slice(-20_000)
    .split('\n')
    .map((line) => line.trim())
    .findLast((line) => line !== '');

/** `site_config.json`, as far as mail and jobs go; the passwords in it are left where they are. */
export const siteConfig = (text: string | undefined): Json | undefined => {
  if (text === undefined) return undefined;
  try {
    const config: unknown = JSON.parse(text);
    if (!isObject(config)) return undefined;
    const wanted = ['mute_emails', 'mail_server', 'mail_port', 'mail_login', 'use_tls', 'use_ssl', 'auto_email_id'];
    return Object.fromEntries(wanted.flatMap((key) => (key in config ? [[key, config[key]]] : [])));
  } catch {
    return undefined;
  }
};
