import type { Text } from '../../model/text.ts';
import type { Project } from '../../model/workflow/project.ts';
import type { Plain, Sample } from '../../model/workflow/sample.ts';
import type { Trigger, Workflow } from '../../model/workflow/workflow.ts';
import type { Principal } from '../../reason/workflow/permissions.ts';
import type { Choices } from './choices.ts';
import type { Zone } from './clock.ts';
import type { Failure } from './failure.ts';
import { TooLong } from './failure.ts';
import type { Held, Row, Unknown, Value } from './held.ts';
import type { Store } from './store.ts';

/** One line of the trace. */
export interface Traced {
  readonly workflow: string;
  readonly step: string;
  status: 'ran' | 'skipped' | 'failed';
  because: Text;
  changes?: readonly { readonly field: string; readonly before: Value; readonly after: Value }[];
}

export interface Written {
  readonly object: string;
  readonly id: string;
  readonly set: ReadonlyMap<string, Value>;
  readonly by: string;
}

export interface Mail {
  readonly step: string;
  readonly to: readonly string[];
  readonly template?: string;
  readonly subject?: string;
  readonly body?: string;
}

/** A way out of a step, as coverage counts it. */
export interface Went {
  readonly workflow: string;
  readonly step: string;
  readonly way: string;
}

/** Who runs a workflow. Without `principal` no permission is checked, or none is known. */
export interface Runner {
  readonly user?: string;
  readonly principal?: Principal;
}

/** One run of one workflow. */
export interface Run {
  readonly workflow: Workflow;
  readonly trigger?: Trigger;
  readonly runner: Runner;
  readonly record?: Held;
  /** As the record was before the save; gone after a pause. */
  prior?: Row | Unknown;
  /** The record was created in the save that started it; no longer after a pause. */
  isNew: boolean;
  /** The record is being saved: what is set on it needs no save of its own. */
  readonly saving?: Saving;
  readonly inputs: ReadonlyMap<string, Value>;
  readonly variables: Map<string, Value>;
  readonly results: Map<string, Value>;
  /** Loops that are under way, outermost first. */
  readonly loops: Map<string, { readonly items: readonly Value[]; at: number }>;
  readonly visits: Map<string, number>;
  readonly skipped: Set<string>;
  error?: { readonly message: Text; readonly step: string };
  /** The error path of the whole workflow is under way. */
  handling: boolean;
  /** Workflows whose writes and calls led here, the first first; the last is this one. */
  readonly chain: readonly string[];
  /** Constants and formulas that are being computed: one that needs itself has no value. */
  readonly computing: Set<string>;
  /** Runs inside another step (a call, one way of a split), so a pause lets the clock go on at once. */
  readonly inside: boolean;
}

/** A save that is under way: before-phase workflows alter it. */
export interface Saving {
  readonly row: Row;
  /** Who set a field last: a step, or absent the one who saves. */
  readonly setBy: Map<string, { readonly run: Run; readonly step: string }>;
}

/** Something that goes on later. */
export interface Later {
  readonly at: number;
  readonly number: number;
  readonly go: () => void;
}

/** Waits for a signal or a condition that only something else can bring about. */
export interface Parked {
  readonly signal?: string;
  readonly arrived: () => boolean | undefined;
  readonly about: Text;
  readonly due?: number;
  readonly go: (late: boolean) => void;
}

/** Everything that one run of a sample has. */
export interface Sandbox {
  readonly project: Project;
  readonly sample: Sample;
  readonly store: Store;
  readonly choices: Choices;
  readonly zone: Zone;
  now: number;
  readonly user?: string;
  readonly trace: Traced[];
  written: Written[];
  mails: Mail[];
  readonly failures: Failure[];
  readonly ways: Went[];
  /** Why workflows that the event could have started were not: at the sample's own event only. */
  readonly idle: { readonly workflow: string; readonly because: Text }[];
  /** Runs that were started. */
  started: number;
  readonly later: Later[];
  readonly parked: Parked[];
  /** Workflow and record, where a record passes once. */
  readonly passed: Set<string>;
  steps: number;
  readonly maximumSteps: number;
  readonly spent: { steps: number };
  numbers: number;
  checkpoint: Checkpoint;
  /** The sample was made from the schema: what the schema does not know is unknown. */
  readonly madeUp: boolean;
  readonly engine: Engine;
}

/** How a run comes to an end. */
export type Ended = 'done' | 'paused';

/** What steps and saves need of each other. */
export interface Engine {
  /** Goes on from here to the end, to a pause, or to the step that `until` names. Throws `Failed` for what nothing handles. */
  readonly walk: (run: Run, to: string | undefined, until?: ReadonlySet<string>) => Ended;
}

/** What an error takes back on platforms that undo a transaction. */
export interface Checkpoint {
  readonly rows: ReturnType<Store['copy']>;
  readonly written: number;
  readonly mails: number;
}

/** One more step, or one more workflow that was asked whether it starts. */
export const spend = (box: Sandbox): void => {
  box.steps += 1;
  box.spent.steps += 1;
  if (box.steps > box.maximumSteps)
    throw new TooLong({
      en: `the dry run stopped after ${box.maximumSteps} steps`,
      ja: `${box.maximumSteps} ステップを超えたため、試行を打ち切りました`,
    });
};

export const answerFor = (box: Sandbox, step: string): Plain | undefined => box.sample.answers?.[step];
