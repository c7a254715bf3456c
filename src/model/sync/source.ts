import type { CrmFailureKind } from '../crm/failure.ts';
import type { Text } from '../text.ts';
import type { SourceColumn } from './column.ts';
import type { TableConstraint } from './constraint.ts';
import type { SideConfig } from './subject.ts';

/** What a file or a database cannot have: reasons that only a CRM has, or that are mended otherwise there. */
export type CrmRefusal = Exclude<CrmFailureKind, 'unreachable' | 'auth' | 'permission' | 'rate-limited' | 'too-large'>;

/** Why a side cannot be read, or not to its end. What a place says is printable and bounded. */
export type SourceFailure = Failure & {
  /** `what` is no side, and the cluster that was to compare both of them. */
  readonly cluster?: true;
};

type Failure =
  /** `what` is the path, table or record type; `hint` the nearest names that are there. */
  | {
      readonly kind: 'not-found';
      readonly what: string;
      readonly hint?: readonly string[];
      /** What the server says of it. */
      readonly says?: string;
    }
  | { readonly kind: 'no-permission'; readonly what: string; readonly says?: string }
  | { readonly kind: 'empty'; readonly what: string }
  /** A program, an image: no records at all. `told`: what it says is what to do about it as well. */
  | { readonly kind: 'not-data'; readonly what: string; readonly says: string; readonly told?: true }
  /** The bytes do not follow the format, from this place on. */
  | {
      readonly kind: 'malformed';
      readonly what: string;
      readonly says: string;
      readonly line?: number;
      readonly byte?: number;
    }
  | { readonly kind: 'too-large'; readonly what: string; readonly says: string; readonly line?: number }
  /** It changed while it was read. */
  | { readonly kind: 'changed'; readonly what: string }
  | { readonly kind: 'encoding'; readonly what: string; readonly says: string; readonly byte?: number }
  | { readonly kind: 'unreachable'; readonly what: string; readonly says: string }
  | { readonly kind: 'login-refused'; readonly what: string; readonly says: string }
  /** The connection ended in the middle, or the service stopped answering; `after` rows had come. */
  | { readonly kind: 'interrupted'; readonly what: string; readonly says: string; readonly after: number }
  | {
      readonly kind: 'throttled';
      readonly what: string;
      readonly says: string;
      readonly after: number;
      /** When it may be asked again, if it said so. */
      readonly retryAfterMs?: number;
    }
  /** A CRM that gives no records for a reason of its own. */
  | { readonly kind: 'crm'; readonly what: string; readonly says: string; readonly why: CrmRefusal }
  /** An optional package; `install` is the exact command. */
  | { readonly kind: 'driver-missing'; readonly what: string; readonly install: string }
  | { readonly kind: 'refused'; readonly what: string; readonly says: string }
  /** No place left for temporary files. */
  | { readonly kind: 'disk-full'; readonly what: string };

/** One record as text, by the position of its column. An absent value is ''. */
export type SourceRow = readonly string[];

/** Something in the data that a person should know although it could be read. */
export interface SourceNote {
  readonly id:
    | 'bom-in-header'
    | 'other-encoding'
    | 'mixed-encoding'
    | 'undecodable'
    | 'duplicate-header'
    | 'blank-header'
    | 'no-header'
    | 'title-rows'
    | 'truncated-last-record'
    | 'row-limit'
    | 'several-sheets'
    | 'mixed-line-ends'
    | 'archived-left-out'
    | 'columns-left-out'
    | 'rows-left-out'
    | 'formula-without-value'
    | 'file-missing';
  readonly says: Text;
  /** What is said in place of it where values are hidden; absent: it names none. */
  readonly hidden?: Text;
  /** Of `undecodable`: the encoding that the bytes do follow. */
  readonly encoding?: string;
  /** Of `file-missing`: the names that lack, and how many files are there. */
  readonly files?: { readonly missing: readonly string[]; readonly there: number };
}

/** What comes over from another system when a side is read, as far as that is known before its records are. */
export interface Expected {
  readonly rows?: number;
  readonly bytes?: number;
  readonly requests?: number;
  /** A filter leaves some of it out, or the server counts what it keeps free along. */
  readonly atMost?: true;
}

/** What has come over. */
export interface CameOver {
  readonly rows: number;
  /** Of their texts, where that was counted. */
  readonly bytes?: number;
  readonly requests?: number;
  /** How often, and for how long, the service wanted to be left alone. */
  readonly waits?: number;
  readonly waitedMs?: number;
}

/** How far reading a side is, for whoever waits. */
export type SourceProgress =
  /** Said once, before the bulk of it. */
  | { readonly kind: 'expected'; readonly expected: Expected }
  | {
      readonly kind: 'came';
      readonly came: CameOver;
      /** Records in all, where that is known. */
      readonly of?: number;
      /** It waits at this moment. */
      readonly waiting?: true;
    };

