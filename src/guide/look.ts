import type { Report } from '../model/report.ts';
import type { Aim, Area } from './area.ts';
import type { Engine } from './engine.ts';
import { tellStages } from './stages.ts';
import type { Talk } from './talk.ts';
import { Left } from './talk.ts';
import type { Walk } from './walk.ts';

/** What is needed to look at something and to mend it. */
export interface Work {
  readonly walk: Walk;
  readonly engine: Engine;
  readonly talk: Talk;
  readonly area: Area;
  readonly aim: Aim;
  readonly since: string | undefined;
  /** What was tried so far, in words, for whoever takes over. */
  readonly tried: string[];
}

/** What looking came to. */
export type Looked =
  | { readonly kind: 'looked'; readonly report: Report }
  | { readonly kind: 'refused'; readonly says: string };

interface KeptRun {
  readonly run?: string;
  readonly refused?: string;
}

/**
 * One run of the checks, told stage by stage; in a resumed session the report of then. `told`: the stages of these
 * checks only, and of the others what failed; the person has seen them before.
 */
export const look = async (
  { walk, engine, talk, area, aim }: Work,
  id: string,
  extra: readonly string[],
  { told }: { readonly told?: readonly string[] } = {},
): Promise<Looked> => {
  const { language } = engine;
  const argv = [...aim.command, ...extra];
  let fresh: Report | undefined;
  const work = async (): Promise<KeptRun> => {
    await engine.record({ kind: 'guide-step', step: id, says: `crm-doctor ${argv.join(' ')}` });
    const stages = area.stages.filter(
      ({ with: flag, checks }) =>
        (flag === undefined || argv.includes(flag)) && (told === undefined || checks.some((one) => told.includes(one))),
    );
    const telling = tellStages(stages, { talk, language, again: told !== undefined });
    const ran = await engine.run(argv, telling.listener);
    fresh = ran.kind === 'ran' ? ran.report : undefined;
    telling.end(fresh);
    if (ran.kind === 'refused') return { refused: ran.says };
    if (ran.report.run.interrupted) throw new Left(ran.report.run.interrupted);
    return { run: ran.report.run.id };
  };
  const kept = await walk.once(id, work);
  if (kept.run === undefined) return { kind: 'refused', says: kept.refused ?? '' };
  const report = fresh ?? (await engine.reportOf(kept.run));
  if (report) return { kind: 'looked', report };
  // The runbook was cleared meanwhile: what it held is looked at again.
  await work();
  return fresh ? { kind: 'looked', report: fresh } : { kind: 'refused', says: '' };
};
