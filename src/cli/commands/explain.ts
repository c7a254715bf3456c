import type { Command } from 'commander';
import { visible } from '../../i18n/visible.ts';
import { wrap } from '../../i18n/wrap.ts';
import type { AnyCause } from '../../model/cause.ts';
import type { Text } from '../../model/text.ts';
import type { CommandModule, Context } from '../command.ts';
import { UsageError } from '../command.ts';
import { renderOptions } from '../deliver.ts';
import type { Explanation } from '../explanation.ts';
import type { CommonFlags } from '../flags.ts';
import { addCommonFlags } from '../flags.ts';
import { guarded } from '../report-error.ts';

const words = {
  claimed: {
    en: 'It is named only after the changed setting was tried on a copy of the configuration and worked.',
    ja: '設定の写しで変更を試し、実際に直ることを確かめたときだけ、原因として示します。',
  },
  evidence: {
    en: 'It is named only when the checks have seen the evidence for it.',
    ja: '検査でその証拠が得られたときだけ、原因として示します。',
  },
  unknownText: {
    en: 'No known cause goes with this text. crm-doctor does not guess.',
    ja: 'この文面に対応する原因は登録されていません。推測はしません。',
  },
  unknownNext: {
    en: 'Run `crm-doctor mail`: the checks look at the servers themselves. For a whole log: `crm-doctor logs FILE`.',
    ja: '`crm-doctor mail` を実行すると、サーバーそのものを検査します。ログ全体は `crm-doctor logs FILE` で調べられます。',
  },
  hiddenText: {
    en: 'This program does not pass on what the server said, so the text alone names no cause.',
    ja: 'このプログラムはサーバーの応答を表示しないため、この文面だけでは原因が分かりません。',
  },
  instead: { en: 'The same text may come from', ja: '同じ文面になるほかの原因' },
  verify: { en: 'To be sure, run', ja: '確かめるには' },
  recognised: { en: 'How it is recognised', ja: '見分け方' },
  seenBy: { en: 'Seen by', ja: '証拠を得る検査' },
  sure: { en: 'At best', ja: '最大の確度' },
  alike: { en: 'Looks alike', ja: '似た原因' },
  noneAlike: { en: 'No other cause is known to look like it.', ja: '取り違えやすい原因は、ほかに知られていません。' },
  steps: { en: 'What to do (host names and numbers of an example)', ja: '直し方（ホスト名や数値は例です）' },
  stepsLater: {
    en: 'What to do depends on what is found; `crm-doctor mail` shows the steps with your own hosts.',
    ja: '直し方は検査の結果によります。`crm-doctor mail` が、実際のホスト名を使って手順を示します。',
  },
  owner: { en: 'Who can do it', ja: '直せる人' },
  notYet: {
    en: 'This cause is known by name; no check of this version looks for it. `crm-doctor mail` tells what it can see, and `crm-doctor logs FILE` what the logs say.',
    ja: 'この原因は一覧に名前がありますが、このバージョンには検査がありません。確認できる範囲は `crm-doctor mail`、ログの内容は `crm-doctor logs FILE` で調べられます。',
  },
  deeper: { en: 'Not named where one of these explains it', ja: '次の原因で説明できる場合は示しません' },
} as const satisfies Readonly<Record<string, Text>>;

/** Ids that share the most with what was typed. */
const nearest = (id: string, causes: readonly { readonly id: string }[]): readonly string[] => {
  const parts = id
    .toLowerCase()
    .split(/[.\s-]+/)
    .filter((part) => part.length > 1);
  return causes
    .map((cause) => ({
      id: cause.id,
      // Who knows the area has half of the id.
      score: parts.filter((part) => cause.id.includes(part)).length + (cause.id.startsWith(`${parts[0]}.`) ? 0.5 : 0),
    }))
    .filter(({ score }) => score > 0)
    .toSorted((left, right) => right.score - left.score)
    .slice(0, 5)
    .map((one) => one.id);
};

/** `hang` is how much further the lines after the first are set in. */
type Say = (text: string, indent?: number, hang?: number) => void;

const sayOf = (flags: CommonFlags, context: Context): Say => {
  const { columns } = renderOptions(flags, context);
  return (text, indent = 0, hang = 0) => {
    const lines = wrap(text, columns - indent - hang);
    lines.forEach((line, index) => {
      context.io.out.write(`${' '.repeat(index === 0 ? indent : indent + hang)}${line}\n`);
    });
  };
};