/** What a source is, before its records are read. Plain JSON. */
export interface SourceFacts {
  /** `csv`, `parquet`, `postgresql`, `crm:odoo` … */
  readonly format: string;
  /** For a person: the path, `table contacts of crm@db.example.co.jp/crm`, `contacts of crm:odoo`. */
  readonly name: string;
  readonly columns: readonly SourceColumn[];
  /** What a table asks besides; absent where it asks nothing, or nobody tells. */
  readonly constraints?: readonly TableConstraint[];
  /** Exact, or as the source estimates it. */
  readonly rows?: { readonly count: number; readonly exact: boolean };
  readonly bytes?: number;
  /** RFC 3339 UTC: when the file was written, or the snapshot began. */
  readonly at?: string;
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly server?: string;
  /** Records a page, where they come in pages. */
  readonly pageSize?: number;
  /** Where its records come from another system: how much of it, as far as that was known before. */
  readonly expected?: Expected;
  /** The same when it was read. */
  readonly came?: CameOver;
  readonly notes: readonly SourceNote[];
}

/** By what it is seen that a file is still the one that was opened. */
export interface FileStamp {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ino: number;
}

/** A UTF-8 file of delimited records that the engine may read by itself, without the source. */
export interface DelimitedFile {
  readonly path: string;
  /** Where the first record begins, after BOM and header. */
  readonly from: number;
  /** Where the header begins, which goes up to `from`; where it stands again it is no record. Absent: there is none. */
  readonly header?: number;
  /** One byte. */
  readonly delimiter: number;
  /** One byte; 0: there is no quoting. */
  readonly quote: number;
  /** Of the file whose header was looked at. Absent: it is our own, and nobody else writes to it. */
  readonly stamp?: FileStamp;
}

/** What is looked for in a table of the database that a side is of. */
export interface Wanted {
  /** As a side would name it; absent: the table of the side. */
  readonly table?: string;
  readonly columns: readonly string[];
  /** Columns that are told with each record. */
  readonly with: readonly string[];
  /** Each with a value a column, none of them blank; what the type of a column cannot hold is found nowhere. */
  readonly values: readonly (readonly string[])[];
}

export type Looked =
  /** The columns and those that are told with them, as the database holds them; more than one may be what it takes for one value. */
  | { readonly kind: 'looked'; readonly rows: readonly SourceRow[] }
  | { readonly kind: 'no-answer'; readonly says: string };

/** Looks values up by an index, in the snapshot of the side, and reads nothing else. */
export type LookUp = (wanted: Wanted, signal: AbortSignal) => Promise<Looked>;

/** A side that is open. */
export interface OpenedSource {
  readonly facts: SourceFacts;
  /** Where all records stand in files that can be scanned as bytes; every file has the columns of `facts`, in that order. */
  readonly direct?: readonly DelimitedFile[];
  /** All records in the order of the source, in batches of a few hundred to a few thousand; again from the start at each call. */
  readonly rows: (signal: AbortSignal) => AsyncIterable<RowBatch>;
  /** Of a table, while nothing is read of it. */
  readonly lookUp?: LookUp;
  readonly close: () => Promise<void>;
}

export type RowBatch =
  | { readonly kind: 'rows'; readonly rows: readonly SourceRow[] }
  /** A record that is none; what comes after it is read. */
  | { readonly kind: 'rejected'; readonly at: RejectedRecord }
  /** Nothing comes after it. */
  | { readonly kind: 'failed'; readonly failure: SourceFailure };

/** A record that does not follow the format. `row` and `line` count from 1; `shown` is its beginning, printable. */
export interface RejectedRecord {
  readonly why:
    | 'too-few-fields'
    | 'too-many-fields'
    | 'unclosed-quote'
    | 'stray-quote'
    | 'invalid-encoding'
    | 'too-long'
    | 'empty-key'
    | 'header-again'
    | 'malformed';
  readonly file?: string;
  readonly row?: number;
  readonly line?: number;
  readonly byte?: number;
  readonly shown?: string;
}

export type SourceReply =
  | { readonly kind: 'opened'; readonly source: OpenedSource }
  | { readonly kind: 'failed'; readonly failure: SourceFailure };

/** What a driver gets besides the side. */
export interface SourceKit {
  /** The value of a secret reference; undefined where it could not be read. */
  readonly secret: (ref: { readonly secret: string } | undefined) => string | undefined;
  /** A private directory for temporary files, made when it is first asked for, removed at the end of the run. */
  readonly directory: () => Promise<string>;
  readonly printable: (text: string, most?: number) => string;
  readonly told?: (progress: SourceProgress) => void;
}

/** How one kind of source is read; one file each, its package loaded when it is named. */
export interface SourceDriver<Side extends SideConfig = SideConfig> {
  readonly id: string;
  readonly open: (side: Side, kit: SourceKit, signal: AbortSignal) => Promise<SourceReply>;
}
