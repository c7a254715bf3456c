import type { Report } from '../model/report.ts';
import type { Aim } from './area.ts';
import type { Work } from './look.ts';
import { again, apply } from './mend.ts';
import { passOn } from './pass-on.ts';
import type { Problem } from './problems.ts';
import { problemsOf, wentAlong } from './problems.ts';
import type { Choice } from './talk.ts';
import { changeRows, sayProblem } from './tell-problem.ts';

/** `gone`: mended and seen; `later`: left for another time. */
type End = { readonly kind: 'gone' | 'later'; readonly report: Report };

const menuFor = (
  problem: Problem,
  aim: Aim,
  { applied, repairable }: { applied: boolean; repairable: boolean },
): readonly Choice[] => {
  const can = problem.change.length > 0 && aim.file !== undefined && !applied;
  const owned = problem.owner === 'user' || problem.owner === 'crm-admin';
  const request: Choice = {
    value: 'text',
    name: { en: 'Write the text for the administrator', ja: '管理者に送る文章を作る' },
  };
  return [
    ...(can
      ? [{ value: 'apply', name: { en: 'Mend it (shows the change and asks)', ja: '直す（内容を確認してから変更）' } }]
      : []),
    ...(owned ? [] : [request]),
    ...(repairable && !can
      ? [
          {
            value: 'repair',
            name: { en: 'Demo: somebody has done the steps', ja: 'デモ: 手順どおりに直してもらったことにする' },
          },
        ]
      : []),
    { value: 'steps', name: { en: 'See the steps', ja: '直し方の手順を見る' } },
    { value: 'again', name: { en: 'Check again', ja: 'もう一度検査する' } },
    { value: 'seen', name: { en: 'See what was seen (replies, values)', ja: 'くわしい内容を見る（応答や実際の値）' } },
    ...(owned ? [request] : []),
    { value: 'later', name: { en: 'Later: go on', ja: 'あとにして先へ進む' } },
  ];
};

/** One problem, until it is gone or left for later. */
const solveOne = async (work: Work, problem: Problem, first: Report, at: string): Promise<End> => {
  const { walk, engine } = work;
  let report = first;
  let applied = false;
  sayProblem(work, problem, at);
  for (;;) {
    const choice = await walk.choose({
      id: 'next',
      message: { en: 'What next?', ja: '次にどうしますか？' },
      more: {
        en: '"Check again" looks only at what hangs on this problem. "Later" keeps it on the list that you get at the end.',
        ja: '「もう一度検査する」では、この問題に関係する項目だけを調べ直します。「あとにして先へ進む」を選んでも、最後の一覧に残ります。',
      },
      choices: menuFor(problem, work.aim, { applied, repairable: engine.repair !== undefined }),
    });
    switch (choice) {
      case 'steps':
        walk.say({ kind: 'steps', steps: problem.steps });
        for (const row of changeRows(problem.change, engine)) walk.say({ kind: 'note', text: row });
        break;
      case 'seen':
        walk.say({ kind: 'quoted', lines: problem.seen });
        if (problem.ruledOut.length > 0) {
          walk.say({ kind: 'note', text: { en: 'Ruled out:', ja: '除外した原因:' } });
          walk.say({ kind: 'quoted', lines: problem.ruledOut });
        }
        walk.say({ kind: 'command', text: `crm-doctor explain ${problem.id}` });
        break;
      case 'text':
        await passOn(work, problem, report);
        break;
      case 'apply': {
        const run = await apply(work, problem, report);
        if (run === undefined) break;
        applied = true;
        const after = await again(work, problem, report);
        if (after?.gone) return { kind: 'gone', report: after.report };
        if (after) report = after.report;
        break;
      }
      case 'repair':
      case 'again': {
        const { repair } = engine;
        if (choice === 'repair' && repair) await walk.once('repaired', repair, { final: true });
        const after = await again(work, problem, report);
        if (after?.gone) return { kind: 'gone', report: after.report };
        if (after) report = after.report;
        break;
      }
      default:
        return { kind: 'later', report };
    }
  }
};

/** What is left at the end. */
export interface Solved {
  readonly report: Report;
  readonly gone: readonly Problem[];
  readonly left: readonly Problem[];
}

/** Goes through the problems of a report one by one; what a mended one brings to light comes next. */
export const solve = async (work: Work, first: Report, already: readonly Problem[] = []): Promise<Solved> => {
  const { walk, engine } = work;
  const { language } = engine;
  const gone: Problem[] = [];
  const left: Problem[] = [];
  const known = new Set(already.map(({ key }) => key));
  let report = first;
  const fresh = (of: Report): readonly Problem[] => problemsOf(of, language).filter(({ key }) => !known.has(key));
  let queue = fresh(first);
  let number = 0;
  for (let problem = queue[0]; problem; problem = queue[0]) {
    known.add(problem.key);
    number += 1;
    const end = await solveOne(work, problem, report, `${number}/${number + queue.length - 1}`);
    (end.kind === 'gone' ? gone : left).push(problem);
    const rest = queue.slice(1);
    const along = end.report === report ? [] : rest.filter((one) => wentAlong(one, end.report, language));
    report = end.report;
    for (const one of along) {
      known.add(one.key);
      gone.push(one);
      const { title } = one;
      walk.say({
        kind: 'result',
        status: 'pass',
        title: { en: `Solved along with it: ${title}`, ja: `あわせて直りました: ${title}` },
      });
    }
    // Problems that were behind the mended one show only now.
    const now = fresh(report);
    const news = now.filter(({ key }) => !rest.some((one) => one.key === key)).length;
    if (news > 0) {
      walk.say({
        kind: 'words',
        text: {
          en: news === 1 ? 'One more problem has come to light.' : `${news} more problems have come to light.`,
          ja: `新たに ${news} 件の問題が見つかりました。`,
        },
      });
    }
    queue = [...now, ...rest.filter(({ key }) => !known.has(key) && !now.some((one) => one.key === key))];
  }
  return { report, gone, left };
};
