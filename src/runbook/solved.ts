import type { Report } from '../model/report.ts';
import type { FoundCause, OpenCause, RecordOf, RunbookEvent, RunbookRecord, Step } from './record.ts';
import type { Runbook } from './runbook.ts';
import { areGood } from './seen.ts';
import { resolutionText } from './solutions.ts';
import { changeKey } from './undo.ts';

type Finished = RecordOf<'run-finished'>;

const mostOpen = 50;

const isSame = (one: Pick<FoundCause, 'cause' | 'mailbox'>, other: Pick<FoundCause, 'cause' | 'mailbox'>): boolean =>
  one.cause === other.cause && one.mailbox === other.mailbox;

/** What the run before had found or left open, each once. */
const pendingOf = (previous: Finished): readonly OpenCause[] => {
  const found = previous.causes.map(({ cause, mailbox, seen = [] }) => ({
    cause,
    ...(mailbox === undefined ? {} : { mailbox }),
    run: previous.run,
    at: previous.at,
    seen,
  }));
  const older = (previous.open ?? []).filter((one) => !found.some((newer) => isSame(one, newer)));
  return [...found, ...older].filter(({ seen }) => seen.length > 0);
};

/**
 * The causes of the runs before that this run no longer has: `gone` where the checks that had shown them are good now,
 * `open` where nobody has looked at them again to an end.
 */
export const comparedWith = (
  previous: Finished | undefined,
  { diagnoses, checks }: Pick<Report, 'diagnoses' | 'checks'>,
): { readonly gone: readonly OpenCause[]; readonly open: readonly OpenCause[] } => {
  const pending = previous ? pendingOf(previous).filter((one) => !diagnoses.some((now) => isSame(one, now))) : [];
  const isGone = ({ seen, mailbox }: OpenCause): boolean => areGood(seen, mailbox, checks);
  return { gone: pending.filter(isGone), open: pending.filter((one) => !isGone(one)).slice(0, mostOpen) };
};

const mostSteps = 10;

/** What was written down about the runs of one target, the latest first, as far back as the oldest of some runs. */
const recordsSince = async (
  runbook: Pick<Runbook, 'read'>,
  runs: ReadonlySet<string>,
): Promise<{ readonly records: readonly RunbookRecord[]; readonly ends: ReadonlyMap<string, number> }> => {
  const records: RunbookRecord[] = [];
  const ends = new Map<string, number>();
  for await (const record of runbook.read({ backward: true, mostBytes: 64 * 1024 * 1024 })) {
    if (record.kind === 'run-finished' && runs.has(record.run)) {
      ends.set(record.run, records.length);
      if (ends.size === runs.size) break;
    }
    if (['run-finished', 'change-done', 'undone', 'note', 'resolution'].includes(record.kind)) records.push(record);
  }
  return { records, ends };
};

/** The changes that are in force and the notes that go with the run that had the cause, or with a later one of its target. */
const stepsIn = (
  later: readonly RunbookRecord[],
  since: string,
  { command, target }: Pick<Report['run'], 'command' | 'target'>,
): readonly Step[] => {
  const runs = new Set([since]);
  for (const record of later) {
    if (record.kind === 'run-finished' && record.command === command && record.target === target) runs.add(record.run);
  }
  const undone = new Set<string>();
  const steps: Step[] = [];
  for (const record of later) {
    if (record.kind === 'undone') undone.add(changeKey(record));
    if (!('run' in record) || record.run === undefined || !runs.has(record.run)) continue;
    const { at } = record;
    if (record.kind === 'note') steps.push({ kind: 'note', at, text: record.text });
    if (record.kind === 'change-done' && !undone.has(changeKey(record))) {
      steps.push({ kind: 'change', at, where: record.where, change: record.change });
    }
  }
  return steps.slice(0, mostSteps).toReversed();
};

/** The records that say which causes went away, and after what; of one that a person has explained there is none. */
export const resolutionsOf = async (
  runbook: Pick<Runbook, 'read'>,
  { run }: Pick<Report, 'run'>,
  gone: readonly OpenCause[],
  now: string,
): Promise<readonly RunbookEvent[]> => {
  if (gone.length === 0) return [];
  const { records, ends } = await recordsSince(runbook, new Set(gone.map((one) => one.run)));
  return gone.flatMap(({ cause, mailbox, run: since, at }): readonly RunbookEvent[] => {
    const end = ends.get(since);
    // Too far back to know what happened in between.
    if (end === undefined) return [];
    const later = records.slice(0, end);
    if (later.some((one) => one.kind === 'resolution' && one.cause === cause && !one.since)) return [];
    const about = { run: since, at, steps: stepsIn(later, since, run) };
    return [
      {
        kind: 'resolution',
        run: run.id,
        cause,
        ...(mailbox === undefined ? {} : { mailbox }),
        ...(run.target === undefined ? {} : { target: run.target }),
        text: resolutionText({ at: now, text: '', since: about })[run.language],
        since: about,
      },
    ];
  });
};
