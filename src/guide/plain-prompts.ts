import type { Language, Text } from '../model/text.ts';
import type { Layout } from './layout.ts';
import type { Lines } from './lines.ts';
import type { Choice, ChoiceQuestion, Question, SecretQuestion, TextQuestion } from './talk.ts';

/** What an answer can be besides one. */
export interface Keys {
  readonly more: string;
  readonly back: string;
  readonly leave: string;
}

interface Plain {
  readonly language: Language;
  readonly lines: Lines;
  readonly layout: () => Layout;
  readonly write: (lines: readonly string[]) => void;
  readonly keys: Keys;
}

const texts = {
  number: { en: 'Number, then Enter:', ja: '番号を入力して Enter:' },
  answer: { en: 'Answer, then Enter:', ja: '入力して Enter:' },
  hidden: { en: 'Answer (not shown), then Enter:', ja: '入力して Enter（表示されません）:' },
  explains: { en: '? explains', ja: '? で説明' },
  back: { en: '< goes back', ja: '< で前の質問に戻る' },
  stops: { en: 'q stops', ja: 'q で中断' },
  needed: { en: 'An answer is needed.', ja: '入力してください。' },
  enter: { en: 'Enter alone', ja: 'Enter だけ' },
} as const satisfies Readonly<Record<string, Text>>;

/** Questions for a screen reader: read out once from top to bottom, answered with a line; nothing moves or is drawn over. */
export const plainPrompts = ({ language, lines, layout, write, keys }: Plain) => {
  const say = (text: string): void => write(layout().lines({ kind: 'words', text }));
  const words = (text: Choice['name']): string => layout().words(text);
  const joined = (parts: readonly string[]): string => parts.join(language === 'ja' ? '、' : ', ');
  const keyOf = (typed: string): string | undefined => {
    const key = typed.normalize('NFKC').trim();
    return key === '?' ? keys.more : key === '<' ? keys.back : undefined;
  };
  const tips = (back: boolean, more: readonly Text[] = []): string =>
    joined([texts.explains, ...(back ? [texts.back] : []), ...more].map((text) => text[language]));

  const choose = async (question: ChoiceQuestion, back: boolean): Promise<string> => {
    const { choices, message } = question;
    say(words(message));
    choices.forEach(({ name, about }, at) => {
      const more = about === undefined ? '' : language === 'ja' ? `（${words(about)}）` : ` (${words(about)})`;
      say(`${at + 1}. ${words(name)}${more}`);
    });
    say(tips(back, [texts.stops]));
    for (;;) {
      const next = await lines.next({ hidden: false, ask: () => say(texts.number[language]) });
      const typed = next.normalize('NFKC').trim();
      const key = keyOf(typed);
      if (key !== undefined) return key;
      if (/^q$/i.test(typed)) return keys.leave;
      const choice = /^\d{1,3}$/.test(typed) ? choices[Number(typed) - 1] : undefined;
      if (choice) {
        say(words(choice.name));
        return choice.value;
      }
      const most = choices.length;
      say(
        { en: `A number from 1 to ${most} is needed.`, ja: `1 から ${most} までの番号を入力してください。` }[language],
      );
    }
  };

  const line = async (question: TextQuestion | SecretQuestion, back: boolean): Promise<string> => {
    const hidden = question.kind === 'secret';
    const initial = hidden ? undefined : question.initial;
    const enter = question.empty === undefined ? initial : words(question.empty);
    say(words(question.message));
    say(joined([...(enter === undefined ? [] : [`${texts.enter[language]}: ${enter}`]), tips(back)]));
    for (;;) {
      const typed = await lines.next({ hidden, ask: () => say(texts[hidden ? 'hidden' : 'answer'][language]) });
      const key = keyOf(typed);
      if (key !== undefined) return key;
      const answer = typed.trim() === '' ? (initial ?? '') : typed;
      if (answer === '' && question.empty === undefined) {
        say(texts.needed[language]);
        continue;
      }
      const wrong = hidden ? undefined : question.wrong?.(answer);
      if (wrong === undefined) return answer;
      say(words(wrong));
    }
  };

  return (question: Question, back: boolean): Promise<string> =>
    question.kind === 'choice' ? choose(question, back) : line(question, back);
};
