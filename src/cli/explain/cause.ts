import type { AnyCause } from '../../model/cause.ts';
import type { Text } from '../../model/text.ts';
import type { Context } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import type { Explanation } from './explanation.ts';
import { explained, sayOf, saySteps } from './page.ts';
import { words } from './words.ts';

/** The same root where it is the CRM's own web server, and not the mail, that has it. */
const forCrm = async ({ id, on }: AnyCause): Promise<Explanation | undefined> => {
  if (on === 'crm') return undefined;
  const { allCauses } = await import('../../../checks/registry.ts');
  const other = allCauses.find((one) => one.id === id && one.on === 'crm');
  return other && explained(other);
};

const ofCrm = ({ cause, steps, owner, verify }: Explanation, language: Context['language']) => ({
  title: cause.title[language],
  about: cause.about[language],
  ...(owner ? { owner } : {}),
  steps: steps.map((step) => step[language]),
  verify,
});

/** The page of one cause, and where a CRM can have the same root, what to do there. */
export const explainCause = async (cause: AnyCause, flags: CommonFlags, context: Context): Promise<number> => {
  const { io, language } = context;
  const other = await forCrm(cause);
  const [explanation, { confidenceWord }] = await Promise.all([explained(cause), import('../../report/words.ts')]);
  const { example, steps, lookAlikes, owner, verify } = explanation;
  const { title, about, unless, claim } = cause;
  if (flags.json) {
    const text = {
      id: cause.id,
      title: title[language],
      about: about[language],
      claim,
      unless,
      ...(example ? { confidence: example.confidence, seenBy: example.seenBy } : {}),
      lookAlikes: lookAlikes.map((one) => ({ cause: one.cause, title: one.title?.[language], by: one.by })),
      ...(owner ? { owner } : {}),
      steps: steps.map((step) => step[language]),
      verify,
      ...(other ? { crm: ofCrm(other, language) } : {}),
    };
    io.out.write(`${JSON.stringify(text, null, 2)}\n`);
    return 0;
  }
  const say = sayOf(flags, context);
  say(`${title[language]}  [${cause.id}]`);
  io.out.write('\n');
  say(about[language], 2);
  io.out.write('\n');
  say(`${words.recognised[language]}:`, 2);
  say(words[claim === 'on-proof' ? 'claimed' : 'evidence'][language], 4);
  if (example) {
    say(`${words.seenBy[language]}: ${example.seenBy.join(', ')}`, 4);
    say(`${words.sure[language]}: ${confidenceWord(example.confidence)[language]}`, 4);
  }
  if (unless.length > 0) say(`${words.deeper[language]}: ${unless.join(', ')}`, 4);
  io.out.write('\n');
  if (lookAlikes.length > 0) {
    say(`${words.alike[language]}:`, 2);
    for (const one of lookAlikes) {
      const name = one.title ? `${one.cause}: ${one.title[language]}` : one.cause;
      say(language === 'ja' ? `- ${name}（${one.by} で見分けます）` : `- ${name} (told apart by ${one.by})`, 4, 2);
    }
  } else say(words.noneAlike[language], 2);
  io.out.write('\n');
  await saySteps(say, explanation, context);
  say(`${words.verify[language]}: ${verify}`, 2);
  if (other) {
    io.out.write('\n');
    say(`${other.cause.title[language]}  [${cause.id}]`);
    io.out.write('\n');
    say(other.cause.about[language], 2);
    io.out.write('\n');
    await saySteps(say, other, context);
    say(`${words.verify[language]}: ${other.verify}`, 2);
  }
  return 0;
};

/** An id of the list of causes that no check looks for yet. */
export const explainNotYet = (id: string, title: Text, flags: CommonFlags, context: Context): number => {
  const { io, language } = context;
  if (flags.json) {
    io.out.write(`${JSON.stringify({ id, title: title[language], implemented: false }, null, 2)}\n`);
    return 3;
  }
  const say = sayOf(flags, context);
  say(`${title[language]}  [${id}]`);
  say(words.notYet[language], 2);
  return 3;
};
