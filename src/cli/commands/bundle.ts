import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import type { Owner } from '../../model/cause.ts';
import type { BundleFlags } from '../bundle/sections.ts';
import type { CommandModule } from '../command.ts';
import { addCommonFlags } from '../flags.ts';
import { guarded } from '../report-error.ts';

const owners: readonly Owner[] = ['user', 'crm-admin', 'mail-admin', 'dns-admin', 'network-admin', 'provider'];

const words = {
  run: { en: 'id, the beginning of an id, or last', ja: 'ID、ID の先頭部分、または last' },
  text: {
    en: 'only print the text for the ticket or the mail; nothing is written',
    ja: '問い合わせ用の文章を表示するだけで、ファイルは作成しない',
  },
  for: {
    en: `who the text is for: ${owners.join(', ')} (default: a support team)`,
    ja: `文章の宛先: ${owners.join('、')}（省略時はサポート窓口）`,
  },
  output: {
    en: 'where to write it (default: here, named after target and time)',
    ja: '書き込み先（省略時はこのフォルダー）',
  },
  include: {
    en: 'take in what is left out by default: logs, records (values of records)',
    ja: '通常は含めないものも含める: logs、records（レコードの値）',
  },
  exclude: {
    en: 'leave out: report, evidence, runbook, config, environment, logs, ticket',
    ja: '除外する: report、evidence、runbook、config、environment、logs、ticket',
  },
  anonymize: {
    en: 'replace addresses, hosts, IP addresses and names of people by pseudonyms, the same ones everywhere',
    ja: 'アドレス、ホスト名、IP アドレス、人名を仮名に置き換える（同じものは同じ仮名）',
  },
  dryRun: { en: 'only show what would be in it', ja: '内容を表示するだけで、何も書き込まない' },
  yes: { en: 'do not ask', ja: '確認の質問をしない' },
} as const;

export const command: CommandModule = {
  name: 'bundle',
  usage: '[run]',
  order: 52,
  summary: {
    en: 'pack a recorded run for whoever takes the case over, without secrets',
    ja: '記録した検査を、秘密情報を除いたサポート用ファイルにまとめる',
  },
  examples: [
    'crm-doctor bundle',
    'crm-doctor bundle --dry-run',
    'crm-doctor bundle 20261124T0205 --output case.zip --yes',
    'crm-doctor bundle --text --for mail-admin',
    'crm-doctor bundle --exclude logs runbook',
  ],
  configure: (bundle: Command, context, done) => {
    const say = (key: keyof typeof words): string => words[key][context.language];
    bundle
      .argument('[run]', say('run'))
      .option('--text', say('text'))
      .addOption(
        new Option('--for <owner>', say('for')).argParser((value: string): Owner => {
          const owner = owners.find((one) => one === value);
          if (!owner) throw new InvalidArgumentError(`${value} (${owners.join(', ')})`);
          return owner;
        }),
      )
      .option('--output <file>', say('output'))
      .option('--include <section...>', say('include'))
      .option('--exclude <section...>', say('exclude'))
      .option('--anonymize', say('anonymize'))
      .option('--dry-run', say('dryRun'))
      .option('-y, --yes', say('yes'));
    addCommonFlags(bundle, context.language);
    bundle.action(async (run: string | undefined) => {
      const flags = bundle.opts<BundleFlags>();
      done(
        await guarded({ command: 'bundle', target: run ?? '' }, flags, context, async () => {
          const { runBundle } = await import('../bundle/run.ts');
          return runBundle(run ?? 'last', flags, context);
        }),
      );
    });
  },
};
