import { Command } from 'commander';
import { toAscii } from '../i18n/ascii.ts';
import { colourOn } from './colour.ts';
import type { CommandModule, Context } from './command.ts';
import { applyEnvironment } from './environment.ts';
import type { HelpStyle } from './help/page.ts';
import { exampleLines, helpPage } from './help/page.ts';
import { texts, titles } from './words.ts';

/** How help looks: in the whole terminal up to a readable width, without commander's options, which are not parsed yet. */
export const helpStyle = (argv: readonly string[], { io, language }: Context): HelpStyle => {
  const plain = argv.includes('--plain') || /^(?:1|true|yes|on)$/i.test(io.env.CRM_DOCTOR_PLAIN ?? '');
  const given = Number(io.env.COLUMNS);
  const columns = io.out.isTTY ? io.out.columns || 80 : given > 0 ? given : 80;
  const color = argv.includes('--no-color') ? false : argv.includes('--color') ? true : undefined;
  const painted = !plain && colourOn(color, io.out, io.env);
  return {
    language,
    columns: Math.max(20, Math.min(Math.floor(columns), 100)),
    plain,
    bold: painted ? (text) => `\u001b[1m${text}\u001b[22m` : (text) => text,
  };
};

const dressed = (command: Command, style: HelpStyle, { io, language, ascii }: Context): Command =>
  command
    .exitOverride()
    .allowExcessArguments(false)
    .showSuggestionAfterError(true)
    .helpOption('-h, --help', texts.help[language])
    .configureHelp({ formatHelp: (one, help) => helpPage(one, help, style) })
    .configureOutput({
      writeOut: (text) => io.out.write(ascii ? toAscii(text) : text),
      writeErr: () => {},
      // The page is painted by us, or not.
      getOutHasColors: () => true,
    });

const examplesText = (style: HelpStyle, examples: readonly string[]): string =>
  examples.length === 0
    ? ''
    : ['', style.bold(titles.examples[style.language]), ...exampleLines(examples, style)].join('\n');

/** What the whole command line is made of. */
interface Program {
  readonly top: Command;
  /** The modules of the commands that were loaded, with the command that each made. */
  readonly loaded: readonly { readonly module: CommandModule; readonly command: Command }[];
}

/** The command line; only the commands that are `wanted` are loaded, of the others there is their line in `--help`. */
export const program = async (
  argv: readonly string[],
  context: Context,
  wanted: (name: string) => boolean,
  done: (code: number) => void,
): Promise<Program> => {
  const { language, version, commands = [], io } = context;
  const style = helpStyle(argv, context);
  const top = dressed(new Command('crm-doctor'), style, context)
    .description(texts.tagline[language])
    .version(version, '--version', texts.version[language])
    .helpCommand(false)
    .hook('preAction', (_, action) => applyEnvironment(action, io.env))
    .addHelpText(
      'after',
      examplesText(style, [
        'crm-doctor demo',
        'crm-doctor mail',
        'crm-doctor mail sales@example.co.jp --smtp smtp.example.co.jp:587 --password-env MAIL_PASSWORD',
      ]),
    );
  const loaded: { module: CommandModule; command: Command }[] = [];
  // One after another: Jest's module cache does not take several at once that share a module.
  for (const entry of commands) {
    const command = new Command(entry.name).summary(entry.summary[language]).description(entry.summary[language]);
    if (wanted(entry.name)) {
      dressed(command, style, context);
      const { command: module } = await entry.load();
      module.configure(command, context, done);
      command.addHelpText('after', examplesText(style, module.examples));
      loaded.push({ module, command });
    } else if (entry.usage !== '') command.arguments(entry.usage);
    top.addCommand(command);
  }
  return { top, loaded };
};

/** The help of the command that these words lead to; undefined where they lead to none. */
export const helpText = async (
  words: readonly string[],
  context: Context,
  flags: readonly string[] = [],
): Promise<string | undefined> => {
  const [name] = words;
  const { top } = await program(
    flags,
    context,
    (one) => one === name,
    () => {},
  );
  let command = top;
  for (const word of words) {
    const next = command.commands.find((one) => one.name() === word);
    if (!next) return undefined;
    command = next;
  }
  let text = '';
  command
    .configureOutput({
      writeOut: (part) => {
        text += part;
      },
    })
    .outputHelp();
  return text;
};
