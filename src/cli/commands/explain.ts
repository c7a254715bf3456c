import type { Command } from 'commander';
import { wrap } from '../../i18n/wrap.ts';
import type { AnyCause } from '../../model/cause.ts';
import type { Text } from '../../model/text.ts';
import type { CommandModule } from '../command.ts';
import { UsageError } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import { addCommonFlags } from '../flags.ts';
import { guarded } from '../report-error.ts';
import { renderOptions } from '../session.ts';

const words = {
  claimed: {
    en: 'It is named only after the changed setting was tried on a copy of the configuration and worked.',
    ja: '設定の写しで変更を試し、実際に直ることを確かめたときだけ、原因として示します。',
  },
  evidence: {
    en: 'It is named only when the checks have seen the evidence for it.',
    ja: '検査でその証拠が得られたときだけ、原因として示します。',
  },
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

export const command: CommandModule = {
  name: 'explain',
  usage: '<id>',
  order: 60,
  summary: { en: 'what a cause means, offline', ja: '原因の意味を説明する（ネットワーク不要）' },
  examples: ['crm-doctor explain tls.certificate-expired', 'crm-doctor explain config.security-mismatch --lang ja'],
  configure: (explain: Command, context, done) => {
    const { io, language } = context;
    explain.argument('<id>', { en: 'id of a cause', ja: '原因の ID' }[language]);
    addCommonFlags(explain, language);
    explain.action(async (id: string) => {
      const flags = explain.opts<CommonFlags>();
      done(
        await guarded({ command: 'explain', target: id }, flags, context, async () => {
          const { allCauses } = await import('../../../checks/registry.ts');
          const cause = allCauses.find((one) => one.id === id.trim().toLowerCase());
          if (!cause) {
            const near = nearest(id, allCauses);
            const meant =
              near.length === 0 ? ['`crm-doctor checks`', '`crm-doctor checks`'] : [near.join(', '), near.join('、')];
            throw new UsageError({
              en: `there is no cause called ${JSON.stringify(id)}; see ${meant[0]}`,
              ja: `${JSON.stringify(id)} という原因はありません。近いもの: ${meant[1]}`,
            });
          }
          if (flags.json) {
            const { title, about, unless, claim } = cause;
            io.out.write(
              `${JSON.stringify({ id: cause.id, title: title[language], about: about[language], claim, unless }, null, 2)}\n`,
            );
            return 0;
          }
          const { columns } = renderOptions(flags, context);
          const say = (text: string, indent = 0) => {
            for (const line of wrap(text, columns - indent)) io.out.write(`${' '.repeat(indent)}${line}\n`);
          };
          say(`${cause.title[language]}  [${cause.id}]`);
          io.out.write('\n');
          say(cause.about[language], 2);
          io.out.write('\n');
          say(words[cause.claim === 'on-proof' ? 'claimed' : 'evidence'][language], 2);
          if (cause.unless.length > 0) say(`${words.deeper[language]}: ${cause.unless.join(', ')}`, 2);
          return 0;
        }),
      );
    });
  },
};
