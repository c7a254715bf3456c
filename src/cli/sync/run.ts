import { resolve } from 'node:path';
import type { SyncFlags } from '../../config/sync-flags.ts';
import type { Context } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import { openWorld } from '../open-world.ts';
import { perform } from '../session.ts';
import type { Task } from '../task.ts';
import { syncDryRun } from './dry-run.ts';
import { type OutputFlags, outputsOf } from './outputs.ts';
import { syncCheckIds } from './rows.ts';
import { crmsOf, syncTarget } from './target.ts';

export interface SyncCommandFlags extends SyncFlags, OutputFlags {
  readonly redact?: boolean;
  readonly offline?: boolean;
  readonly dryRun?: boolean;
}

export const compareRecords = async (
  named: readonly string[],
  flags: CommonFlags & SyncCommandFlags,
  context: Context,
  over: Partial<Pick<Task, 'keep' | 'present'>> = {},
): Promise<number> => {
  const target = await syncTarget(named, flags, context);
  const speaking = {
    ...context,
    language: flags.lang === undefined ? (target.language ?? context.language) : context.language,
  };
  const outputs = outputsOf(flags, target.subjects, context.io.cwd);
  if (flags.dryRun) {
    context.io.out.write(syncDryRun(target.subjects, speaking.language));
    return 0;
  }
  const [{ syncRun }, { refuseInputs }] = [await import('./compare-all.ts'), await import('./not-an-input.ts')];
  const reports = (flags.format ?? []).flatMap((word) => /=(.+)$/s.exec(word)?.[1] ?? []);
  const { cwd } = context.io;
  await refuseInputs(
    outputs,
    reports.map((file) => resolve(cwd, file)),
    target.subjects,
  );
  const crms = crmsOf(target.subjects);
  const opened = await openWorld(target.sources, { subjects: crms });
  try {
    const { code } = await perform(
      {
        command: 'sync',
        target: target.pair ?? target.subjects.map(({ name, label }) => name ?? label).join(', '),
        subjects: crms,
        sources: target.sources,
        offline: flags.offline === true,
        opened,
        work: syncRun(target, opened, { redact: flags.redact === true, outputs }),
        names: syncCheckIds,
        ...(target.runbook === undefined ? {} : { runbook: target.runbook }),
        timeoutMs: Number.POSITIVE_INFINITY,
        keep: true,
        ...over,
      },
      flags,
      speaking,
    );
    return code;
  } finally {
    await opened.crm.close();
  }
};
