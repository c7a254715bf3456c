import { wrap } from '../../i18n/wrap.ts';
import type { Text } from '../../model/text.ts';
import type { Context } from '../command.ts';
import { renderOptions } from '../deliver.ts';
import type { CommonFlags } from '../flags.ts';

/** How the story is told: as wide as it reads well, and without a line before its headings for those who hear it. */
export const teller = (flags: CommonFlags, context: Context) => {
  const { columns, plain, ascii } = renderOptions(flags, context);
  const { io, language } = context;
  const say = (text: string): void =>
    io.out.write(`${wrap(text, plain ? columns : Math.min(columns, 100)).join('\n')}\n\n`);
  return {
    paragraph: (text: Text): void => say(text[language]),
    heading: (text: Text): void => say(`${plain ? '' : ascii ? '-- ' : '── '}${text[language]}`),
  };
};

/** The second run, and what it is run after. */
export const again = {
  change: { en: 'The same check with the proven change', ja: '確かめた変更を適用して、もう一度検査' },
  repair: {
    en: 'The same check after somebody has followed the steps',
    ja: '手順のとおりに直したあとで、もう一度検査',
  },
} as const satisfies Readonly<Record<string, Text>>;
