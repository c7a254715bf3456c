import type { ColumnRole, ColumnType } from './column.ts';
import type { Detail, Effect } from './hypothesis.ts';
import type { RejectedRecord, SourceFacts, SourceFailure } from './source.ts';
import type { ComparisonCounts } from './view.ts';

/** A share with its Wilson interval at 95 %. */
export interface Share {
  readonly n: number;
  readonly of: number;
  readonly low: number;
  readonly high: number;
}

/** Key and values of one difference, printable and bounded. */
export interface Example {
  readonly key: string;
  /** The key of the record that has the value that this one may not have as well. */
  readonly holder?: string;
  readonly left?: string;
  readonly right?: string;
}

/** What a hypothesis that stands explains: values counted on every pair, rows on a seeded sample where there are more than that holds. */
export interface Explained {
  readonly cause: string;
  readonly effect: Effect;
  readonly population: 'pairs' | 'missing' | 'extra' | 'changed' | 'repeated-left' | 'repeated-right' | 'facts';
  /** The columns it is about, by their index in `fields`; empty where it is about whole rows. */
  readonly columns: readonly number[];
  readonly detail: Detail;
  /** Values only: how many of each of `columns`. */
  readonly perColumn?: readonly number[];
  /** Counted: of the differing pairs of these columns, or of the rows of the population that were looked at. */
  readonly share: Share;
  /** Rows only: how many the population has in all, where not all of them were looked at. */
  readonly sampledFrom?: number;
  /** The share of unrelated (or present) rows of which the same holds. */
  readonly chance: number;
  readonly examples: readonly Example[];
  /** The second scan: differences before, and with the fault undone. Rows: how many meet the condition there, and among the present rows. */
  readonly proof:
    | { readonly kind: 'transform'; readonly before: number; readonly after: number; readonly rowsNowEqual: number }
    | { readonly kind: 'condition'; readonly rows: number; readonly present: Share }
    /** It stands in the columns or the source themselves. */
    | { readonly kind: 'read' }
    /** Of the rest that nothing explains. */
    | { readonly kind: 'none' }
    /** The pass over everything did not come to its end. */
    | { readonly kind: 'not-counted'; readonly why: string };
}

/** One column of the comparison. */
export interface FieldDifference {
  readonly left: string;
  readonly right: string;
  readonly type: ColumnType;
  readonly role?: ColumnRole;
  readonly differ: number;
  /** Under which rule how many of them are equal; a pair that needs several counts under `several`. */
  readonly equalUnder: readonly { readonly rule: string; readonly n: number }[];
  readonly unexplained: number;
  readonly examples: readonly Example[];
}

/** How the differing pairs fall into classes; together they are `counts.changed`. */
export interface ChangedClasses {
  readonly underRule: number;
  /** By a named cause. */
  readonly explained: number;
  /** The older side was changed before the last sync and the other after it. */
  readonly stale: number;
  /** Both sides changed since the last sync, and differently. */
  readonly conflict: number;
  readonly unexplained: number;
}

/** Rows a bucket of time, for the timelines: month by month, or day by day where all is within 90 days. */
export interface Timeline {
  readonly unit: 'day' | 'month';
  readonly of: 'updated-at' | 'created-at';
  /** How many records were looked at, by kind; where there are more, `buckets` counts these only. */
  readonly looked?: {
    readonly present: number;
    readonly missing: number;
    readonly extra: number;
    readonly changed: number;
  };
  readonly buckets: readonly {
    /** `2026-11` or `2026-11-25` */
    readonly at: string;
    readonly present: number;
    readonly missing: number;
    readonly extra: number;
    readonly changed: number;
  }[];
}

/** Missing records of which most stand one after another, which is no cause and no chance either. */
export interface OpenStretch {
  readonly order: 'key' | 'created' | 'updated' | 'file';
  readonly n: number;
  /** Nothing of the left side comes after it. */
  readonly toTheEnd: boolean;
  /** Its first and its last record, where they were read. */
  readonly ends: readonly Example[];
}

/** The newest records of the left side lack, while changes of the same minutes came over. Milliseconds since 1970. */
export interface NewestCreated {
  readonly n: number;
  readonly from: number;
  readonly until: number;
  /** Older records that were changed since `from` and have come over so. */
  readonly changed: number;
  /** Whether the times tell their zone. */
  readonly utc: boolean;
}

/** One value of one column, and how often it is met among some records and among those that are on both sides. */
export interface Stump {
  readonly column: string;
  /** Printable and bounded; empty where the column is. */
  readonly value: string;
  /** The value is masked (`--redact`). */
  readonly hidden?: true;
  readonly share: Share;
  readonly present: Share;
}

/** Values of a column all records of which are among some: those of a parent, where a column refers to one. */
export interface WholeGroups {
  readonly column: string;
  /** That of most of them; printable and bounded. */
  readonly value: string;
  readonly groups: number;
  /** Records of such a value, of those that were looked at. */
  readonly n: number;
  readonly of: number;
}

/** One value that most differences of a column have on one side. */
export interface OneValue {
  readonly column: string;
  readonly side: 'left' | 'right';
  /** Printable and bounded; empty where the column is. */
  readonly value: string;
  /** Differences with this value, of those of the column that were looked at. */
  readonly n: number;
  readonly of: number;
}

/** What is left of one kind of records when every cause has been tried. */
export interface Remainder {
  readonly population: 'pairs' | 'missing' | 'extra';
  /** How many of them were looked at, one by one; of a sample these are fewer than there are. */
  readonly looked: number;
  /** Of pairs, `column` is one that nothing explains. */
  readonly examples: readonly (Example & { readonly column?: string })[];
  /** The segment that sets most of them apart; absent where no column does. */
  readonly stump?: Stump;
  /** Absent where no column does, or a segment tells more. */
  readonly groups?: WholeGroups;
  /** Of pairs; absent where there is no such value. */
  readonly same?: OneValue;
}

