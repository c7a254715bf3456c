import type { Text } from '../model/text.ts';
import type { Context } from './command.ts';
import type { CommonFlags } from './flags.ts';

/** `cannot-ask`: nobody is there to answer. `interrupted`: Ctrl+C or Ctrl+D instead of an answer. */
export type Answer = 'yes' | 'no' | 'cannot-ask' | 'interrupted';

/** Whether somebody reads the question and can answer it; `CI` promises that nobody does. */
const canAsk = (flags: Pick<CommonFlags, 'input'>, { io }: Context): boolean =>
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
