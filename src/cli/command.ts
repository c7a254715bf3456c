import type { Command } from 'commander';
import type { Language, Text } from '../model/text.ts';
import type { Io } from './io.ts';

/** What a command knows besides its own flags. */
export interface Context {
  readonly io: Io;
  readonly language: Language;
  readonly version: string;
  /** Nothing but ASCII can be shown where help goes. */
  readonly ascii?: boolean;
  /** Every command, for those that are about the command line itself. */
  readonly commands?: readonly CommandEntry[];
}

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
