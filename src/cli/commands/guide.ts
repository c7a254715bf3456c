import type { Command } from 'commander';
import { Option } from 'commander';
import type { Start } from '../../guide/engine.ts';
import type { Text } from '../../model/text.ts';
import type { CommandModule } from '../command.ts';
import { UsageError } from '../command.ts';
import type { GuideFlags } from '../guide/guide.ts';
import { guarded } from '../report-error.ts';

const words = {
  area: {
    en: 'mail, sync, workflow, or learn for short lessons (default: it asks)',
    ja: 'mail、sync、workflow、または短い練習の learn（省略時は質問します）',
  },
  resume: { en: 'go on with the session that was stopped', ja: '中断したガイドを続きから再開する' },
  demo: {
    en: 'try it with embedded servers and sample data: needs no network and no account',
    ja: '内蔵サーバーと見本データで試す（ネットワークもアカウントも不要）',
  },
  config: {
    en: 'configuration file (default: crm-doctor.yaml here or above)',
    ja: '設定ファイル（省略時はこのフォルダーか上位の crm-doctor.yaml）',
  },
  lang: { en: 'language: ja or en', ja: '表示言語: ja または en' },
  noColor: { en: 'no colour', ja: '色を付けない' },
  ascii: { en: 'ASCII symbols and lines only', ja: '記号と罫線を ASCII 文字だけにする' },
  plain: {
    en: 'for screen readers: no animation, words instead of signs',
    ja: '読み上げソフト向け（動く表示や記号を使わない）',
  },
  runbook: { en: 'directory of the runbook log', ja: '作業記録を置くフォルダー' },
} as const satisfies Readonly<Record<string, Text>>;

const areaOf = (word: string | undefined): Start | undefined => {
  if (word === undefined || word === 'mail' || word === 'sync' || word === 'workflow' || word === 'learn') return word;
  throw new UsageError({
    en: `guide takes mail, sync, workflow or learn, not ${word}`,
    ja: `guide に指定できるのは mail、sync、workflow、learn です（${word} は指定できません）`,
  });
};

export const command: CommandModule = {
  name: 'guide',
  usage: '[mail|sync|workflow|learn]',
  order: 7,
  summary: {
    en: 'finds the cause together with you, question by question: for beginners',
    ja: '質問に答えながら原因を調べる（はじめての方向け）',
  },
  examples: [
    'crm-doctor guide',
    'crm-doctor guide mail',
    'crm-doctor guide --resume',
    'crm-doctor guide --demo',
    'crm-doctor guide learn',
  ],
  configure: (command: Command, context, done) => {
    const { language } = context;
    const say = (key: keyof typeof words): string => words[key][language];
    command
      .argument('[mail|sync|workflow|learn]', say('area'))
      .option('--resume', say('resume'))
      .option('--demo [scenario]', say('demo'))
      .option('--config <file>', say('config'))
      .addOption(new Option('--lang <language>', say('lang')).choices(['ja', 'en']))
      .option('--no-color', say('noColor'))
      .option('--ascii', say('ascii'))
      .option('--plain', say('plain'))
      .addOption(new Option('--no-input').hideHelp())
      .option('--runbook <dir>', say('runbook'));
    command.action(async (word: string | undefined) => {
      const flags = command.opts<GuideFlags>();
      done(
        await guarded({ command: 'guide', target: word ?? '' }, {}, context, async () => {
          const area = areaOf(word);
          const { guide } = await import('../guide/guide.ts');
          return guide(area, flags, context);
        }),
      );
    });
  },
};
