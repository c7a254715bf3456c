import { pad, width } from '../i18n/width.ts';
import { wrap } from '../i18n/wrap.ts';
import type { Language, Text } from '../model/text.ts';
import type { RenderOptions } from '../report/reporter.ts';
import type { Layout } from './layout.ts';
import { layoutOf } from './layout.ts';
import { openLines } from './lines.ts';
import { plainPrompts } from './plain-prompts.ts';
import type { Choice, Question, Reply, Talk, Waiting, Words } from './talk.ts';
import { Left } from './talk.ts';

/** The terminal of a process; a test brings its own streams. */
export interface Streams {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
}

export interface TerminalOptions {
  readonly streams: Streams;
  readonly language: Language;
  readonly colour: boolean;
  readonly ascii: boolean;
  readonly plain: boolean;
  /** Sentences about the terms of a text that were not explained yet. */
  readonly glosses: (text: string, options: { readonly all: boolean }) => readonly string[];
  /** Calls back when the system wants the process to end. */
  readonly onInterrupt: (hear: (signal: 'SIGINT' | 'SIGTERM') => void) => () => void;
}

const backValue = '<';
const moreValue = '?';
const leaveValue = 'leave';

const texts = {
  back: { en: 'Back to the question before', ja: '前の質問に戻る' },
  more: { en: 'Explain this', ja: 'くわしい説明を見る' },
  leave: { en: 'Stop here (I can go on later)', ja: 'ここで中断する（続きは後でできます）' },
  keys: { en: 'arrow keys and Enter;  ? explains', ja: '矢印キーで選び Enter で決定。? で説明' },
  keysBack: {
    en: 'arrow keys and Enter;  ? explains, < goes back',
    ja: '矢印キーで選び Enter で決定。? で説明、< で戻る',
  },
  line: { en: '? Enter explains', ja: '? と Enter で説明' },
  lineBack: { en: '? Enter explains, < Enter goes back', ja: '? と Enter で説明、< と Enter で戻る' },
  hidden: { en: '[not shown]', ja: '（入力は表示されません）' },
  needed: { en: 'An answer is needed.', ja: '入力してください。' },
  nothing: { en: 'There is nothing more to say about this question.', ja: 'この質問についての補足はありません。' },
  enter: { en: 'Enter alone', ja: 'Enter だけ' },
} as const satisfies Readonly<Record<string, Text>>;

const wasLeft = (error: unknown): boolean => error instanceof Error && error.name === 'ExitPromptError';
const wasAborted = (error: unknown): boolean => error instanceof Error && error.name === 'AbortPromptError';

