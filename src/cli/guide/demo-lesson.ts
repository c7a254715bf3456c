import type { AreaId, Engine } from '../../guide/engine.ts';
import type { Lesson } from '../../guide/lesson.ts';
import { problemsOf } from '../../guide/problems.ts';
import type { Text } from '../../model/text.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import { openRunbook } from '../../runbook/runbook.ts';
import type { Context } from '../command.ts';
import type { GuideDemo } from './demo.ts';
import { scenarioFor, startDemo } from './demo.ts';
import { lessonFrom, metHere } from './lessons.ts';

/** The engine of a demo, which writes into its own runbook. */
type Opened = (demo: GuideDemo, runbook: Runbook) => Engine;

const silent = (): void => {};

const done: Text = {
  en: 'the steps below were taken in the demo, and the next run no longer found it',
  ja: 'デモの中で下の手順どおりに直し、次の検査では見つからなくなりました',
};

/**
 * Runs a demo to its end without questions, finds, mends and looks again, and makes a lesson of what its own runbook
 * then holds.
 */
export const demoLesson = async (area: AreaId, context: Context, open: Opened): Promise<Lesson> => {
  const { language } = context;
  const demo = await startDemo(await scenarioFor(true, area), language);
  try {
    const runbook = openRunbook(demo.state);
    const engine = open(demo, runbook);
    for (const [name, value] of Object.entries(demo.env)) engine.give(name, value);
    const ran = await engine.run(demo.aim.command, silent);
    if (ran.kind === 'refused') throw new Error(`the demo of ${area} does not run: ${ran.says}`);
    const [problem] = problemsOf(ran.report, language);
    if (problem && problem.change.length > 0 && demo.aim.file !== undefined) {
      await engine.apply(demo.aim.file, problem.change, ran.report.run.id);
    } else await demo.repair?.();
    const again = await engine.run(demo.aim.command, silent);
    const met = await metHere(runbook, language);
    const first = met.find(({ id }) => id === problem?.id) ?? met[0];
    if (!first) throw new Error(`the demo of ${area} found nothing to learn from`);
    const lesson = await lessonFrom(runbook, first, context);
    const isGone = again.kind === 'ran' && !problemsOf(again.report, language).some(({ id }) => id === lesson.id);
    const bare = (text: string): string => text.replaceAll(`${demo.directory}/`, '').replaceAll(demo.directory, '.');
    return {
      ...lesson,
      where: lesson.where.map(bare),
      // The log keeps resolutions of causes, not of rules of workflows.
      ...(lesson.mended === undefined && isGone
        ? { mended: { at: again.report.run.startedAt, says: done[language], earlier: false } }
        : {}),
    };
  } finally {
    await demo.stop();
  }
};
