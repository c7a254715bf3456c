import { valueWord } from '../i18n/value-word.ts';
import type { Change } from '../model/config.ts';
import type { CheckReport, Report } from '../model/report.ts';
import type { Text } from '../model/text.ts';
import { nameOf } from '../report/grouping.ts';
import { ownerWords, statusWords } from '../report/words.ts';
import type { Aim, Area } from './area.ts';
import type { Engine } from './engine.ts';
import type { Problem } from './problems.ts';
import { problemsOf } from './problems.ts';
import { settingWords } from './setting-words.ts';
import { tellStages } from './stages.ts';
import type { Choice, Talk } from './talk.ts';
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

const onlyFlags = (ids: readonly string[]): readonly string[] => (ids.length === 0 ? [] : ['--only', ...ids]);

const sayProblem = ({ walk, area }: Work, problem: Problem, at: string): void => {
  const { status, title, id, effects, because, certainty, owner, proof, before } = problem;
  walk.say({ kind: 'title', text: { en: `Problem ${at}`, ja: `問題 ${at}` } });
  walk.say({ kind: 'result', status, title: `${title}  [${id}]` });
  const mendable = owner === 'user';
  walk.say({
    kind: 'facts',
    rows: [
      ...(effects.length > 0
        ? [
            {
              label: area.id === 'mail' ? { en: 'What happens', ja: '何が起きているか' } : { en: 'Where', ja: '対象' },
              text: effects,
            },
          ]
        : []),
      { label: { en: `Cause (${certainty})`, ja: `原因（${certainty}）` }, text: because },
      {
        label: { en: 'Who can mend it', ja: '直せる人' },
        text: {
          en: mendable ? 'you' : ownerWords[owner].en,
          ja: mendable ? 'あなた' : ownerWords[owner].ja,
        },
      },
      ...(proof === undefined ? [] : [{ label: { en: 'Tried out', ja: '確かめた結果' }, text: proof }]),
      ...(before === undefined ? [] : [{ label: { en: 'Last time', ja: '前回の解決方法' }, text: before }]),
    ],
  });
};

const changeRows = (change: readonly Change[], { language }: Engine): readonly Text[] =>
  change.map(({ path, from, to }) => {
    const name = settingWords(path);
    const side = (value: Change['from'], which: 'from' | 'to'): string => valueWord(value, which, language);
    const line = `${side(from, 'from')} → ${side(to, 'to')}`;
    return { en: `${name.en}: ${line}`, ja: `${name.ja}: ${line}` };
  });

/** Statuses of the same check in two runs, where they are not the same. */
const sayDifference = ({ walk }: Work, before: Report, after: Report): void => {
  const key = ({ id, mailbox, target }: CheckReport): string => JSON.stringify([id, mailbox, target.split(' ')[0]]);
  const known = new Map(before.checks.map((check) => [key(check), check.status]));
  const rows = after.checks.flatMap((check) => {
    const was = known.get(key(check));
    return was === undefined || was === check.status ? [] : [{ check, was }];
  });
  walk.say({ kind: 'title', text: { en: 'Before and after', ja: '直す前と後' } });
  if (rows.length === 0) {
    walk.say({ kind: 'words', text: { en: 'Every check came out as before.', ja: '検査の結果は前と同じです。' } });
    return;
  }
  const word = (status: CheckReport['status']): Text => statusWords[status];
  walk.say({
    kind: 'table',
    head: [
      { en: 'Check', ja: '検査' },
      { en: 'Before', ja: '前' },
      { en: 'After', ja: '後' },
    ],
    rows: rows.map(({ check, was }) => [nameOf(check), word(was), word(check.status)]),
  });
};

/** `gone`: mended and seen; `later`: left for another time. */
type End = { readonly kind: 'gone' | 'later'; readonly report: Report };

/** A change of settings that no file of ours holds is made by a person, in the CRM. */
const isOurs = (change: readonly Change[]): boolean =>
  change.length > 0 && change.every(({ path }) => path.startsWith('mail'));