/** The guide in a terminal, with inquirer's prompts; `plain` with lines that are typed. */
export const terminalTalk = (options: TerminalOptions): Talk => {
  const { streams, language, glosses } = options;
  const { input, output } = streams;
  const columns = (): number => Math.max(20, output.columns || 80);
  // Made anew each time: the window may have another size by now.
  const layout = (): Layout => {
    const render: RenderOptions = {
      columns: columns(),
      colour: options.colour,
      ascii: options.ascii,
      verbose: false,
      quiet: false,
      language,
    };
    return layoutOf(render, { plain: options.plain });
  };
  const write = (lines: readonly string[]): void => {
    output.write(`${lines.join('\n')}\n`);
  };
  const fold = (words: Words, indent: number): string =>
    wrap(layout().words(words), Math.max(10, columns() - indent - 2)).join(`\n${' '.repeat(indent)}`);

  const explain = (question: Question): void => {
    const { lines, words } = layout();
    const more = question.more;
    const said = `${words(question.message)} ${more ? words(more) : ''}`;
    const terms = glosses(said, { all: true });
    write([
      '',
      ...lines({ kind: 'words', text: more ?? (terms.length > 0 ? question.message : texts.nothing) }),
      ...terms.flatMap((text) => lines({ kind: 'note', text })),
      '',
    ]);
  };

  /** Runs a prompt until it is answered, left, or a key asks for something else. */
  const prompted = async (
    keys: boolean,
    prompt: (context: { input: NodeJS.ReadStream; output: NodeJS.WriteStream; signal: AbortSignal }) => Promise<string>,
  ): Promise<string> => {
    const ending = new AbortController();
    const context = { input, output, signal: ending.signal, clearPromptOnDone: false };
    let why: string | undefined;
    const end = (reason: string): void => {
      why = reason;
      context.clearPromptOnDone = reason === moreValue || reason === backValue;
      ending.abort();
    };
    const hear = (typed: string | undefined): void => {
      if (keys && (typed === moreValue || typed === backValue || typed === '？' || typed === '＜')) {
        end(typed === moreValue || typed === '？' ? moreValue : backValue);
      }
    };
    // A closed input would leave the prompt waiting for ever.
    const gone = (): void => end('gone');
    const deaf = options.onInterrupt((signal) => end(signal));
    input.on('keypress', hear);
    input.on('end', gone);
    input.on('close', gone);
    try {
      return await prompt(context);
    } catch (error) {
      if (wasLeft(error)) throw new Left('SIGINT');
      if (!wasAborted(error)) throw error;
      if (why === moreValue || why === backValue) return why;
      throw new Left(why === 'SIGTERM' ? 'SIGTERM' : 'SIGINT');
    } finally {
      deaf();
      input.off('keypress', hear);
      input.off('end', gone);
      input.off('close', gone);
    }
  };

  const prefix = options.ascii ? { idle: '?', done: '*' } : { idle: '?', done: '✓' };
  const cursor = options.ascii ? '>' : '❯';

  const choose = async (question: Question & { kind: 'choice' }, back: boolean): Promise<string> => {
    const { select } = await import('@inquirer/prompts');
    const offered: readonly Choice[] = [
      ...question.choices,
      { value: moreValue, name: texts.more },
      ...(back ? [{ value: backValue, name: texts.back }] : []),
      { value: leaveValue, name: texts.leave },
    ];
    const choices = offered.map(({ value, name, about }) => ({
      value,
      name: fold(name, 2),
      short: layout().words(name),
      ...(about === undefined ? {} : { description: fold(about, 0) }),
    }));
    // Choices that are broken over lines count as so many.
    const needed = choices.reduce((sum, { name }) => sum + name.split('\n').length, 0);
    const tip = (back ? texts.keysBack : texts.keys)[language];
    const theme = { prefix, icon: { cursor }, style: { keysHelpTip: () => fold(tip, 0) } };
    return prompted(true, (context) =>
      select(
        {
          message: fold(question.message, 2),
          choices,
          pageSize: Math.max(5, Math.min(needed, (output.rows || 24) - 8)),
          loop: false,
          theme,
        },
        context,
      ),
    );
  };

  const line = async (question: Question & { kind: 'text' }, back: boolean): Promise<string> => {
    const { input: ask } = await import('@inquirer/prompts');
    const { words } = layout();
    const { initial, empty, wrong } = question;
    const enter = empty === undefined ? [] : [`${texts.enter[language]}: ${words(empty)}`];
    write(
      [[...enter, (back ? texts.lineBack : texts.line)[language]].join(language === 'ja' ? '。' : '; ')].flatMap(
        (tip) => layout().lines({ kind: 'note', text: tip }),
      ),
    );
    const isKey = (answer: string): boolean => ['?', '？', '<', '＜'].includes(answer.trim());
    const validate = (answer: string): true | string => {
      if (isKey(answer)) return true;
      if (answer.trim() === '' && empty === undefined) return fold(texts.needed, 2);
      const says = wrong?.(answer);
      return says ? fold(says, 2) : true;
    };
    const answer = await prompted(false, (context) =>
      ask(
        {
          message: fold(question.message, 2),
          validate,
          theme: { prefix },
          ...(initial === undefined ? {} : { default: initial }),
        },
        context,
      ),
    );
    if (!isKey(answer)) return answer;
    return answer.trim() === '?' || answer.trim() === '？' ? moreValue : backValue;
  };

  const hidden = async (question: Question & { kind: 'secret' }, back: boolean): Promise<string> => {
    const { password } = await import('@inquirer/prompts');
    const { words } = layout();
    const tip = [`${texts.enter[language]}: ${words(question.empty)}`, (back ? texts.lineBack : texts.line)[language]];
    write(layout().lines({ kind: 'note', text: tip.join(language === 'ja' ? '。' : '; ') }));
    const theme = { prefix, style: { maskedText: texts.hidden[language] } };
    const answer = await prompted(false, (context) =>
      password({ message: fold(question.message, 2), mask: false, toggleMask: false, theme }, context),
    );
    return answer === '<' ? backValue : answer === '?' ? moreValue : answer;
  };

  const drawn = (question: Question, back: boolean): Promise<string> => {
    switch (question.kind) {
      case 'choice':
        return choose(question, back);
      case 'text':
        return line(question, back);
      case 'secret':
        return hidden(question, back);
    }
  };

  const once = options.plain
    ? plainPrompts({
        language,
        lines: openLines(input, options.onInterrupt),
        layout,
        write,
        keys: { more: moreValue, back: backValue, leave: leaveValue },
      })
    : drawn;

  const animated = output.isTTY === true && !options.plain;

  return {
    say: (block) => {
      const { lines, words } = layout();
      write(lines(block));
      if (block.kind === 'words' || block.kind === 'note') {
        const terms = glosses(words(block.text), { all: false });
        if (terms.length > 0) write(terms.flatMap((text) => lines({ kind: 'note', text })));
      }
    },
    ask: async (question, { back }): Promise<Reply> => {
      output.write('\n');
      for (;;) {
        const value = await once(question, back);
        if (value === leaveValue && question.kind === 'choice') throw new Left('choice');
        if (value === moreValue) {
          explain(question);
          continue;
        }
        if (value !== backValue) return { kind: 'answer', value };
        if (back) return { kind: 'back' };
      }
    },
    wait: (first): Waiting => {
      if (!animated) return { now: () => {}, stop: () => {} };
      const signs = options.ascii ? ['-', '\\', '|', '/'] : ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
      const startedAt = performance.now();
      let words = first;
      let turn = 0;
      const draw = (): void => {
        const seconds = Math.floor((performance.now() - startedAt) / 1000);
        const sign = signs[turn % signs.length] ?? '';
        turn += 1;
        const room = columns() - 10;
        const [text = ''] = wrap(layout().words(words), Math.max(8, room));
        output.write(`\r${sign} ${pad(text, Math.min(room, width(text)))}  ${seconds} s\u001b[K`);
      };
      draw();
      const tick = setInterval(draw, 120);
      return {
        now: (next) => {
          words = next;
        },
        stop: () => {
          clearInterval(tick);
          output.write('\r\u001b[K');
        },
      };
    },
  };
};
