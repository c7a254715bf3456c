import type { Conditions } from './condition.ts';
import type { Named, Place } from './place.ts';
import type { FieldType } from './schema.ts';
import type { Edge, Party, Step } from './step.ts';
import type { Duration, Value } from './value.ts';

/** The codes of RULES-WORKFLOW, and TR Tryton triggers, RT Request Tracker scrips. */
export type Format =
  | 'SF'
  | 'WR'
  | 'AP'
  | 'HS'
  | 'OD'
  | 'ES'
  | 'SU'
  | 'VT'
  | 'ZO'
  | 'PA'
  | 'KI'
  | 'BP'
  | 'NY'
  | 'TR'
  | 'RT';

/** When it runs. Where nothing is said of the zone, times are in the schema's. */
export type Timing =
  | { readonly kind: 'cron'; readonly text: string; readonly place: Place }
  | {
      readonly kind: 'at';
      /** `09:00`, as written. */
      readonly time: string;
      readonly days?: readonly string[];
      readonly dayOfMonth?: number;
      readonly month?: number;
      readonly place: Place;
    }
  | { readonly kind: 'every'; readonly every: Duration; readonly place: Place }
  /** One moment, as written. */
  | { readonly kind: 'once'; readonly at: string; readonly place: Place }
  | { readonly kind: 'unreadable'; readonly text: string; readonly place: Place };

export interface Schedule {
  readonly timing: Timing;
  readonly zone?: Named;
  /** The text ends in a zone that the platform ignores (Salesforce `startTime …Z`). */
  readonly zoneIgnored?: Place;
  readonly start?: Named;
  readonly until?: Named;
  /** How often the platform's scheduler looks at all, where that is known. */
  readonly poll?: Duration;
}

/** One way in which it starts. A workflow may have several (scheduled paths, further start events): all are entries. */
export interface Trigger {
  readonly id: string;
  readonly on:
    | 'create'
    | 'update'
    | 'save'
    | 'delete'
    | 'schedule'
    | 'date'
    | 'webhook'
    | 'manual'
    | 'call'
    | 'event'
    /** A form that is being filled in (onchange): nothing is saved yet. */
    | 'form'
    /** An action of a state machine, or a submission for approval. */
    | 'transition';
  readonly phase: 'before' | 'after' | 'async';
  /** Only when one of these fields changed. */
  readonly watch?: readonly Named[];
  readonly when?: Conditions;
  /** Only when the conditions did not hold before this save. */
  readonly becomesTrue: boolean;
  /** A record passes only once in its life. */
  readonly once: boolean;
  /** Also for records of a bulk import. */
  readonly onImport: boolean;
  readonly schedule?: Schedule;
  /** on: date: so long after (negative: before) the date in this field. Also timed paths after a save. */
  readonly date?: { readonly field?: Named; readonly offset?: Duration; readonly at?: string };
  /** on: webhook. */
  readonly auth?: 'secret' | 'signature' | 'none';
  readonly allow?: readonly string[];
  /** on: manual. Absent: everybody. */
  readonly roles?: readonly Named[];
  /** on: event, and signals. */
  readonly event?: Named;
  /** on: schedule over a list or report of records. */
  readonly list?: Named;
  /** Absent: nothing follows. */
  readonly to?: Edge;
  readonly place: Place;
}

export type RunAs =
  /** Whoever caused it. */
  | { readonly kind: 'user' }
  /** No permission is checked; `sharing`: but records outside the user's scope stay invisible. */
  | { readonly kind: 'system'; readonly sharing?: boolean }
  | { readonly kind: 'principal'; readonly of: 'user' | 'role'; readonly id: string; readonly place: Place };

export interface Variable {
  readonly name: string;
  readonly type?: FieldType | 'record';
  /** Of a record. */
  readonly object?: string;
  readonly list: boolean;
  readonly input: boolean;
  readonly output: boolean;
  readonly required: boolean;
  readonly default?: Value;
  readonly place: Place;
  /** Constants, formulas and text templates are read only and have their value here. */
  readonly constant?: boolean;
}

export interface State {
  readonly id: string;
  readonly label?: string;
  readonly place: Place;
  /** The format says that nothing has to follow. */
  readonly final: boolean;
  readonly start: boolean;
  /** Who has to act there. Absent: the format assigns nobody. */
  readonly assignees?: {
    readonly parties: readonly Party[];
    readonly takes: 'one' | 'all' | 'any';
    readonly place: Place;
  };
}

export interface Transition {
  readonly name: string;
  readonly from: Named;
  readonly to: Named;
  readonly when?: Conditions;
  /** Who may do it besides those who are assigned. */
  readonly by?: readonly Party[];
  readonly place: Place;
}

/**
 * Something that an importer found wrong by its own tables: the rule of that name says it. `found` as written, `allowed` nearest first.
 */
export interface Defect {
  readonly rule:
    | 'trigger-missing'
    | 'trigger-invalid-enum'
    | 'action-unknown-type'
    | 'action-missing-parameter'
    | 'action-unknown-parameter'
    | 'cond-operator-invalid'
    | 'maint-legacy'
    | 'maint-api-version';
  readonly step?: string;
  /** What it is: `trigger`, `recordTriggerType`, the parameter's name. */
  readonly what: string;
  readonly found?: string;
  readonly allowed?: readonly string[];
  readonly place: Place;
}

export interface Workflow {
  /** Unique in its system, as calls name it. */
  readonly id: string;
  readonly label?: { readonly en?: string; readonly ja?: string };
  readonly format: Format;
  /** Version of the format or API, where the file says it. */
  readonly version?: string;
  readonly kind: 'record' | 'scheduled' | 'manual' | 'screen' | 'called' | 'states' | 'webhook' | 'event';
  readonly status: 'active' | 'inactive' | 'draft' | 'obsolete' | 'invalid';
  /** Where the status is written, for `maint-inactive`. */
  readonly statusPlace?: Place;
  readonly object?: Named;
  readonly triggers: readonly Trigger[];
  readonly runAs: RunAs;
  /** The file says it, and the format lets one choose it for this kind. */
  readonly runAsStated: boolean;
  readonly runAsChoosable: boolean;
  readonly runAsPlace?: Place;
  /** Lower first; absent: the platform decides. */
  readonly order?: number;
  /** Native: workflows of one file keep their order in it. */
  readonly variables: readonly Variable[];
  /** In the order of the file. Ids are unique; edges go by them. */
  readonly steps: readonly Step[];
  readonly states?: readonly State[];
  readonly transitions?: readonly Transition[];
  /** Error path of the whole workflow. */
  readonly onError?: Edge;
  readonly owner?: Named;
  readonly lastEditor?: Named;
  readonly description?: string;
  readonly defects: readonly Defect[];
  /** Elements that a newer version brought: `parse-unknown-element`. */
  readonly unknown: readonly Named[];
  /** The name's line, else the root. */
  readonly place: Place;
  /** Once per record and workflow in a transaction (Odoo): a write to the trigger record does not start it again. */
  readonly oncePerTransaction?: boolean;
}
