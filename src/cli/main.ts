import { readFileSync } from 'node:fs';
import { CommanderError } from 'commander';
import { toAscii } from '../i18n/ascii.ts';
import { wrap } from '../i18n/wrap.ts';
import type { Text } from '../model/text.ts';
import type { CommandLine, Context } from './command.ts';
import { UsageError } from './command.ts';
import { commands } from './commands.generated.ts';
import type { CommonFlags } from './flags.ts';
import { commonFlags } from './flags.ts';
import { entryLines } from './help/page.ts';
import { processIo, writeFailure } from './io.ts';
import { localeOf, unableText } from './locale.ts';
import { helpStyle, helpText, program } from './program.ts';
import { usageText } from './usage-text.ts';
import { menu, menuNotes, texts } from './words.ts';

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

/** The flags of every command that take a value, so that what follows one is no command. */
const takesValue = new Set(['--config', '--lang', '--format', '--fail-on', '--timeout', '--runbook']);

/** `crm-doctor --lang ja mail` as `crm-doctor mail --lang ja`: flags of every command may stand before it. */
const commandFirst = (argv: readonly string[]): readonly string[] => {
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] ?? '';
    if (!word.startsWith('-')) return at === 0 ? argv : [word, ...argv.slice(0, at), ...argv.slice(at + 1)];
    const [name = ''] = word.split('=');
    const known = commonFlags.has(name) || /^-[qvh]$/.test(word);
    // Of --only and --skip nobody knows where their words end.
    if (!known || name === '--only' || name === '--skip') return argv;
    if (takesValue.has(name) && !word.includes('=')) at += 1;
  }
  return argv;
};

const noCommand: Text = {
  en: 'a command has to come first; `crm-doctor help` lists them',
  ja: '先にコマンドを指定してください。`crm-doctor help` で一覧を表示できます',
};

/** A flag of every command is unknown only where no command is. */
const lacksCommand = (error: CommanderError, word: string | undefined): boolean => {
  const [, flag = ''] = /'([^'=]*)/.exec(error.message) ?? [];
  const common = commonFlags.has(flag) || /^-[qv]$/.test(flag);
  return error.code === 'commander.unknownOption' && common && word?.startsWith('-') === true;
};

/** The command that shows what the command of this line takes, or which commands there are. */
const helpFor = ([name = '']: readonly string[]): string =>
  commands.some((one) => one.name === name) ? `crm-doctor ${name} --help` : 'crm-doctor help';

const explainError = (
  error: unknown,
  argv: readonly string[],
): { readonly text: { en: string; ja: string }; readonly code: number } | undefined => {
  if (error instanceof UsageError) return { text: error.text, code: 2 };
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return undefined;
    const says = error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
    return { text: usageText(error.code, says, helpFor(argv)), code: 2 };
  }
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    text: {
      en: `crm-doctor itself failed (${detail}). A report of it with the command that was run helps us to mend it.`,
      ja: `crm-doctor 自身の不具合です (${detail})。実行したコマンドとともにご報告ください。`,
    },
    code: 3,
  };
};

/** Flags may stand before the command, and before the command of a command (`runbook`). */
const ordered = (given: readonly string[]): readonly string[] => {
  const argv = commandFirst(given);
  const [name, ...rest] = argv;
  return name === undefined || name.startsWith('-') ? argv : [name, ...commandFirst(rest)];
};

/** Flags of how things look and no command that would show anything. */
const namesNothing = (argv: readonly string[]): boolean =>
  argv.every((word, at) =>
    argv[at - 1] === '--lang'
      ? /^(?:ja|en)$/.test(word)
      : (word === '--lang' && at + 1 < argv.length) || /^--(?:lang=(?:ja|en)|plain|ascii|color|no-color)$/.test(word),
  );

/** `crm-doctor` alone: where to begin. */
const shortMenu = (argv: readonly string[], context: Context): string => {
  const style = helpStyle(argv, context);
  const say = (text: Text): string => text[context.language];
  const guided = commands.some(({ name }) => name === 'guide');
  const lines = [
    ...wrap(say(texts.tagline), style.columns),
    '',
    ...entryLines(
      Object.values(menu).map(({ term, about }) => ({ term, about: say(about) })),
      style,
    ),
    '',
    ...(guided ? wrap(say(menuNotes.guide), style.columns) : []),
    ...wrap(say(menuNotes.more), style.columns),
  ];
  return `${lines.join('\n')}\n`;
};

/** Runs one command line and returns its exit code; writes nothing but through `io`. */
export const runCommandLine: CommandLine = async (given, io, { spectator } = {}) => {
  const argv = ordered(given);
  const { language, unable } = localeOf(flagValue(argv, '--lang'), io.env);
  const context: Context = {
    io,
    language,
    version: versionOf(),
    commands,
    ascii: unable !== undefined,
    ...(spectator ? { spectator } : { commandLine: runCommandLine }),
  };
  let code = 0;
  let groups: ReadonlySet<string> = new Set();
  try {
    if (argv.length === 0 || namesNothing(argv)) {
      const text = shortMenu(argv, context);
      io.out.write(context.ascii ? toAscii(text) : text);
      return 0;
    }
    const { top } = await program(
      argv,
      context,
      (name) => name === argv[0],
      (exit) => {
        code = exit;
      },
    );
    groups = new Set(top.commands.filter((one) => one.commands.length > 0).map((one) => one.name()));
    if (unable !== undefined) {
      top.hook('preAction', (_, action) => {
        // What the file says of the language holds for those who can read it.
        action.setOptionValueWithSource('lang', language, 'env');
        if (action.opts<CommonFlags>().quiet !== true) io.err.write(`crm-doctor: ${unableText(unable)}\n`);
      });
    }
    await top.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      const [first = '', second] = argv;
      // A command that needs another word was given none.
      if (error.code === 'commander.help' || (groups.has(first) && lacksCommand(error, second))) {
        io.err.write((await helpText([first], context)) ?? '');
        return 2;
      }
      if (lacksCommand(error, first)) {
        io.err.write(`crm-doctor: ${noCommand[language]}\n`);
        return 2;
      }
    }
    const explained = explainError(error, argv);
    if (!explained) return 0;
    io.err.write(`crm-doctor: ${explained.text[language]}\n`);
    return explained.code;
  }
};

/**
 * A library's forgotten handle must not keep a finished run alive; what is still being read from us may. Who broke a run off
 * does not wait for what it had opened.
 */
const leaveSoon = (interrupted: boolean): void => {
  const timer = setInterval(
    () => {
      const { stdout, stderr } = process;
      if ([stdout, stderr].every(({ writableLength, destroyed }) => destroyed || writableLength === 0)) process.exit();
    },
    interrupted ? 50 : 2_000,
  );
  if (!interrupted) timer.unref();
};

export const main = async (): Promise<void> => {
  const code = await runCommandLine(process.argv.slice(2), processIo());
  const failure = writeFailure();
  process.exitCode = failure === undefined ? code : 3;
  if (failure !== undefined) process.stderr.write(`crm-doctor: standard output: ${failure}\n`);
  leaveSoon(code >= 128);
};
