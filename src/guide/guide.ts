import type { Report } from '../model/report.ts';
import type { Text } from '../model/text.ts';
import type { Aim, Area } from './area.ts';
import { ending } from './ending.ts';
import type { Engine, Start } from './engine.ts';
import { learnFlow } from './learn.ts';
import type { Work } from './look.ts';
import { look } from './look.ts';
import { mailArea } from './mail.ts';
import type { Problem } from './problems.ts';
import { problemsOf } from './problems.ts';
import { askSince } from './since.ts';
import type { Solved } from './solve.ts';
import { solve } from './solve.ts';
import { syncArea } from './sync.ts';
import type { Talk } from './talk.ts';
import type { Walk } from './walk.ts';
import { workflowArea } from './workflow.ts';

const areas: readonly Area[] = [mailArea, syncArea, workflowArea];

/** What a demo gives a beginner to answer with. */
export interface Hints {
  readonly title: Text;
  readonly story: Text;
}

export interface Asked {
  readonly area?: Start;
  readonly hints?: Hints;
  /** The demo knows what is to be looked at. */
  readonly aim?: Aim;
}

const greet = (walk: Walk, { hints }: Asked): void => {
  walk.say({ kind: 'title', text: { en: 'crm-doctor guide', ja: 'crm-doctor ガイド' } });
  walk.say({
    kind: 'words',
    text: {
      en: 'Finds out step by step why your CRM does not work as it should. It takes about three minutes. Nothing is changed and nothing is sent without asking you first.',
      ja: 'CRM がうまく動かない原因を、順に調べます。時間の目安は約 3 分です。確認なしに設定を変えたり、メールを送ったりすることはありません。',
    },
  });
  walk.say({
    kind: 'note',
    text: {
      en: 'You can stop at any time (Ctrl+C). Your answers are kept, passwords are not: crm-doctor guide --resume goes on.',
      ja: 'いつでも中断できます (Ctrl+C)。回答は保存され（パスワードは除く）、crm-doctor guide --resume で続きから再開できます。',
    },
  });
  if (!hints) return;
  walk.say({ kind: 'title', text: hints.title });
  walk.say({ kind: 'words', text: hints.story });
};

const chosenArea = async (walk: Walk, { area }: Asked): Promise<Area | 'learn'> => {
  const id =
    area ??
    (await walk.choose({
      id: 'area',
      message: { en: 'What is it about?', ja: '何について困っていますか？' },
      more: {
        en: 'If you are not sure, begin with the mail: most connections of a CRM show their faults there first.',
        ja: '迷う場合はメールから始めてください。CRM の連携の問題は、メールに表れることが多いためです。',
      },
      choices: [...areas.map(({ id: value, name, about }) => ({ value, name, about })), learning],
    }));
  if (id === 'learn') return 'learn';
  return areas.find((one) => one.id === id) ?? mailArea;
};

const learning = {
  value: 'learn',
  name: { en: 'Nothing now: learn from what happened', ja: '今は困っていない（起きたことから学ぶ）' },
  about: {
    en: 'Short lessons made of the problems in this runbook, or of demos.',
    ja: '作業記録に残っている問題やデモから作った、短い練習です。',
  },
} as const;

/** An error text says more than a symptom; what it speaks of is told before anything is looked at. */
const pastedError = async (walk: Walk, engine: Engine): Promise<void> => {
  const text = await walk.text({
    id: 'message',
    message: { en: 'Paste the error message', ja: 'エラーメッセージを貼り付けてください' },
    empty: { en: 'I do not have it at hand', ja: '手元にない' },
  });
  if (text.trim() === '') return;
  const found = await walk.once('message causes', () => engine.causesOf(text));
  if (found.length === 0) {
    walk.say({
      kind: 'words',
      text: {
        en: 'This message is not known. What is behind it is looked for by the checks.',
        ja: 'このメッセージは登録されていません。検査で原因を調べます。',
      },
    });
    return;
  }
  walk.say({ kind: 'words', text: { en: 'This message speaks of:', ja: 'このメッセージから考えられること:' } });
  for (const { cause, title, about } of found) {
    walk.say({ kind: 'result', status: 'unknown', title: `${title}  [${cause}]`, below: [about] });
  }
  walk.say({
    kind: 'words',
    text: { en: 'Whether it is so is shown by the checks.', ja: '実際にそうなのかを、検査で確かめます。' },
  });
};

