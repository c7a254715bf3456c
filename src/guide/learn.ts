import { formatDate } from '../i18n/format.ts';
import type { Text } from '../model/text.ts';
import type { Met } from '../runbook/met.ts';
import type { AreaId, Engine } from './engine.ts';
import type { Lesson } from './lesson.ts';
import type { Choice } from './talk.ts';
import type { Walk } from './walk.ts';

const unsure: Choice = { value: 'unsure', name: { en: 'I do not know', ja: 'わからない' } };

/** The answers in an order that is the same each time and does not begin with the right one always. */
const shuffled = (right: string, wrong: readonly string[], seed: string): readonly Choice[] => {
  const sum = [...seed].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  const at = sum % (wrong.length + 1);
  const rows = [...wrong.slice(0, at), right, ...wrong.slice(at)];
  return [...rows.map((name, index) => ({ value: name === right ? 'right' : `wrong ${index}`, name })), unsure];
};

const asked = async (walk: Walk, id: string, message: Text, choices: readonly Choice[]): Promise<boolean> => {
  const answer = await walk.choose({
    id,
    message,
    more: {
      en: 'A question to remember it by. Nothing hangs on the answer, and nobody keeps a score.',
      ja: '覚えるための質問です。答えが間違っていても何も起こらず、採点もしません。',
    },
    choices,
  });
  const isRight = answer === 'right';
  if (isRight) walk.say({ kind: 'words', text: { en: 'Right.', ja: '正解です。' } });
  return isRight;
};

const sayWhatHappened = (walk: Walk, lesson: Lesson, at: number): void => {
  const { title, id, when, where, effects } = lesson;
  walk.say({ kind: 'title', text: { en: `Lesson ${at}: ${title}`, ja: `練習 ${at}: ${title}` } });
  walk.say({ kind: 'note', text: { en: 'About two minutes.', ja: '時間の目安は約 2 分です。' } });
  walk.say({
    kind: 'facts',
    rows: [
      { label: { en: 'When', ja: 'いつ' }, text: when },
      ...(where.length > 0 ? [{ label: { en: 'Where', ja: '対象' }, text: where }] : []),
      ...(effects.length > 0 ? [{ label: { en: 'What happened', ja: '何が起きたか' }, text: effects }] : []),
      { label: { en: 'Cause', ja: '原因' }, text: `${title}  [${id}]` },
    ],
  });
};

const sayWhy = (walk: Walk, { because, about, seen, run }: Lesson, isDemo: boolean): void => {
  walk.say({ kind: 'title', text: { en: 'Why it happened', ja: 'なぜ起きたか' } });
  if (because !== undefined) walk.say({ kind: 'words', text: because });
  if (about !== undefined && about !== because) walk.say({ kind: 'words', text: about });
  if (seen.length > 0) {
    walk.say({ kind: 'words', text: { en: 'This showed it:', ja: 'それを示した記録:' } });
    walk.say({ kind: 'quoted', lines: seen });
    // What a demo has written down is gone with it.
    if (!isDemo) walk.say({ kind: 'command', text: `crm-doctor runbook show ${run}` });
  }
  if (because !== undefined) return;
  walk.say({
    kind: 'note',
    text: {
      en: 'The full report of that run is not kept any more, or cannot be read here; the log still has its line.',
      ja: 'この検査のくわしいレポートは残っていないか、読み取れません。作業記録の 1 行だけが残っています。',
    },
  });
};

const sayMended = (walk: Walk, { id, mended, proof, steps }: Lesson, { language }: Engine): void => {
  walk.say({ kind: 'title', text: { en: 'What mended it', ja: '何で直ったか' } });
  if (mended) {
    const day = formatDate(mended.at, language);
    walk.say({
      kind: 'words',
      text: mended.earlier
        ? { en: `The time before (${day}): ${mended.says}`, ja: `その前に起きたとき（${day}）: ${mended.says}` }
        : { en: `${day}: ${mended.says}`, ja: `${day}: ${mended.says}` },
    });
  } else {
    walk.say({
      kind: 'words',
      text: {
        en: 'Nothing is written down about that. When it is mended, say how:',
        ja: '直した方法は記録されていません。直したら記録してください:',
      },
    });
    walk.say({ kind: 'command', text: `crm-doctor runbook solved ${id} "..."` });
  }
  if (proof !== undefined) {
    walk.say({
      kind: 'words',
      text: { en: `Tried out on a copy: ${proof}`, ja: `設定の写しで確かめた結果: ${proof}` },
    });
  }
  if (steps.length === 0) return;
  walk.say({ kind: 'words', text: { en: 'The steps of the report:', ja: 'レポートが示した手順:' } });
  walk.say({ kind: 'steps', steps });
};

const askAlike = async (walk: Walk, { id, title, lore }: Lesson, at: number): Promise<void> => {
  const [alike] = lore.alike;
  const wrong = lore.unlike.slice(0, 2);
  if (!alike || wrong.length < 2) return;
  const isRight = await asked(
    walk,
    `alike ${at}`,
    {
      en: `Which other cause looks the same from outside as "${title}"?`,
      ja: `「${title}」と、外からの見え方が似ている原因はどれですか？`,
    },
    shuffled(alike.title, wrong, id),
  );
  const told = lore.alike.slice(0, 3).map(
    ({ title: other, by }): Text => ({
      en: `${other} (told apart by ${by})`,
      ja: `${other}（${by} で見分けます）`,
    }),
  );
  if (!isRight) walk.say({ kind: 'words', text: { en: 'These look alike:', ja: '似ているのは次のものです:' } });
  walk.say({ kind: 'steps', steps: told });
};

