import type { Command } from 'commander';
import type { Listener } from '../model/event.ts';
import type { Report } from '../model/report.ts';
import type { Language, Text } from '../model/text.ts';
import type { DnsOptions } from '../world/dns.ts';
import type { Io } from './io.ts';

/** Who follows a run in place of the screen: the guide. */
export interface Spectator {
  readonly listener: Listener;
  /** The run is over and written down. */
  readonly finished: (report: Report) => void;
  /** A demo has a resolver of its own. */
  readonly dns?: DnsOptions;
}

/** What a command knows besides its own flags. */
export interface Context {
  readonly io: Io;
  readonly language: Language;
  readonly version: string;
  /** Nothing but ASCII can be shown where help goes. */
  readonly ascii?: boolean;
  /** Every command, for those that are about the command line itself. */
  readonly commands?: readonly CommandEntry[];
  readonly spectator?: Spectator;
  /** Another command line in this process: the guide runs what it would tell a person to type. */
  readonly commandLine?: CommandLine;
}

/** Runs a command line; its exit code. */
export type CommandLine = (
  argv: readonly string[],
  io: Io,
  options?: { readonly spectator?: Spectator },
) => Promise<number>;

/** One command is one file in `commands/`. */
export interface CommandModule {
  readonly name: string;
  /** Arguments as commander writes them: `[address]`. */
  readonly usage: string;
  readonly summary: Text;
  /** Place in `--help`. */
  readonly order: number;
  readonly examples: readonly string[];
  /** Adds flags and subcommands; `done` takes the exit code. */
  configure(command: Command, context: Context, done: (code: number) => void): void;
}

/** A row of the generated list: enough for `--help` without loading the command. */
export interface CommandEntry {
  readonly name: string;
  readonly usage: string;
  readonly summary: Text;
  readonly load: () => Promise<{ readonly command: CommandModule }>;
}

/** A wrong call: exit code 2 with one sentence and no stack trace. */
export class UsageError extends Error {
  readonly text: Text;
  constructor(text: Text) {
    super(text.en);
    this.name = 'UsageError';
    this.text = text;
  }
}
