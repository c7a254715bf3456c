import { visible } from '../../i18n/visible.ts';
import type { Context } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import { explained, sayOf, saySteps } from './page.ts';
import { words } from './words.ts';

/** A pasted text: what it speaks of, how surely, and what else says the same. Undefined where no pattern knows it. */
export const explainText = async (text: string, flags: CommonFlags, context: Context): Promise<number | undefined> => {
  const { io, language } = context;
  const [
    { causeOfText },
    { lookAlikesOf },
    { titleOfLogCause },
    { confidenceWord },
    { allCauses, allChecks },
    { verifyOf },
  ] = await Promise.all([
    import('../../logs/classify.ts'),
    import('../../logs/shared.ts'),
    import('../../logs/titles.ts'),
    import('../../report/words.ts'),
    import('../../../checks/registry.ts'),
    import('./explanation.ts'),
  ]);
  // A text copied from a screen may be broken over lines anywhere.
  const joined = text
    .slice(0, 64 * 1024)
    .replace(/\s*\r?\n\s*/g, ' ')
    .trim();
  const found = causeOfText(joined);
  if (found.kind === 'unknown' || found.kind === 'nothing') return undefined;
  const say = sayOf(flags, context);
  const known = new Set(allChecks.map(({ id }) => id));
  if (found.kind === 'hidden') {
    if (flags.json) {
      io.out.write(`${JSON.stringify({ text, candidates: [], hidden: true, verify: 'crm-doctor mail' }, null, 2)}\n`);
      return 3;
    }
    say(visible(found.by));
    say(words.hiddenText[language], 2);
    say(`${words.verify[language]}: crm-doctor mail`, 2);
    return 3;
  }
  const titleOf = (id: string): string =>
    (allCauses.find((cause) => cause.id === id)?.title ?? titleOfLogCause(id))?.[language] ?? '';
  const others = lookAlikesOf(joined, found.cause);
  const cause = allCauses.find(({ id }) => id === found.cause);
  const verify = verifyOf([found.cause, ...others.map((one) => one.cause)], known);
  const sure = confidenceWord(found.confidence)[language];
  if (flags.json) {
    const candidates = [
      {
        cause: found.cause,
        title: titleOf(found.cause),
        confidence: found.confidence,
        about: cause?.about[language],
        steps: cause ? (await explained(cause)).steps.map((step) => step[language]) : [],
      },
      ...others.map((one) => ({ cause: one.cause, title: titleOf(one.cause), when: one.when?.[language] })),
    ];
    io.out.write(`${JSON.stringify({ text, candidates, verify }, null, 2)}\n`);
    return 0;
  }
  say(`${titleOf(found.cause)}  [${found.cause}]${language === 'ja' ? `（${sure}）` : `  (${sure})`}`);
  io.out.write('\n');
  if (cause) {
    say(cause.about[language], 2);
    io.out.write('\n');
  }
  if (others.length > 0) {
    say(`${words.instead[language]}:`, 2);
    for (const one of others) {
      const title = titleOf(one.cause);
      const when = one.when === undefined ? '' : language === 'ja' ? `（${one.when.ja}）` : ` (${one.when.en})`;
      say(`- ${one.cause}${title === '' ? '' : `: ${title}`}${when}`, 4, 2);
    }
    io.out.write('\n');
  }
  if (cause) await saySteps(say, await explained(cause), context);
  say(`${words.verify[language]}: ${verify}`, 2);
  return 0;
};

/** Nobody guesses. */
export const unknownText = (text: string, flags: CommonFlags, context: Context): number => {
  const { io, language } = context;
  if (flags.json) {
    io.out.write(`${JSON.stringify({ text, candidates: [], verify: 'crm-doctor mail' }, null, 2)}\n`);
    return 3;
  }
  const say = sayOf(flags, context);
  say(words.unknownText[language]);
  say(words.unknownNext[language], 2);
  return 3;
};