const askNextTime = async (walk: Walk, { id, lore }: Lesson, at: number): Promise<void> => {
  walk.say({ kind: 'title', text: { en: 'Next time', ja: '次に早く気付くには' } });
  const wrong = lore.others.slice(0, 2);
  if (wrong.length > 0) {
    const isRight = await asked(
      walk,
      `next ${at}`,
      { en: 'Which command shows it?', ja: 'どのコマンドで気付けますか？' },
      shuffled(lore.command, wrong, `${id}?`),
    );
    if (!isRight) walk.say({ kind: 'words', text: { en: 'It is this one:', ja: '正解はこちらです:' } });
  } else walk.say({ kind: 'words', text: { en: 'This command shows it:', ja: '次のコマンドで気付けます:' } });
  walk.say({ kind: 'command', text: lore.command });
  walk.say({
    kind: 'words',
    text: {
      en: 'With these lines in crm-doctor.yaml, crm-doctor watch looks by itself and tells you:',
      ja: 'crm-doctor.yaml に次の設定を書くと、crm-doctor watch が自動で調べて知らせます:',
    },
  });
  walk.say({ kind: 'quoted', lines: lore.watch });
  walk.say({ kind: 'words', text: { en: 'All that is known of it:', ja: 'くわしい説明:' } });
  walk.say({ kind: 'command', text: `crm-doctor explain ${id}` });
};

const teach = async (
  walk: Walk,
  engine: Engine,
  lesson: Lesson,
  { at, isDemo }: { readonly at: number; readonly isDemo: boolean },
): Promise<void> => {
  sayWhatHappened(walk, lesson, at);
  sayWhy(walk, lesson, isDemo);
  await askAlike(walk, lesson, at);
  sayMended(walk, lesson, engine);
  await askNextTime(walk, lesson, at);
};

const demos: readonly { readonly value: AreaId; readonly name: Text }[] = [
  { value: 'mail', name: { en: 'Demo: mail that is not sent', ja: 'デモ: 送れないメール' } },
  { value: 'sync', name: { en: 'Demo: customer lists that differ', ja: 'デモ: 食い違う顧客一覧' } },
  { value: 'workflow', name: { en: 'Demo: a workflow that does nothing', ja: 'デモ: 動かないワークフロー' } },
];

const over: Choice = { value: 'end', name: { en: 'That is enough for today', ja: '今日はここまでにする' } };

const nameOf = ({ title, id, last, times }: Met, { language }: Engine): string => {
  const day = formatDate(last, language);
  const often = times === 1 ? '' : language === 'ja' ? `、${times} 回` : `, ${times} runs`;
  return language === 'ja' ? `${title ?? id}（${day}${often}）` : `${title ?? id} (${day}${often})`;
};

/** Short lessons from what was met here; where nothing was, from the demos. */
export const learnFlow = async (walk: Walk, engine: Engine): Promise<number> => {
  walk.say({ kind: 'title', text: { en: 'Learn from what happened', ja: '起きたことから学ぶ' } });
  const met = await walk.once('met', () => engine.met());
  walk.say({
    kind: 'words',
    text:
      met.length > 0
        ? {
            en: 'Short lessons made of the runs that this runbook holds: what happened, why, what mended it, and how to see it next time. Nothing is checked or changed.',
            ja: 'この作業記録に残っている検査から作った短い練習です。何が起き、なぜ起き、どう直り、次はどう気付くかを学びます。検査も変更も行いません。',
          }
        : {
            en: 'This runbook holds no problem yet, so the lessons are made of demos: made-up servers and data, run on this machine.',
            ja: 'この作業記録には、まだ問題の記録がありません。代わりに、この端末の中で動くデモ（見本のサーバーとデータ）から練習を作ります。',
          },
  });
  for (let at = 1; ; at += 1) {
    const choice = await walk.choose({
      id: `lesson ${at}`,
      message:
        at === 1
          ? { en: 'Which lesson?', ja: 'どの練習をしますか？' }
          : { en: 'Another one?', ja: 'もう 1 つ続けますか？' },
      more: {
        en: 'Each takes one to five minutes. You can stop at any time (Ctrl+C).',
        ja: '1 つあたり 1〜5 分です。いつでも中断できます (Ctrl+C)。',
      },
      choices: [
        ...met.map((one) => ({ value: `met ${one.id}`, name: nameOf(one, engine) })),
        ...demos.map(({ value, name }) => ({ value: `demo ${value}`, name })),
        over,
      ],
    });
    if (choice === 'end') break;
    const [kind = '', name = ''] = choice.split(' ');
    const found = met.find(({ id }) => id === name);
    const lesson = await walk.once(`taught ${at}`, () =>
      kind === 'met' && found
        ? engine.lesson(found)
        : engine.demoLesson(demos.find(({ value }) => value === name)?.value ?? 'mail'),
    );
    if (kind === 'demo') {
      walk.say({
        kind: 'note',
        text: {
          en: 'A demo: its servers and its data were made up, and nothing left this machine.',
          ja: 'これはデモです。サーバーもデータも見本で、外部とは通信していません。',
        },
      });
    }
    await teach(walk, engine, lesson, { at, isDemo: kind === 'demo' });
  }
  walk.say({ kind: 'words', text: { en: 'More to read:', ja: 'ほかに読めるもの:' } });
  walk.say({ kind: 'command', text: 'crm-doctor explain --topics' });
  return 0;
};
