import type { ColumnRole, ColumnType } from './column.ts';
import type {
  ChangedClasses,
  DuplicatesFact,
  Example,
  Explained,
  ScheduleFact,
  Timeline,
  Unexplained,
  ValidationFact,
} from './comparison.ts';
import type { RejectedRecord } from './source.ts';

/** One side, as the report tells it. Texts are in the run's language; everything from outside is printable. */
export interface ComparedSide {
  /** The path, `table contacts of …`, `contacts of crm:odoo`. */
  readonly name: string;
  readonly format: string;
  readonly encoding?: string;
  readonly columns: number;
  readonly bytes?: number;
  /** RFC 3339 UTC: when the file was written, or the snapshot began. */
  readonly at?: string;
  readonly notes: readonly string[];
}

/** One column, as the report tells it. */
export interface ComparedField {
  readonly left: string;
  readonly right: string;
  readonly type: ColumnType;
  readonly role?: ColumnRole;
  readonly key: boolean;
  /** Pairs in which it differs; exact. */
  readonly differ: number;
  /** Under which rule how many of these are equal. */
  readonly equalUnder: readonly { readonly rule: string; readonly title: string; readonly n: number }[];
  /** By cause, how many of these it explains. */
  readonly explained: readonly { readonly cause: string; readonly title: string; readonly n: number }[];
  readonly unexplained: number;
  readonly examples: readonly Example[];
}

/** A file that the run wrote, besides the report: the records of a class, or the corrections. */
export interface WrittenFile {
  /** `missing`, `extra`, `changed` …, or `patch` */
  readonly what: string;
  readonly file: string;
  readonly rows: number;
  /** Only a part, and why. */
  readonly note?: string;
}

/** Only of `sync`: one comparison. Counts are exact, rows are examples. */
export interface ComparisonReport {
  /** In a list of comparisons. */
  readonly name?: string;
  readonly left: ComparedSide;
  readonly right: ComparedSide;
  readonly rows: { readonly left: number; readonly right: number };
  readonly matched: number;
  readonly equal: number;
  readonly changed: number;
  readonly missing: number;
  readonly extra: number;
  /** Rows whose key occurs more than once on their side, and how many such keys there are. */
  readonly duplicates: {
    readonly left: { readonly keys: number; readonly rows: number };
    readonly right: { readonly keys: number; readonly rows: number };
  };
  readonly rejected: { readonly left: number; readonly right: number };
  /** How the changed rows fall into classes; together they are `changed`. */
  readonly classes: ChangedClasses;
  readonly fields: readonly ComparedField[];
  /** What the causes explain, each with its share, interval and proof. */
  readonly explained: readonly (Explained & {
    readonly title: string;
    /** Rows of which a sample was looked at: of how many in all it holds; `share` is what was counted in the sample. */
    readonly estimate?: { readonly n: number; readonly low: number; readonly high: number };
  })[];
  readonly unexplained: Unexplained;
  readonly examples: {
    readonly missing: readonly Example[];
    readonly extra: readonly Example[];
    readonly duplicatesLeft: readonly Example[];
    readonly duplicatesRight: readonly Example[];
    readonly rejectedLeft: readonly RejectedRecord[];
    readonly rejectedRight: readonly RejectedRecord[];
  };
  /** Columns that are compared with nothing. */
  readonly unmapped: { readonly left: readonly string[]; readonly right: readonly string[] };
  readonly timeline?: Timeline;
  /** A side could not be read to its end; counts are of what was read. */
  readonly cut?: { readonly side: 'left' | 'right'; readonly says: string };
  /** Records that the other side would refuse. */
  readonly validation?: readonly Omit<ValidationFact['sides'][number], 'failure'>[];
  /** Records that are likely one and the same. */
  readonly likelyDuplicates?: Omit<DuplicatesFact, 'failure'>;
  readonly schedule?: ScheduleFact;
  readonly files: readonly WrittenFile[];
  /** Values are hidden (`--redact`). */
  readonly redacted: boolean;
  readonly work: {
    readonly engine: string;
    readonly ms: number;
    readonly rowsPerSecond: number;
    readonly temporaryBytes: number;
    readonly transferredBytes?: number;
    /** Causes by place (pages, order) were not looked for. */
    readonly noPlaces?: true;
  };
}
