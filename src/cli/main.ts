import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { chooseLanguage } from '../i18n/language.ts';
import type { Language } from '../model/text.ts';
import type { Context } from './command.ts';
import { UsageError } from './command.ts';
import { commands } from './commands.generated.ts';
import type { Io } from './io.ts';
import { processIo } from './io.ts';
import { texts, titleIn, usageText } from './words.ts';

const versionOf = (): string => {
  // src/cli/main.ts and dist/main.js both stand below the package.
  for (const up of ['../package.json', '../../package.json']) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8')) as Record<
        string,
        unknown
      >;
      if (name === 'crm-doctor' && typeof version === 'string') return version;
    } catch {
      // The other place is tried.
    }
  }
  return '0.0.0';
};

const flagValue = (argv: readonly string[], flag: string): string | undefined => {
  const joined = argv.find((word) => word.startsWith(`${flag}=`));
  if (joined !== undefined) return joined.slice(flag.length + 1);
  const at = argv.indexOf(flag);
  return at < 0 ? undefined : argv[at + 1];
};

const dressed = (command: Command, language: Language, io: Io): Command =>
  command
    .exitOverride()
    .allowExcessArguments(false)
    .showSuggestionAfterError(true)
    .helpOption('-h, --help', texts.help[language])
    .configureHelp({
      styleTitle: (title) => titleIn(language, title),
      // Our own words name the default, in the reader's language; commander would add `(default: "fail")` to them.
      optionDescription: ({ description }) => description,
      helpWidth: Math.min(io.out.columns, 100),
    })
    .configureOutput({ writeOut: (text) => io.out.write(text), writeErr: () => {} });

const exampleText = (language: Language, examples: readonly string[]): string =>
  examples.length === 0 ? '' : `\n${texts.examples[language]}\n${examples.map((line) => `  ${line}`).join('\n')}\n`;

const program = async (argv: readonly string[], context: Context, done: (code: number) => void): Promise<Command> => {
  const { io, language, version } = context;
  const top = dressed(new Command('crm-doctor'), language, io)
    .description(texts.tagline[language])
    .version(version, '--version', texts.version[language])
    .helpCommand(false)
    .addHelpText(
      'after',
      exampleText(language, [
        'crm-doctor demo',
        'crm-doctor mail',
        'crm-doctor mail sales@example.co.jp --smtp smtp.example.co.jp:587 --password-env MAIL_PASSWORD',
      ]),
    );
  const wanted = argv.find((word) => commands.some(({ name }) => name === word));
  for (const entry of commands) {
    const command = new Command(entry.name).summary(entry.summary[language]).description(entry.summary[language]);
    if (entry.name === wanted) {
      dressed(command, language, io);
      const { command: module } = await entry.load();
      module.configure(command, context, done);
      command.addHelpText('after', exampleText(language, module.examples));
    } else if (entry.usage !== '') command.arguments(entry.usage);
    top.addCommand(command);
  }
  return top;
};

const explainError = (
  error: unknown,
): { readonly text: { en: string; ja: string }; readonly code: number } | undefined => {
  if (error instanceof UsageError) return { text: error.text, code: 2 };
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return undefined;
    return { text: usageText(error.code, error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ')), code: 2 };
  }
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    text: {
      en: `crm-doctor itself failed (${detail}). Please report this with the command you ran.`,
      ja: `crm-doctor 自身の不具合です (${detail})。実行したコマンドとともにご報告ください。`,
    },
    code: 3,
  };
};

/** Runs one command line and returns its exit code; writes nothing but through `io`. */
export const runCommandLine = async (argv: readonly string[], io: Io): Promise<number> => {
  const flag = flagValue(argv, '--lang');
  const language = chooseLanguage({ ...(flag === undefined ? {} : { flag }), env: io.env });
  const context: Context = { io, language, version: versionOf(), commands };
  let code = 0;
  try {
    const top = await program(argv, context, (exit) => {
      code = exit;
    });
    if (argv.length === 0) {
      io.out.write(top.helpInformation());
      io.out.write(`\n${texts.more[language]}\n`);
      return 0;
    }
    await top.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    const explained = explainError(error);
    if (!explained) return 0;
    io.err.write(`crm-doctor: ${explained.text[language]}\n`);
    return explained.code;
  }
};

/** A library's forgotten handle must not keep a finished run alive; what is still being read from us may. */
const leaveSoon = (): void => {
  const timer = setInterval(() => {
    if (process.stdout.writableLength === 0 && process.stderr.writableLength === 0) process.exit();
  }, 2_000);
  timer.unref();
};

export const main = async (): Promise<void> => {
  process.exitCode = await runCommandLine(process.argv.slice(2), processIo());
  leaveSoon();
};