const explained = async (cause: AnyCause): Promise<Explanation> => {
  const [{ examples }, { exampleKey }, { explanationOf }, { allCauses, allChecks }] = await Promise.all([
    import('../../../checks/examples.generated.ts'),
    import('../../../checks/example.ts'),
    import('../explanation.ts'),
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

const saySteps = async (say: Say, { steps, owner }: Explanation, { io, language }: Context): Promise<void> => {
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

const explainCause = async (cause: AnyCause, flags: CommonFlags, context: Context): Promise<number> => {
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
const explainNotYet = (id: string, title: Text, flags: CommonFlags, context: Context): number => {
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

/** A pasted text: what it speaks of, how surely, and what else says the same. Undefined where no pattern knows it. */
const explainText = async (text: string, flags: CommonFlags, context: Context): Promise<number | undefined> => {
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
    import('../explanation.ts'),
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

const unknownText = (text: string, flags: CommonFlags, context: Context): number => {
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

/** An id, or something that was meant as one: one word without the digits and marks of an error. */
const meantAsId = (text: string): boolean => /^[\w-]+(?:\.[\w-]*)*$/.test(text);

const explainWords = async (given: readonly string[], flags: CommonFlags, context: Context): Promise<number> => {
  const text = given.join(' ').trim();
  const { allCauses } = await import('../../../checks/registry.ts');
  const named = allCauses.filter((one) => one.id === text.toLowerCase());
  // What mailboxes have too is told of them: most readers come from there.
  const cause = named.find(({ on }) => on === 'mail') ?? named[0];
  if (cause) return explainCause(cause, flags, context);
  if (meantAsId(text)) {
    const [{ allRules }, { ruleCalled, explainRule }] = await Promise.all([
      import('../../../checks/all-rules.ts'),
      import('../explain-rule.ts'),
    ]);
    const rule = ruleCalled(text, allRules);
    if (rule) return explainRule(rule, flags, context, sayOf(flags, context));
  }
  const { notYet } = await import('../../../checks/not-yet.ts');
  const planned = notYet[text.toLowerCase()];
  if (planned) return explainNotYet(text.toLowerCase(), planned, flags, context);
  const code = await explainText(text, flags, context);
  if (code !== undefined) return code;
  if (!meantAsId(text)) return unknownText(text, flags, context);
  const { allRules } = await import('../../../checks/all-rules.ts');
  const near = nearest(text, [...allCauses, ...allRules]);
  const meant = near.length === 0 ? ['`crm-doctor checks`', '`crm-doctor checks`'] : [near.join(', '), near.join('、')];
  throw new UsageError({
    en: `there is no cause or rule called ${JSON.stringify(text)}; see ${meant[0]}`,
    ja: `${JSON.stringify(text)} という原因やルールはありません。近いもの: ${meant[1]}`,
  });
};

/** Server replies begin with `-ERR`, which is no option; a mistyped option still is one. */
const mistyped = (given: readonly string[]): string | undefined =>
  given.find((word) => /^(?:--[a-z][\w-]*(?:=.*)?|-[a-z])$/.test(word));

export const command: CommandModule = {
  name: 'explain',
  usage: '<id|text>',
  order: 60,
  summary: {
    en: 'what a cause, a workflow rule or a pasted error text means, offline',
    ja: '原因やルールの ID、エラーの文面の意味を説明する（ネットワーク不要）',
  },
  examples: [
    'crm-doctor explain tls.certificate-expired',
    'crm-doctor explain "535 5.7.8 Error: authentication failed"',
    'crm-doctor explain config.security-mismatch --lang ja',
    'crm-doctor explain flow-mutual-trigger',
  ],
  configure: (explain: Command, context, done) => {
    const { language } = context;
    explain
      .argument(
        '<id|text...>',
        { en: 'id of a cause or rule, or an error text', ja: '原因かルールの ID、またはエラーの文面' }[language],
      )
      .allowUnknownOption(true);
    addCommonFlags(explain, language);
    explain.action(async (given: readonly string[]) => {
      const flags = explain.opts<CommonFlags>();
      done(
        await guarded({ command: 'explain', target: given.join(' ') }, flags, context, () => {
          const wrong = mistyped(given);
          if (wrong !== undefined) {
            throw new UsageError({ en: `unknown option '${wrong}'`, ja: `知らないオプションです: ${wrong}` });
          }
          return explainWords(given, flags, context);
        }),
      );
    });
  },
};
