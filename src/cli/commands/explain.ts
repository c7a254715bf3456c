import type { Command } from 'commander';
import { visible } from '../../i18n/visible.ts';
import { wrap } from '../../i18n/wrap.ts';
import type { AnyCause } from '../../model/cause.ts';
import type { Text } from '../../model/text.ts';
import type { CommandModule, Context } from '../command.ts';
import { UsageError } from '../command.ts';
import { renderOptions } from '../deliver.ts';
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
  deeper: { en: 'Not named where one of these explains it', ja: '次の原因で説明できる場合は示しません' },
} as const satisfies Readonly<Record<string, Text>>;

/** Ids that share the most with what was typed. */
const nearest = (id: string, causes: readonly AnyCause[]): readonly string[] => {
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

type Say = (text: string, indent?: number) => void;

const sayOf = (flags: CommonFlags, context: Context): Say => {
  const { columns } = renderOptions(flags, context);
  return (text, indent = 0) => {
    for (const line of wrap(text, columns - indent)) context.io.out.write(`${' '.repeat(indent)}${line}\n`);
  };
};

const explainCause = (cause: AnyCause, flags: CommonFlags, context: Context): number => {
  const { io, language } = context;
  if (flags.json) {
    const { title, about, unless, claim } = cause;
    io.out.write(
      `${JSON.stringify({ id: cause.id, title: title[language], about: about[language], claim, unless }, null, 2)}\n`,
    );
    return 0;
  }
  const say = sayOf(flags, context);
  say(`${cause.title[language]}  [${cause.id}]`);
  io.out.write('\n');
  say(cause.about[language], 2);
  io.out.write('\n');
  say(words[cause.claim === 'on-proof' ? 'claimed' : 'evidence'][language], 2);
  if (cause.unless.length > 0) say(`${words.deeper[language]}: ${cause.unless.join(', ')}`, 2);
  return 0;
};

/** Checks that look at what a cause of this area is about. */
const checksByArea: Readonly<Record<string, readonly string[]>> = {
  config: ['mail.config', 'mail.port', 'mail.smtp-auth', 'mail.imap-auth', 'mail.pop3-auth'],
  dns: ['mail.dns'],
  net: ['mail.port'],
  tls: ['mail.tls'],
  auth: ['mail.smtp-auth', 'mail.imap-auth', 'mail.pop3-auth'],
  smtp: ['mail.smtp-auth'],
  imap: ['mail.imap-auth'],
  pop3: ['mail.pop3-auth'],
  mailbox: ['mail.smtp-auth', 'mail.imap-auth'],
  quota: ['mail.quota'],
  deliver: ['mail.round-trip'],
  policy: ['mail.sender-policy'],
  version: ['mail.versions'],
  clock: ['mail.clock'],
};

const verifyOf = (causes: readonly string[], known: ReadonlySet<string>): string => {
  const checks = causes.flatMap((cause) => checksByArea[cause.split('.')[0] ?? ''] ?? []);
  const there = [...new Set(checks)].filter((check) => known.has(check));
  if (there.length === 0) return 'crm-doctor mail';
  return `crm-doctor mail --only ${there.join(' ')}${there.includes('mail.round-trip') ? ' --send' : ''}`;
};

/** A pasted text: what it speaks of, how surely, and what else says the same. Undefined where no pattern knows it. */
const explainText = async (text: string, flags: CommonFlags, context: Context): Promise<number | undefined> => {
  const { io, language } = context;
  const [{ causeOfText }, { lookAlikesOf }, { titleOfLogCause }, { confidenceWord }, { allCauses, allChecks }] =
    await Promise.all([
      import('../../logs/classify.ts'),
      import('../../logs/shared.ts'),
      import('../../logs/titles.ts'),
      import('../../report/words.ts'),
      import('../../../checks/registry.ts'),
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
      { cause: found.cause, title: titleOf(found.cause), confidence: found.confidence, about: cause?.about[language] },
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
      say(`- ${one.cause}${title === '' ? '' : `: ${title}`}${when}`, 4);
    }
    io.out.write('\n');
  }
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
  const cause = allCauses.find((one) => one.id === text.toLowerCase());
  if (cause) return explainCause(cause, flags, context);
  const code = await explainText(text, flags, context);
  if (code !== undefined) return code;
  if (!meantAsId(text)) return unknownText(text, flags, context);
  const near = nearest(text, allCauses);
  const meant = near.length === 0 ? ['`crm-doctor checks`', '`crm-doctor checks`'] : [near.join(', '), near.join('、')];
  throw new UsageError({
    en: `there is no cause called ${JSON.stringify(text)}; see ${meant[0]}`,
    ja: `${JSON.stringify(text)} という原因はありません。近いもの: ${meant[1]}`,
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
    en: 'what a cause or a pasted error text means, offline',
    ja: '原因の ID やエラーの文面の意味を説明する（ネットワーク不要）',
  },
  examples: [
    'crm-doctor explain tls.certificate-expired',
    'crm-doctor explain "535 5.7.8 Error: authentication failed"',
    'crm-doctor explain config.security-mismatch --lang ja',
  ],
  configure: (explain: Command, context, done) => {
    const { language } = context;
    explain
      .argument(
        '<id|text...>',
        { en: 'id of a cause, or an error text', ja: '原因の ID、またはエラーの文面' }[language],
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
