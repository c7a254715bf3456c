import { expect, test } from '@jest/globals';
import type { Engine } from '../../src/guide/engine.ts';
import { learnFlow } from '../../src/guide/learn.ts';
import { lessonOf } from '../../src/guide/lesson.ts';
import type { Block, Question, Talk } from '../../src/guide/talk.ts';
import { walkThrough } from '../../src/guide/walk.ts';
import type { Report } from '../../src/model/report.ts';
import { check, diagnosis, reportOf } from './reports.ts';

const met = {
  id: 'sync.unexplained',
  mailboxes: [],
  run: 'r',
  last: '2026-11-26T00:00:00Z',
  first: '2026-11-26T00:00:00Z',
  times: 1,
};
const lore = { alike: [], unlike: [], command: 'crm-doctor sync', others: [], watch: [] };

/** What is said in the lesson about it. */
const taught = async (report: Report | undefined): Promise<readonly string[]> => {
  const said: string[] = [];
  const wordsOf = (block: Block): readonly string[] => {
    if (block.kind === 'quoted') return block.lines;
    return 'text' in block ? [typeof block.text === 'string' ? block.text : block.text.en] : [];
  };
  const answers = [`met ${met.id}`, 'end'];
  const talk: Talk = {
    say: (block) => void said.push(...wordsOf(block)),
    ask: async ({ id }: Question) => {
      const value = answers.shift();
      if (value === undefined) throw new Error(`no answer to ${id}`);
      return { kind: 'answer', value };
    },
    wait: () => ({ now: () => {}, stop: () => {} }),
  };
  const engine: Pick<Engine, 'language' | 'met' | 'lesson'> = {
    language: 'en',
    met: async () => [met],
    lesson: async (one) => lessonOf(one, report, lore, undefined, 'en'),
  };
  // Only these are asked for on this way.
  await walkThrough((walk) => learnFlow(walk, engine as Engine), talk, {
    entries: [],
    keep: async () => {},
    recall: () => {},
    noWayBack: () => {},
  });
  return said;
};

const gone = 'The full report of that run is not kept any more, or cannot be read here; the log still has its line.';

test('what is only worth knowing is taught by its report as well', async () => {
  const noted = { ...diagnosis(met.id, 'sync.compare', ''), severity: 'info' as const, explanation: 'two of them' };
  const said = await taught(reportOf([check('sync.compare', '', 'warn')], [noted]));
  expect(said).toContain('two of them');
  expect(said).toContain('sync.compare: seen');
  expect(said).not.toContain(gone);
  // How it was mended is written down by a command that can be copied.
  expect(said).toContain('crm-doctor runbook solved sync.unexplained "..."');
});

test('only of a report that is gone it is said so', async () => {
  expect(await taught(undefined)).toContain(gone);
  const bare = { ...diagnosis(met.id, 'sync.compare', ''), evidence: [] };
  expect(await taught(reportOf([check('sync.compare', '', 'fail')], [bare]))).not.toContain(gone);
});
