import type { SecretRef } from '../config.ts';
import type { CrmSubject } from '../crm/subject.ts';
import type { ColumnRole, ColumnType, Tolerance } from './column.ts';

/** Which records of a side are looked at: each named column has one of the values, or none of them. */
export type RecordFilter = Readonly<Record<string, readonly string[] | { readonly not: readonly string[] }>>;

interface AnySide {
  readonly filter?: RecordFilter;
  /** IANA zone of times without an offset. Default: UTC where the other side has one; else times are compared as they are written. */
  readonly timeZone?: string;
}

/** Files, read as one list of records in the order of their names. */
export interface FileSide extends AnySide {
  readonly kind: 'file';
  /** Absolute; `*`, `?` and `**` may stand in it. */
  readonly file: string;
  /** An encoding of the WHATWG standard, or `auto`. */
  readonly encoding: string;
  /** One character, or undefined: detected. */
  readonly delimiter?: string;
  /** XLSX: name of the sheet; default: the first one with data. */
  readonly sheet?: string;
}

/** A table or a query of a database. */
export interface DatabaseSide extends AnySide {
  readonly kind: 'database';
  /** Without a password in it: `postgres://crm@db.example.co.jp/crm`. */
  readonly url: string;
  readonly password?: SecretRef;
  /** `table` or `schema.table`. */
  readonly table?: string;
  readonly query?: string;
  /** Absolute path of a PEM file. */
  readonly ca?: string;
}

/** A record type of a CRM. */
export interface CrmSide extends AnySide {
  readonly kind: 'crm';
  readonly type: string;
  readonly crm: CrmSubject;
}

export type SideConfig = FileSide | DatabaseSide | CrmSide;

/** What the target asks of a value besides its type. */
export interface FieldDemands {
  readonly required?: boolean;
  readonly maxLength?: number;
  readonly options?: readonly string[];
}

export interface FieldConfig extends FieldDemands {
  readonly right?: string;
  readonly as?: ColumnType;
  /** The type is what the values look like: nobody asks for it. */
  readonly asFrom?: 'values';
  readonly role?: ColumnRole;
  readonly tolerance?: Tolerance;
}

/** How keys of both sides are made alike before they are joined; the ids are those of `sync.key-format`. */
export type KeyRule = 'trim' | 'lower' | 'zeros' | 'digits' | 'width' | 'letters-digits' | 'id15';

/** Of so many joined records, those whose keys are not written alike, with the keys of one. */
export interface UnlikeKeys {
  readonly n: number;
  readonly of: number;
  readonly left: string;
  readonly right: string;
}

export interface SyncConfig {
  readonly name?: string;
  /** The CRM: A of the statistics. */
  readonly left: SideConfig;
  readonly right: SideConfig;
  readonly key: {
    readonly left: readonly string[];
    readonly right: readonly string[];
    readonly rules: readonly KeyRule[];
    /** Of a key that was found in the data: the keys that only the rules bring together. */
    readonly unlike?: UnlikeKeys;
  };
  /** By left name; absent: all columns of equal name. */
  readonly fields?: Readonly<Record<string, FieldConfig>>;
  /** Columns that are not compared, by their left or right name. */
  readonly ignore: readonly string[];
  /** RFC 3339 */
  readonly lastSync?: string;
  readonly intervalMs?: number;
  readonly logs?: readonly string[];
  readonly engine: /** Two large tables by checksums, everything else on this machine. */
    | { readonly kind: 'auto' }
    | { readonly kind: 'local' }
    /** Two tables of databases: only what differs comes over. */
    | { readonly kind: 'checksums' }
    | {
        readonly kind: 'clickhouse';
        readonly url: string;
        readonly password?: SecretRef;
        /** A PEM file. */
        readonly ca?: string;
      };
}

/** What the sync checks are about: one comparison. */
export interface SyncSubject {
  readonly kind: 'sync';
  /** `sync`, or `sync[NAME]` in a list. */
  readonly path: string;
  readonly name?: string;
  /** What it is called in reports: `sync`, or `sync:NAME`. */
  readonly label: string;
  readonly config: SyncConfig;
}
