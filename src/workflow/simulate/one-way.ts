import type { Text } from '../../model/text.ts';
import type { Project } from '../../model/workflow/project.ts';
import type { PlainRecord, Sample } from '../../model/workflow/sample.ts';
import { semanticsOf } from '../../reason/workflow/semantics.ts';
import type { Choices } from './choices.ts';
import type { Zone } from './clock.ts';
import { momentOf, readWhen, writtenOffset } from './clock.ts';
import { happen, setUp } from './event.ts';
import type { Failure } from './failure.ts';
import { Failed, TooLong } from './failure.ts';
import type { Row } from './held.ts';
import { plainRecord } from './held.ts';
import type { Mail, Sandbox, Traced, Went, Written } from './sandbox.ts';
import { Refused } from './save.ts';
import { storeOf } from './store.ts';
import { settleParked } from './wait.ts';
import { walk } from './walk.ts';
import { join } from './words.ts';

/** What came of one way through a sample. */
export interface Outcome {
  readonly status: 'completed' | 'failed' | 'not-started' | 'unknown';
  readonly because?: Text;
  readonly steps: readonly Traced[];
  readonly record: PlainRecord | null;
  readonly written: readonly Written[];
  readonly mails: readonly Mail[];
  readonly failure?: Failure;
  readonly ways: readonly Went[];
}

const zoneOf = (project: Project, sample: Sample): Zone => {
  const { timeZone } = project.schema;
  return timeZone ?? (sample.at === undefined ? 0 : (writtenOffset(sample.at) ?? 0));
};

/** How far what the sample does not say counts as empty. */
export interface WayOptions {
  /** A made-up sample: fields that the schema does not list are not empty but unknown. */
  readonly madeUp?: boolean;
  /** Steps that a way may take; default 20,000. */
  readonly maximumSteps?: number;
  /** Counts the steps of all ways. */
  readonly spent?: { steps: number };
}

const defaultSteps = 20_000;

const sandboxOf = (project: Project, sample: Sample, choices: Choices, options: WayOptions): Sandbox => {
  const zone = zoneOf(project, sample);
  const at = sample.at === undefined ? undefined : readWhen(sample.at, zone);
  const store = storeOf(project.schema);
  const box: Sandbox = {
    project,
    sample,
    store,
    choices,
    zone,
    now: at ? momentOf(at, zone) : project.now.getTime(),
    ...(sample.user === undefined ? {} : { user: sample.user }),
    trace: [],
    written: [],
    mails: [],
    failures: [],
    ways: [],
    idle: [],
    started: 0,
    later: [],
    parked: [],
    passed: new Set(),
    steps: 0,
    numbers: 0,
    checkpoint: { rows: new Map(), written: 0, mails: 0 },
    madeUp: options.madeUp === true,
    maximumSteps: options.maximumSteps ?? defaultSteps,
    spent: options.spent ?? { steps: 0 },
    engine: { walk: (run, to, until) => walk(box, run, to, until) },
  };
  return box;
};

const markHere = (box: Sandbox): void => {
  box.checkpoint = { rows: box.store.copy(), written: box.written.length, mails: box.mails.length };
};

/** Runs a transaction; what nothing handles is noted, and taken back where the platform does so. */
const transaction = (box: Sandbox, act: () => void): void => {
  markHere(box);
  try {
    act();
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    box.failures.push(error.failure);
    const workflow = box.project.workflows.find(({ id }) => id === error.failure.workflow);
    if (workflow && semanticsOf(workflow.format).rollsBack) {
      box.store.restore(box.checkpoint.rows);
      box.written.length = box.checkpoint.written;
      box.mails.length = box.checkpoint.mails;
    }
  }
};

/** More than this goes on later only in a workflow that never ends. */
const maximumLater = 2000;

/** What waits, in the order of the virtual clock. */
const drain = (box: Sandbox): void => {
  for (let count = 0; count < maximumLater; count += 1) {
    const next = box.later.toSorted((one, other) => one.at - other.at || one.number - other.number)[0];
    if (next) {
      box.later.splice(box.later.indexOf(next), 1);
      box.now = Math.max(box.now, next.at);
      transaction(box, next.go);
    } else {
      if (box.parked.length === 0) return;
      transaction(box, () => {
        settleParked(box);
      });
    }
  }
  throw new TooLong({
    en: `the dry run stopped after ${maximumLater} waits`,
    ja: `待機が ${maximumLater} 回を超えたため、試行を打ち切りました`,
  });
};

const recordOf = (_box: Sandbox, row: Row | undefined): PlainRecord | null =>
  !row || row.gone ? null : plainRecord(row.values);

const idleBecause = (box: Sandbox): Text => {
  const told = box.idle.slice(0, 3);
  if (told.length === 0)
    return {
      en: `no active workflow starts on this event (${box.sample.event})`,
      ja: `このイベント（${box.sample.event}）で起動する有効なワークフローがありません`,
    };
  return join(
    told.map(({ workflow, because }) =>
      told.length === 1 ? because : { en: `${workflow}: ${because.en}`, ja: `${workflow}: ${because.ja}` },
    ),
    '; ',
    '、',
  );
};

/** One way through a sample, from its event until nothing is left to do. */
export const oneWay = (project: Project, sample: Sample, choices: Choices, options: WayOptions = {}): Outcome => {
  const box = sandboxOf(project, sample, choices, options);
  const row = setUp(box);
  let stopped: Text | undefined;
  let refused: Text | undefined;
  try {
    let unreadable: Text | undefined;
    transaction(box, () => {
      ({ unreadable } = happen(box, row));
    });
    stopped = unreadable;
    drain(box);
  } catch (error) {
    if (error instanceof Refused) refused = error.because;
    else if (error instanceof TooLong) stopped = error.why;
    else throw error;
  }
  const [failure] = box.failures;
  const rest = { steps: box.trace, record: recordOf(box, row), written: box.written, mails: box.mails, ways: box.ways };
  if (failure) return { status: 'failed', failure, ...rest };
  if (stopped) return { status: 'unknown', because: stopped, ...rest };
  if (refused) return { status: 'not-started', because: refused, ...rest };
  if (box.started === 0) return { status: 'not-started', because: idleBecause(box), ...rest };
  return { status: 'completed', ...rest };
};
