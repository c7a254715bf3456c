/** Which mailboxes a run was about, where they are many. */
export interface ManySpan {
  readonly mailboxes: number;
  /** Rows of the list that are switched off. */
  readonly disabled: number;
  /** The list. */
  readonly file?: string;
  /** `index` from 1. */
  readonly shard?: { readonly index: number; readonly of: number };
  readonly tenant?: string;
}

/** One thing that is wrong with several mailboxes alike. */
export interface ManyGroup {
  /** Absent for checks that failed, or could not be made, without a known cause. */
  readonly cause?: string;
  /** Without a cause: the check. */
  readonly check?: string;
  readonly title: string;
  readonly severity: 'critical' | 'warning' | 'info' | 'unknown';
  /** The hosts that it is about, `imap.example.co.jp`; '' where it is about the account as such. */
  readonly place: string;
  /** How many mailboxes the run has at this place. */
  readonly of: number;
  /** The mailboxes that have it, in the order of the list. */
  readonly mailboxes: readonly string[];
}

/** Only of a run over many mailboxes. */
export interface ManyReport extends ManySpan {
  readonly groups: readonly ManyGroup[];
  /** Mailboxes by their tenant, where the list has one. */
  readonly tenants?: Readonly<Record<string, readonly string[]>>;
  /** Of how many mailboxes the evidence stands here: of what is wrong, and not of all that is wrong alike. */
  readonly withEvidence: number;
  /** Only of reports that were put together from several. */
  readonly merged?: {
    readonly runs: readonly string[];
    /** Parts of the list that are not among them: `3/8`. */
    readonly missing: readonly string[];
    /** Mailboxes that several of them have; the latest run counts. */
    readonly duplicates: readonly string[];
    /** More than one where they were not all made by one version. */
    readonly versions: readonly string[];
  };
}
