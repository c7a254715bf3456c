import { afterAll, expect, test } from '@jest/globals';
import type { Language } from '../../src/model/text.ts';
import { personAt } from './person.ts';

/** What a beginner chooses, by the beginning of the question. */
const choices: Readonly<Record<Language, readonly (readonly [question: string, choice: string])[]>> = {
  en: [
    ['What do you see', 'I do not know: look at everything'],
    ['Go on with these settings', 'Yes'],
    ['Write this into', 'Yes'],
    ['Send one test message', 'Yes'],
    ['Keep it as a file', 'Yes'],
    ['Write the differing records', 'No'],
  ],
  ja: [
    ['どのような状態', 'わからない（すべて調べる）'],
    ['この設定に変更して', 'はい'],
    ['に書き込みますか', 'はい'],
    ['自分宛てにテストメール', 'はい'],
    ['ファイルに保存しますか', 'はい'],
    ['違いのあるレコード', 'いいえ'],
  ],
};

const words = {
  en: {
    next: 'What next',
    mend: 'Mend it (shows the change and asks)',
    text: 'Write the text for the administrator',
    repaired: 'Demo: somebody has done the steps',
    solved: 'Solved:',
    request: 'crm-doctor-request.txt',
  },
  ja: {
    next: '次にどうしますか',
    mend: '直す（内容を確認してから変更）',
    text: '管理者に送る文章を作る',
    repaired: 'デモ: 手順どおりに直してもらったことにする',
    solved: '直りました:',
    request: 'crm-doctor-request.txt',
  },
} as const;

type Person = ReturnType<typeof personAt>;

/** Plays a demo with the arrow keys and Enter alone: to the proven fix where there is one, else to the text for somebody else. */
const play = async (person: Person, language: Language): Promise<number> => {
  const say = words[language];
  let written = false;
  for (;;) {
    const asked = await person.question();
    if (asked === undefined) return person.ended;
    const known = choices[language].find(([question]) => asked.includes(question));
    if (known) await person.choose(known[1]);
    else if (asked.startsWith(say.next)) {
      const canMend = person
        .text()
        .slice(person.text().lastIndexOf(asked))
        .replace(/\s+/g, '')
        .includes(say.mend.replace(/\s+/g, ''));
      await person.choose(canMend ? say.mend : written ? say.repaired : say.text);
      written = !canMend;
    } else throw new Error(`not expected: ${asked}\n${person.text()}`);
  }
};

const people: Person[] = [];
afterAll(() => {
  for (const person of people) person.leave();
});

const demos: readonly (readonly [name: string, end: 'solved' | 'handed over'])[] = [
  ['wrong-security', 'solved'],
  ['username-form', 'solved'],
  ['folder-missing', 'solved'],
  ['sender-mismatch', 'solved'],
  ['crm-settings', 'solved'],
  ['certificate-expired', 'handed over'],
  ['mailbox-full', 'handed over'],
  ['customer-list', 'handed over'],
  ['silent-workflow', 'handed over'],
];

const sizes = [80, 40, 120] as const;

/** Each in one language and one width; with ALL_DEMOS=1 each in both and in all three, which takes six times as long. */
const plays = demos.flatMap(([name, end], at) =>
  process.env.ALL_DEMOS
    ? (['ja', 'en'] as const).flatMap((language) => sizes.map((columns) => [name, language, columns, end] as const))
    : [[name, at % 2 === 0 ? 'ja' : 'en', sizes[at % sizes.length] ?? 80, end] as const],
);

test.each(plays)(
  'a beginner plays %s in %s on %i columns to its end: %s',
  async (name, language, columns, end) => {
    const person = personAt({ argv: ['--demo', name], language, columns });
    people.push(person);
    const code = await play(person, language);
    const text = person.text();
    expect(person.tooWide()).toEqual([]);
    // Lines are broken where the screen ends.
    expect(text.replace(/\s+/g, '')).toContain(words[language].solved.replace(/\s+/g, ''));
    if (end === 'handed over') expect(text).toContain(words[language].request);
    expect(code).toBe(0);
  },
  300_000,
);
