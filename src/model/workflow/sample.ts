/** A value of a sample record, as YAML and JSON have it. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };
export type PlainRecord = Readonly<Record<string, Plain>>;

/** One case of the dry run (WORKFLOW-FORMAT, 3). */
export interface Sample {
  readonly name: string;
  readonly workflow?: string;
  readonly event: 'create' | 'update' | 'delete' | 'schedule' | 'date' | 'webhook' | 'manual' | 'call';
  /** RFC 3339, the virtual clock. */
  readonly at?: string;
  readonly user?: string;
  readonly object?: string;
  readonly record?: PlainRecord;
  readonly change?: PlainRecord;
  readonly records?: Readonly<Record<string, readonly PlainRecord[]>>;
  readonly input?: PlainRecord;
  /** Outcomes from outside, by step id. */
  readonly answers?: Readonly<Record<string, Plain>>;
  readonly observed?: { readonly status?: string; readonly step?: string; readonly message?: string };
  readonly expect?: {
    readonly status?: string;
    readonly steps?: readonly string[];
    readonly record?: PlainRecord | null;
  };
  /** From a line of an execution log that has no record: only its message is explained. */
  readonly messageOnly?: boolean;
  readonly place: { readonly file: string; readonly line: number };
}

/** What became of a sample, as the report has it. Texts are in the run's language. */
export interface SimulatedSample {
  readonly name: string;
  readonly status: 'completed' | 'failed' | 'not-started' | 'unknown';
  readonly because?: string;
  readonly steps: readonly {
    readonly workflow: string;
    readonly step: string;
    readonly status: 'ran' | 'skipped' | 'failed';
    readonly because: string;
    /** Values before and after, of the fields that it wrote. */
    readonly changes?: readonly { readonly field: string; readonly before: Plain; readonly after: Plain }[];
  }[];
  readonly record: PlainRecord | null;
  readonly written: readonly {
    readonly object: string;
    readonly id: string;
    readonly set: PlainRecord;
    readonly by: string;
  }[];
  readonly mails: readonly {
    readonly step: string;
    readonly to: readonly string[];
    readonly template?: string;
    readonly subject?: string;
    /** Where the step writes it out itself. */
    readonly body?: string;
  }[];
  readonly failure?: {
    readonly workflow: string;
    readonly step: string;
    readonly rule: string;
    readonly file: string;
    readonly line: number;
    readonly message: string;
  };
  /** Only where it failed: the fewest field values with which it still fails in the same way. */
  readonly smallest?: PlainRecord;
  /** Against `expect`, or status and step of `observed`; absent without them, and where it cannot be told. */
  readonly matches?: boolean;
  /** Of an unknown result: what each answer to the open questions comes to. */
  readonly ways?: readonly {
    readonly when: string;
    readonly status: SimulatedSample['status'];
    readonly failure?: SimulatedSample['failure'];
  }[];
  /** Of a boundary record: what was put in, in words. */
  readonly tried?: string;
  /** What the CRM's log said, and what its message means. */
  readonly observed?: {
    readonly status?: string;
    readonly step?: string;
    readonly message?: string;
    readonly explained?: string;
    /** Rules that find the cause of such a message, the most likely first. */
    readonly rules?: readonly string[];
  };
}

/** A way out of a step that no sample took. */
export interface Untaken {
  readonly workflow: string;
  readonly step: string;
  /** `branch 0` and so on, `default`, `error`, `body`, `approved`, `rejected`, `late`, `event`; absent: no run came to the step. */
  readonly way?: string;
  /** The branch's own name. */
  readonly name?: string;
  readonly file: string;
  readonly line: number;
}

/** What the samples of a run have and have not tried, by workflow. */
export interface Coverage {
  readonly workflow: string;
  readonly steps: number;
  readonly ran: number;
  readonly ways: number;
  readonly taken: number;
  readonly untaken: readonly Untaken[];
}

/** What the dry run of a project comes to. */
export interface Simulation {
  readonly samples: readonly SimulatedSample[];
  /** Records at the edge of what the schema allows, with which a workflow fails. */
  readonly boundaries: readonly SimulatedSample[];
  /** Boundary records that were tried. */
  readonly tried: number;
  readonly coverage: readonly Coverage[];
}