const apply = async (work: Work, problem: Problem, report: Report): Promise<string | undefined> => {
  const { walk, engine, aim, tried } = work;
  const { file } = aim;
  const rows = changeRows(problem.change, engine);
  if (file === undefined) return undefined;
  const ours = isOurs(problem.change);
  const prepared = ours ? await engine.prepare(file, problem.change) : undefined;
  if (prepared?.kind === 'refused') {
    walk.say({ kind: 'result', status: 'fail', title: prepared.text });
    return undefined;
  }
  walk.say({ kind: 'words', text: { en: 'This would change:', ja: '変更する内容:' } });
  walk.say({ kind: 'steps', steps: rows });
  if (prepared && !aim.draft) walk.say({ kind: 'quoted', lines: prepared.lines });
  const agreed = await walk.choose({
    id: 'apply',
    message: ours
      ? aim.draft
        ? { en: 'Go on with these settings?', ja: 'この設定に変更して続けますか？' }
        : { en: `Write this into ${file}?`, ja: `${file} に書き込みますか？` }
      : { en: 'Write this into the CRM?', ja: 'CRM に書き込みますか？' },
    more: {
      en: 'The old settings are kept and can be put back.',
      ja: '変更前の設定は残しておき、いつでも元に戻せます。',
    },
    choices: [
      { value: 'yes', name: { en: 'Yes', ja: 'はい' } },
      { value: 'no', name: { en: 'No', ja: 'いいえ' } },
    ],
  });
  if (agreed === 'no') return undefined;
  const run = report.run.id;
  const done = await walk.once(
    'applied',
    async () => {
      await engine.record({ kind: 'guide-step', step: 'apply', run, says: rows.map(({ en }) => en).join('; ') });
      return ours ? engine.apply(file, problem.change, run) : engine.applyToCrm(aim.command);
    },
    { final: true },
  );
  if (done.kind === 'refused') {
    walk.say({ kind: 'result', status: 'fail', title: done.text });
    return undefined;
  }
  for (const row of rows) tried.push(row[engine.language]);
  walk.say({
    kind: 'result',
    status: 'pass',
    title:
      ours && aim.draft
        ? { en: 'The settings were changed here.', ja: '検査に使う設定を変更しました。' }
        : { en: 'It was changed.', ja: '変更しました。' },
    below: [{ en: 'To put it back: crm-doctor runbook undo', ja: '元に戻すには: crm-doctor runbook undo' }],
  });
  if (ours && aim.draft && !aim.found) {
    walk.say({
      kind: 'words',
      text: {
        en: 'Now make the same change on the mail settings of the CRM itself:',
        ja: '同じ変更を、CRM のメール設定画面でも行ってください:',
      },
    });
    walk.say({ kind: 'steps', steps: rows });
  }
  return run;
};

/** Only what hangs on the problem, once more; then what it was before and what it is now. */
const again = async (
  work: Work,
  problem: Problem,
  before: Report,
): Promise<{ readonly report: Report; readonly gone: boolean } | undefined> => {
  const looked = await look(work, 'check again', onlyFlags(problem.checks), { told: [] });
  const { walk, engine, tried } = work;
  if (looked.kind === 'refused') {
    walk.say({ kind: 'result', status: 'fail', title: looked.says });
    return undefined;
  }
  sayDifference(work, before, looked.report);
  const gone = !problemsOf(looked.report, engine.language).some(({ key }) => key === problem.key);
  walk.say(
    gone
      ? {
          kind: 'result',
          status: 'pass',
          title: { en: `Solved: ${problem.title}`, ja: `直りました: ${problem.title}` },
        }
      : {
          kind: 'result',
          status: problem.status,
          title: { en: `Still there: ${problem.title}`, ja: `まだ直っていません: ${problem.title}` },
        },
  );
  tried.push(
    engine.language === 'ja'
      ? `もう一度検査: ${gone ? '直った' : '変わらず'} [${problem.id}]`
      : `checked again: ${gone ? 'solved' : 'no change'} [${problem.id}]`,
  );
  return { report: looked.report, gone };
};

const handOver = async ({ walk, engine, since, tried }: Work, problem: Problem, report: Report): Promise<void> => {
  const { subject, body } = await walk.once('text', () =>
    engine.handOver(report, { tried, cause: problem.id, ...(since === undefined ? {} : { since }) }),
  );
  walk.say({ kind: 'words', text: { en: 'To be copied into a mail:', ja: 'メールに貼り付けて使えます:' } });
  walk.say({ kind: 'quoted', lines: [subject, '', ...body.split('\n')] });
  const keep = await walk.choose({
    id: 'keep text',
    message: { en: 'Keep it as a file?', ja: 'ファイルに保存しますか？' },
    choices: [
      { value: 'yes', name: { en: 'Yes', ja: 'はい' } },
      { value: 'no', name: { en: 'No', ja: 'いいえ' } },
    ],
  });
  if (keep === 'no') return;
  const file = await walk.once('kept text', () => engine.keepText('crm-doctor-request.txt', `${subject}\n\n${body}\n`));
  walk.say(
    file === undefined
      ? {
          kind: 'result',
          status: 'fail',
          title: { en: 'It could not be written here.', ja: 'ここには書き込めませんでした。' },
        }
      : { kind: 'result', status: 'pass', title: { en: `Written: ${file}`, ja: `保存しました: ${file}` } },
  );
};

const menuFor = (problem: Problem, aim: Aim, applied: boolean): readonly Choice[] => {
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
      choices: menuFor(problem, work.aim, applied),
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
        await handOver(work, problem, report);
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
      case 'again': {
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
  const { language } = work.engine;
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
    report = end.report;
    // Problems that were behind the mended one show only now.
    queue = [...fresh(end.report), ...queue.slice(1).filter(({ key }) => !known.has(key))].filter(
      ({ key }, at, all) => all.findIndex((one) => one.key === key) === at,
    );
  }
  return { report, gone, left };
};
