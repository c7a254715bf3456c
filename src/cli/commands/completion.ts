import { Command } from 'commander';
import { reporters } from '../../report/reporters.generated.ts';
import type { CommandModule, Context } from '../command.ts';
import { UsageError } from '../command.ts';
import { guarded } from '../report-error.ts';
import { meant } from '../suggest.ts';
import { texts } from '../words.ts';
import type { Known, Tree, Values } from './completion/tree.ts';
import { treeOf } from './completion/tree.ts';

const scripts: Readonly<Record<string, () => Promise<(tree: Tree) => string>>> = {
  bash: async () => (await import('./completion/bash.ts')).bashScript,
  zsh: async () => (await import('./completion/zsh.ts')).zshScript,
  fish: async () => (await import('./completion/fish.ts')).fishScript,
  powershell: async () => (await import('./completion/powershell.ts')).powershellScript,
};

const shells = Object.keys(scripts);

const words = (list: readonly string[]): Values => ({ kind: 'words', words: [...new Set(list)] });

/** What can be typed but stands in no commander tree. */
const knownWords = async (): Promise<Known> => {
  const [{ allCauses, allChecks }, { scenarios }] = await Promise.all([
    import('../../../checks/registry.ts'),
    import('../../../fixtures/scenarios.ts'),
  ]);
  const checks = words(allChecks.map(({ id }) => id).toSorted());
  const last = words(['last']);
  return {
    '--only': checks,
    '--skip': checks,
    '--format': words(Object.keys(reporters).toSorted()),
    '--lang': words(['ja', 'en']),
    '--fail-on': words(['warn', 'fail']),
    '--as': words(['php', 'python', 'java', 'dotnet', 'node']),
    '--run': last,
    completion: words(shells),
    demo: words(scenarios.map(({ name }) => name)),
    explain: words(allCauses.map(({ id }) => id).toSorted()),
    report: last,
    'runbook show': last,
    'runbook diff': last,
    'runbook undo': last,
  };
};

/** The whole command line as every command declares it; nothing of it is run. */
const everyCommand = async (context: Context): Promise<Command> => {
  const { language, version } = context;
  const help = texts.help[language];
  const top = new Command('crm-doctor')
    .version(version, '--version', texts.version[language])
    .helpOption('--help', help);
  for (const entry of context.commands ?? []) {
    const { command: module } = await entry.load();
    const command = new Command(entry.name).summary(entry.summary[language]).helpOption('--help', help);
    module.configure(command, context, () => {});
    top.addCommand(command);
  }
  return top;
};

const print = async (shell: string, context: Context): Promise<number> => {
  const load = scripts[shell];
  if (!load || !Object.hasOwn(scripts, shell)) {
    const near = meant(shell, shells);
    throw new UsageError({
      en: `there is no completion for ${JSON.stringify(shell)}${near.en}; there is one for ${shells.join(', ')}`,
      ja: `${JSON.stringify(shell)} 用の補完はありません${near.ja}。使えるシェル: ${shells.join('、')}`,
    });
  }
  const [script, top, known] = await Promise.all([load(), everyCommand(context), knownWords()]);
  context.io.out.write(script(treeOf(top, known)));
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
    completion
      .argument('<shell>', shells.join(', '))
      .option('--lang <language>', { en: 'language: ja or en', ja: '表示言語: ja または en' }[language]);
    completion.action(async (shell: string) => {
      done(await guarded({ command: 'completion', target: shell }, {}, context, () => print(shell, context)));
    });
  },
};