/** How many records nothing explains, by kind. */
export interface Unexplained {
  readonly pairs: number;
  readonly missing: number;
  readonly extra: number;
  /** Kinds of which a sample was looked at: their number is what the share of the sample comes to. */
  readonly estimated?: readonly ('missing' | 'extra')[];
  /** The same kinds, the largest first; absent where nobody looked at single records. */
  readonly rest?: readonly Remainder[];
}

/** All that a comparison saw. Plain JSON and bounded: counts are exact, rows are examples. */
export interface ComparisonFact {
  readonly kind: 'compared';
  readonly left: SourceFacts;
  readonly right: SourceFacts;
  readonly counts: ComparisonCounts;
  readonly changed: ChangedClasses;
  readonly fields: readonly FieldDifference[];
  readonly explained: readonly Explained[];
  readonly unexplained: Unexplained;
  /** Only where no cause explains any missing record. */
  readonly stretch?: OpenStretch;
  /** Where these are unexplained. */
  readonly newest?: NewestCreated;
  readonly missing: readonly Example[];
  readonly extra: readonly Example[];
  readonly repeated: { readonly left: readonly Example[]; readonly right: readonly Example[] };
  readonly rejected: { readonly left: readonly RejectedRecord[]; readonly right: readonly RejectedRecord[] };
  readonly unmapped: { readonly left: readonly string[]; readonly right: readonly string[] };
  readonly timeline?: Timeline;
  /** What the logs of the job told, where any were given: how many runs, and the errors that came most often, printable. */
  readonly log?: {
    readonly runs: number;
    readonly errors: readonly { readonly says: string; readonly times: number }[];
  };
  /** A side could not be read to its end: the counts are of what was read, and missing or extra rows are not claimed. */
  readonly cut?: { readonly side: 'left' | 'right'; readonly failure: SourceFailure };
  readonly work: {
    /** `local`, `clickhouse`, `checksums` */
    readonly engine: string;
    readonly rowsPerSecond: number;
    readonly ms: number;
    readonly temporaryBytes: number;
    /** Where databases did the work: what came over the wire. */
    readonly transferredBytes?: number;
    /** The databases could not count at which places records stand: causes by place (pages, order) were not looked for. */
    readonly noPlaces?: true;
  };
}

/** Records that the target would refuse. */
export interface ValidationFact {
  readonly sides: readonly {
    readonly side: 'left' | 'right';
    readonly rows: number;
    readonly rejected: number;
    /** Only the records that differ were looked at, or a sample of them; the others stay in their database. */
    readonly only?: 'differing' | 'sample';
    readonly problems: readonly {
      readonly column: string;
      readonly rule:
        | 'required'
        | 'type'
        | 'length'
        | 'option'
        | 'phone'
        | 'email'
        | 'postcode'
        | 'date'
        | 'number'
        | 'range'
        | 'check'
        | 'unique'
        | 'reference';
      readonly n: number;
      /** What the rule asks: `40 characters`, `one of 5 values`. */
      readonly asks: string;
      /** Whether the target states it itself, or the configuration, or it follows from the column's type. */
      readonly from: 'target' | 'configuration' | 'type';
      /** What the target calls it, where it is not about one column alone. */
      readonly constraint?: string;
      readonly examples: readonly Example[];
    }[];
    /** What else the target asks, and was not held against the records. */
    readonly notChecked?: readonly {
      readonly constraint: string;
      readonly asks?: string;
      /**
       * Its meaning is not known for certain; it is about columns that are not compared as well; the table that it refers to gave no answer
       * (`asks` says why); there are too many values; only a sample was looked at; nobody could be asked.
       */
      readonly why: 'not-understood' | 'other-column' | 'no-answer' | 'too-many' | 'sample' | 'not-asked';
    }[];
    /** It could not be read, or not to its end. */
    readonly failure?: SourceFailure;
  }[];
}

/** Records that are likely one and the same; never merged by us. */
export interface DuplicatesFact {
  readonly searched: readonly ('left' | 'right' | 'across')[];
  readonly rows: { readonly left: number; readonly right: number };
  readonly pairs: number;
  readonly groups: number;
  readonly candidates: readonly {
    readonly within: 'left' | 'right' | 'across';
    readonly score: number;
    readonly a: { readonly key: string; readonly shown: readonly string[] };
    readonly b: { readonly key: string; readonly shown: readonly string[] };
    /** `email equal`, `name equal in kana` … by column and rule. */
    readonly evidence: readonly { readonly column: string; readonly how: string; readonly weight: number }[];
    /** Milliseconds between their creation, where both are known. */
    readonly apartMs?: number;
  }[];
  /** Blocks that were too large to be compared pair by pair: `example.co.jp: 5,120 rows`. */
  readonly dropped: readonly { readonly by: string; readonly rows: number }[];
  readonly failure?: SourceFailure;
}

/** Runs, lags and gaps of the sync job, as log and data tell them. */
export interface ScheduleFact {
  readonly lastSync?: string;
  readonly intervalMs?: number;
  readonly now: string;
  readonly runs: readonly {
    readonly start: string;
    readonly end?: string;
    readonly failed: boolean;
    readonly throttled: boolean;
    readonly says?: string;
  }[];
  /** Newest updated-at of each side. */
  readonly newest: { readonly left?: string; readonly right?: string };
  /** Gaps between runs that are longer than the interval promises. */
  readonly gaps: readonly { readonly from: string; readonly to: string }[];
  /** 95th percentile of right minus left updated-at, in milliseconds, where both are known. */
  readonly lagMs?: number;
  readonly logFailures: readonly { readonly file: string; readonly says: string }[];
}
