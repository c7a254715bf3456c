/** The parts of crm-doctor/report/v1 that the lab scores. */
export interface Report {
  readonly schema: string;
  readonly status: string;
  readonly checks: readonly {
    readonly id: string;
    readonly target?: string;
    readonly status: string;
    readonly summary?: string;
  }[];
  readonly diagnoses: readonly Diagnosis[];
  readonly unexplained: readonly string[];
  readonly exitCode: number;
  readonly vantage?: {
    readonly status: string;
    readonly reason?: string;
    readonly says: string;
    readonly differences: readonly { readonly check: string; readonly target: string }[];
    readonly causes: readonly { readonly cause: string; readonly seen: string }[];
  };
}

export interface Diagnosis {
  readonly cause: string;
  readonly severity: string;
  readonly title: string;
  readonly fix?: { readonly change?: readonly Change[] };
  readonly proof?: { readonly status: string };
}

interface Change {
  readonly path: string;
  readonly to: unknown;
}

export const emptyReport: Report = {
  schema: '',
  status: 'none',
  checks: [],
  diagnoses: [],
  unexplained: [],
  exitCode: -1,
};

/** Reads stdout; what is missing in it is filled in empty, so that the score can say what else is right. */
export const readReport = (stdout: string): Report | undefined => {
  try {
    // The product's own tests hold the report against its schema; here only what is there is read.
    return { ...emptyReport, ...(JSON.parse(stdout) as Partial<Report>) };
  } catch {
    return undefined;
  }
};
