import type { Command } from 'commander';
import type { CommandModule, Context } from '../command.ts';
import { UsageError } from '../command.ts';
import { choiceOption } from '../flags.ts';
import { guarded } from '../report-error.ts';
import { meant } from '../suggest.ts';

/** A script asks the program at every key press, so that it never gets old and costs nothing when a shell starts. */
const scripts: Readonly<Record<string, () => Promise<(language: string) => string>>> = {
  bash: async () => (await import('./completion/bash.ts')).bashScript,
  zsh: async () => (await import('./completion/zsh.ts')).zshScript,
  fish: async () => (await import('./completion/fish.ts')).fishScript,
  powershell: async () => (await import('./completion/powershell.ts')).powershellScript,
};

const shells = Object.keys(scripts);

const print = async (shell: string, language: string | undefined, context: Context): Promise<number> => {
  const load = scripts[shell];
  if (!load || !Object.hasOwn(scripts, shell)) {
    const near = meant(shell, shells);
    throw new UsageError({
      en: `there is no completion for ${JSON.stringify(shell)}${near.en}; there is one for ${shells.join(', ')}`,
      ja: `${JSON.stringify(shell)} 用の補完はありません${near.ja}。使えるシェル: ${shells.join('、')}`,
    });
  }
  // Without a language the descriptions follow the environment of each moment.
  context.io.out.write((await load())(language ?? '-'));
  return 0;
};

export const command: CommandModule = {
  name: 'completion',
  usage: '<shell>',
  order: 95,
  summary: {
    en: 'print the completion script of a shell: bash, zsh, fish, powershell',
    ja: 'シェルの補完スクリプトを表示する: bash、zsh、fish、powershell',
  },
  examples: [
    'source <(crm-doctor completion bash)',
    'crm-doctor completion zsh > ~/.zfunc/_crm-doctor',
    'crm-doctor completion fish > ~/.config/fish/completions/crm-doctor.fish',
    'crm-doctor completion powershell | Out-String | Invoke-Expression',
  ],
  configure: (completion: Command, context, done) => {
    const { language } = context;
    completion.argument('<shell>', shells.join(', ')).addOption(
      choiceOption(
        '--lang <language>',
        {
          en: 'language of the descriptions: ja or en (default: that of the environment)',
          ja: '説明の言語: ja または en（省略時は環境に従う）',
        }[language],
        ['ja', 'en'],
      ),
    );
    completion.action(async (shell: string) => {
      const { lang } = completion.opts<{ readonly lang?: string }>();
      done(await guarded({ command: 'completion', target: shell }, {}, context, () => print(shell, lang, context)));
    });
  },
};
