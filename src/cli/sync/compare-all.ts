import { allSyncCauses } from '../../../checks/all-sync-causes.ts';
import type { Report } from '../../model/report.ts';
import { statusOf, summaryOf } from '../../model/report.ts';
import type { SourceKit } from '../../model/sync/source.ts';
import { globMatcher } from '../../plan/glob.ts';
import { Ended } from '../../run/run.ts';
import type { MailRun } from '../mail-run-task.ts';
import type { OpenWorld } from '../open-world.ts';
import { compareOne } from './compare-one.ts';
import type { ComparedOne } from './comparing.ts';
import type { Outputs } from './outputs.ts';
import { printable } from './printable.ts';
import { privateDirectory } from './private-directory.ts';
import { syncCheckIds } from './rows.ts';
import type { SyncTarget } from './target.ts';

const exitCodeOf = (status: Report['status'], failOn: 'warn' | 'fail'): number => {
  switch (status) {
    case 'fail':
      return 1;
    case 'warn':
      return failOn === 'warn' ? 1 : 0;
    case 'unknown':
    case 'error':
      return 3;
    case 'pass':
      return 0;
  }
};

/** Failed checks that no cause explains. */
const unexplainedOf = ({ checks, diagnoses }: ComparedOne): readonly string[] =>
  checks.flatMap(({ id, target, status }) =>
    status === 'fail' && !(id === 'sync.compare' && diagnoses.length > 0) ? [`${id} ${target}`.trim()] : [],
  );

/** Every comparison of a target, one after the other, in one report. */
export const syncRun =
  (
    target: Pick<SyncTarget, 'subjects' | 'commandFor'>,
    opened: Pick<OpenWorld, 'secrets' | 'crm'>,
    { redact, outputs = { format: 'csv' } }: { readonly redact: boolean; readonly outputs?: Outputs },
  ) =>
  async (run: MailRun): Promise<Report> => {
    const { language, world, signal, listener, selection, failOn } = run;
    const startedAt = world.clock.now();
    const start = performance.now();
    const only = globMatcher(selection.only);
    const skip = globMatcher(selection.skip);
    const wanted = (id: string): boolean => (selection.only.length === 0 || only(id)) && !skip(id);
    const secret: SourceKit['secret'] = (ref) => (ref === undefined ? undefined : opened.secrets.reveal(ref));
    const ids = target.subjects.flatMap(({ config }) => [
      // A row for each side, and one for a key that is still to be found.
      ...(config.key.left.length > 0 ? ['sync.sources'] : ['sync.sources', 'sync.sources']),
      ...syncCheckIds.filter((id) => id === 'sync.sources' || wanted(id)),
    ]);
    listener({ kind: 'planned', checks: ids.length, ids });
    const all: ComparedOne[] = [];
    for (const subject of target.subjects) {
      const directory = privateDirectory();
      try {
        all.push(
          await compareOne(subject, {
            kit: { secret, directory: directory.path, printable },
            crm: opened.crm,
            causes: allSyncCauses,
            wanted,
            named: (id) => selection.only.length > 0 && only(id),
            now: startedAt.getTime(),
            language,
            redact,
            outputs,
            offline: selection.offline,
            command: target.commandFor(subject),
            listener,
            signal,
          }),
        );
      } finally {
        await directory.remove();
      }
    }
    const checks = all.flatMap((one) => one.checks);
    const comparisons = all.flatMap(({ comparison }) => comparison ?? []);
    const [comparison] = comparisons;
    const status = statusOf(checks);
    const reason: unknown = signal.aborted ? signal.reason : undefined;
    const interrupted = reason instanceof Ended && reason.why !== 'deadline' ? reason.why : undefined;
    return {
      schema: 'crm-doctor/report/v1',
      tool: { name: 'crm-doctor', version: run.version },
      run: {
        id: run.id,
        command: run.command,
        target: run.target,
        startedAt: startedAt.toISOString(),
        durationMs: Math.round(performance.now() - start),
        language,
        ...(interrupted ? { interrupted } : {}),
      },
      status,
      summary: summaryOf(checks),
      checks,
      diagnoses: all.flatMap(({ diagnoses }) => diagnoses),
      unexplained: all.flatMap(unexplainedOf),
      prevention: [],
      ...(comparison && target.subjects.length === 1 ? { comparison } : {}),
      ...(target.subjects.length > 1 ? { comparisons } : {}),
      exitCode: interrupted === 'SIGINT' ? 130 : interrupted === 'SIGTERM' ? 143 : exitCodeOf(status, failOn),
    };
  };
