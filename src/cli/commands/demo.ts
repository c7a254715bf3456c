import type { Command } from 'commander';
import type { Scenario } from '../../../fixtures/scenario.ts';
import { wrap } from '../../i18n/wrap.ts';
import type { Text } from '../../model/text.ts';
import type { CommandModule, Context } from '../command.ts';
import { UsageError } from '../command.ts';
import { renderOptions } from '../deliver.ts';
import type { CommonFlags } from '../flags.ts';
import { addCommonFlags } from '../flags.ts';
import { guarded } from '../report-error.ts';
import { meant } from '../suggest.ts';

const words = {
  list: { en: 'list the scenarios', ja: 'シナリオの一覧を表示する' },
  name: { en: 'scenario (default: the first)', ja: 'シナリオ名（省略時は最初のもの）' },
} as const;

const areas: Readonly<Record<Scenario['area'], Text>> = {
  mail: { en: 'Mail', ja: 'メール' },
  sync: { en: 'Data sync', ja: 'データ同期' },
  workflow: { en: 'Workflows', ja: 'ワークフロー' },
};

/** Tells the story, diagnoses what is faulty, then what was mended. */
const play = async (name: string | undefined, flags: CommonFlags, context: Context): Promise<number> => {
  const { scenarios } = await import('../../../fixtures/scenarios.ts');
  const scenario = name === undefined ? scenarios[0] : scenarios.find((one) => one.name === name);
  if (!scenario) {
    const known = scenarios.map((one) => one.name);
    const near = meant(name ?? '', known);
    throw new UsageError({
      en: `there is no demo called ${name}${near.en}; there are ${known.join(', ')}`,
      ja: `${name} というデモはありません${near.ja}。あるのは ${known.join('、')} です`,
    });
  }
  const told = !flags.json && (flags.format ?? []).length === 0 && !flags.quiet;
  if (told) {
    const { heading, paragraph } = (await import('../demo/tell.ts')).teller(flags, context);
    heading(scenario.title);
    paragraph(scenario.story);
  }
  if (scenario.area === 'mail') return (await import('../demo/mail.ts')).playMail(scenario, told, flags, context);
  return (await import('../demo/files.ts')).playFiles(scenario, told, flags, context);
};

const list = async (flags: CommonFlags, context: Context): Promise<number> => {
  const { scenarios } = await import('../../../fixtures/scenarios.ts');
  const { columns } = renderOptions(flags, context);
  const { io, language } = context;
  let area: Scenario['area'] | undefined;
  for (const one of scenarios) {
    if (one.area !== area) io.out.write(`${area === undefined ? '' : '\n'}${areas[one.area][language]}\n`);
    area = one.area;
    io.out.write(`  ${one.name}\n`);
    for (const line of wrap(one.title[language], columns - 4)) io.out.write(`    ${line}\n`);
  }
  return 0;
};

export const command: CommandModule = {
  name: 'demo',
  usage: '[scenario]',
  order: 80,
  summary: {
    en: 'diagnose a faulty set-up that it brings along: mail, sync or workflow, without network or account',
    ja: '内蔵の不具合例を診断してみせる（メール、同期、ワークフロー。ネットワークもアカウントも不要）',
  },
  examples: [
    'crm-doctor demo',
    'crm-doctor demo --list',
    'crm-doctor demo certificate-expired --lang ja',
    'crm-doctor demo customer-list',
    'crm-doctor demo silent-workflow',
  ],
  configure: (demo: Command, context, done) => {
    demo.argument('[scenario]', words.name[context.language]).option('--list', words.list[context.language]);
    addCommonFlags(demo, context.language);
    demo.action(async (name: string | undefined) => {
      const flags = demo.opts<CommonFlags & { readonly list?: boolean }>();
      done(
        await guarded({ command: 'demo', target: name ?? '' }, flags, context, () =>
          flags.list ? list(flags, context) : play(name, flags, context),
        ),
      );
    });
  },
};
