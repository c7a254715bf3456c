import type { Text } from '../model/text.ts';
import type { Context } from './command.ts';
import type { CommonFlags } from './flags.ts';

/** `cannot-ask`: nobody is there to answer. `interrupted`: Ctrl+C or Ctrl+D instead of an answer. */
export type Answer = 'yes' | 'no' | 'cannot-ask' | 'interrupted';

/** Whether somebody reads the question and can answer it; `CI` promises that nobody does. */
export const canAsk = (flags: Pick<CommonFlags, 'input'>, { io }: Context): boolean =>
  flags.input !== false && !io.env.CI && process.stdin.isTTY === true && io.err.isTTY;

const wasLeft = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'ExitPromptError' || error.name === 'AbortPromptError');

/** Asks for a yes on stderr; Enter alone is a no. `--yes` answers before the question. */
export const askYesNo = async (
  question: Text,
  flags: Pick<CommonFlags, 'input'> & { readonly yes?: boolean },
  context: Context,
): Promise<Answer> => {
  if (flags.yes) return 'yes';
  if (!canAsk(flags, context)) return 'cannot-ask';
  const { confirm } = await import('@inquirer/prompts');
  try {
    const agreed = await confirm(
      { message: question[context.language], default: false },
      { input: process.stdin, output: process.stderr },
    );
    return agreed ? 'yes' : 'no';
  } catch (error) {
    if (wasLeft(error)) return 'interrupted';
    throw error;
  }
};

/** Ctrl+C or Ctrl+D instead of an answer. */
export class Interrupted extends Error {
  constructor() {
    super('interrupted');
    this.name = 'Interrupted';
  }
}

/** Asks what `canAsk` allows to be asked; throws `Interrupted` where the person leaves. */
const asked = async <Given>(question: () => Promise<Given>): Promise<Given> => {
  try {
    return await question();
  } catch (error) {
    throw wasLeft(error) ? new Interrupted() : error;
  }
};

const streams = () => ({ input: process.stdin, output: process.stderr });

/** A line of text; `wrong` says what is wrong with it, and the question stays. */
export const askText = (
  question: Text,
  wrong: (answer: string) => Text | undefined,
  { language }: Context,
): Promise<string> =>
  asked(async () => {
    const { input } = await import('@inquirer/prompts');
    const validate = (answer: string) => wrong(answer)?.[language] ?? true;
    return input({ message: question[language], validate }, streams());
  });

/** A line that is not shown; empty where the person has nothing to give. */
export const askSecret = (question: Text, { language }: Context): Promise<string> =>
  asked(async () => {
    const { password } = await import('@inquirer/prompts');
    // What was typed cannot be made visible by a key, and the notice is in the reader's language.
    const maskedText = { en: '[not shown]', ja: '（入力は表示されません）' }[language];
    const theme = { style: { maskedText } };
    return password({ message: question[language], mask: false, toggleMask: false, theme }, streams());
  });

/** One of several; the first is where Enter leads. */
export const askChoice = <Value extends string>(
  question: Text,
  choices: readonly { readonly value: Value; readonly name: Text }[],
  { language }: Context,
): Promise<Value> =>
  asked(async () => {
    const { select } = await import('@inquirer/prompts');
    const named = choices.map(({ value, name }) => ({ value, name: name[language] }));
    const keysHelpTip = () => ({ en: 'arrow keys, then Enter', ja: '矢印キーで選び、Enter で決定' })[language];
    return select<Value>({ message: question[language], choices: named, theme: { style: { keysHelpTip } } }, streams());
  });
