import { visible } from '../../i18n/visible.ts';
import { wrap } from '../../i18n/wrap.ts';
import type { AnyCause } from '../../model/cause.ts';
import type { Context } from '../command.ts';
import { renderOptions } from '../deliver.ts';
import type { CommonFlags } from '../flags.ts';
import type { Explanation } from './explanation.ts';
import { words } from './words.ts';

/** `hang` is how much further the lines after the first are set in. */
export type Say = (text: string, indent?: number, hang?: number) => void;

export const sayOf = (flags: CommonFlags, context: Context): Say => {
  const { columns } = renderOptions(flags, context);
  return (text, indent = 0, hang = 0) => {
    const lines = wrap(text, columns - indent - hang);
    lines.forEach((line, index) => {
      context.io.out.write(`${' '.repeat(index === 0 ? indent : indent + hang)}${line}\n`);
    });
  };
};

/** Everything that is known of a cause. */
export const explained = async (cause: AnyCause): Promise<Explanation> => {
  const [{ examples }, { exampleKey }, { explanationOf }, { allCauses, allChecks }] = await Promise.all([
    import('../../../checks/examples.generated.ts'),
    import('../../../checks/example.ts'),
    import('./explanation.ts'),
    import('../../../checks/registry.ts'),
  ]);
  return explanationOf(cause, examples[exampleKey(cause)], {
    causes: allCauses,
    checks: new Set(allChecks.map(({ id }) => id)),
  });
};

const listed = (say: Say, items: readonly string[]): void => {
  items.forEach((item, index) => {
    say(`${index + 1}. ${item}`, 4, 3);
  });
};

/** What to do, by whom. */
export const saySteps = async (say: Say, { steps, owner }: Explanation, { io, language }: Context): Promise<void> => {
  if (steps.length === 0) {
    say(words.stepsLater[language], 2);
    return;
  }
  const { ownerWords } = await import('../../report/words.ts');
  say(`${words.steps[language]}:`, 2);
  if (owner) say(`${words.owner[language]}: ${ownerWords[owner][language]}`, 4);
  listed(
    say,
    steps.map((step) => visible(step[language])),
  );
  io.out.write('\n');
};