const sayVerdict = (walk: Walk, engine: Engine, report: Report): void => {
  const problems = problemsOf(report, engine.language);
  const unclear = report.checks.filter(({ status }) => status === 'unknown' || status === 'error').length;
  walk.say({ kind: 'title', text: { en: 'Result', ja: '結果' } });
  const count = problems.length;
  if (count > 0) {
    walk.say({
      kind: 'result',
      status: report.status === 'fail' ? 'fail' : 'warn',
      title: {
        en: count === 1 ? 'One problem was found.' : `${count} problems were found.`,
        ja: `問題が ${count} 件見つかりました。`,
      },
      below: problems.map(({ title }) => title),
    });
    return;
  }
  if (report.unexplained.length > 0) {
    walk.say({
      kind: 'result',
      status: 'fail',
      title: {
        en: 'Something fails, and the reason is not known.',
        ja: '失敗している項目がありますが、原因を特定できませんでした。',
      },
      below: report.unexplained,
    });
    return;
  }
  if (unclear > 0) {
    walk.say({
      kind: 'result',
      status: 'unknown',
      title: {
        en: 'Nothing wrong was found, but not everything could be looked at.',
        ja: '異常は見つかりませんでしたが、確認できなかった項目があります。',
      },
    });
    return;
  }
  walk.say({
    kind: 'result',
    status: 'pass',
    title: { en: 'Nothing wrong was found here.', ja: 'ここまでの検査では異常は見つかりませんでした。' },
  });
};

/** First what shows the symptom, then, with a yes, the rest. */
const lookAndSolve = async (work: Work): Promise<Solved | 'refused'> => {
  const { walk, engine, aim } = work;
  const only = aim.first.length === 0 ? [] : ['--only', ...aim.first];
  const first = await look(work, 'check', only);
  if (first.kind === 'refused') {
    walk.say({ kind: 'result', status: 'fail', title: first.says });
    return 'refused';
  }
  sayVerdict(walk, engine, first.report);
  const solved = await solve(work, first.report);
  if (aim.first.length === 0) return solved;
  const more = await walk.choose({
    id: 'rest',
    message: { en: 'Look at everything else too?', ja: '残りの項目も検査しますか？' },
    more: {
      en: 'Only what shows your symptom was looked at so far. The rest takes a few seconds.',
      ja: 'ここまでは、お困りの内容に関係する項目だけを調べました。残りは数秒で終わります。',
    },
    choices: [
      { value: 'yes', name: { en: 'Yes', ja: 'はい' } },
      { value: 'no', name: { en: 'No', ja: 'いいえ' } },
    ],
  });
  if (more === 'no') return solved;
  const whole = await look(work, 'check all', []);
  if (whole.kind === 'refused') return solved;
  sayVerdict(walk, engine, whole.report);
  const already: readonly Problem[] = [...solved.left];
  const rest = await solve(work, whole.report, already);
  return { report: rest.report, gone: [...solved.gone, ...rest.gone], left: [...already, ...rest.left] };
};

/** The whole way, from the greeting to the exit code. */
export const guideFlow =
  (engine: Engine, talk: Talk, asked: Asked) =>
  async (walk: Walk): Promise<number> => {
    if (asked.area === 'learn') return learnFlow(walk, engine);
    greet(walk, asked);
    const area = await chosenArea(walk, asked);
    if (area === 'learn') return learnFlow(walk, engine);
    const symptom = await walk.choose({
      id: 'symptom',
      message: { en: 'What do you see?', ja: 'どのような状態ですか？' },
      choices: area.symptoms,
    });
    const since = asked.hints ? undefined : await askSince(walk, engine.language);
    if (symptom === 'message') await pastedError(walk, engine);
    const aim = asked.aim ?? (await area.prepare(walk, engine, symptom));
    const work: Work = { walk, engine, talk, area, aim, since, tried: [] };
    const solved = await lookAndSolve(work);
    if (solved === 'refused') return walk.back();
    return ending(work, solved);
  };
