import type { Files } from '../../runbook/files.ts';
import type { Context } from '../command.ts';
import type { Keeper } from './keeper.ts';
import type { Telling } from './telling.ts';
import type { WatchFlags, Watching } from './watching.ts';

/** What makes the rounds of one process. */
export interface Watcher {
  readonly flags: WatchFlags;
  readonly context: Context;
  readonly now: () => Date;
  readonly files: Files;
  /** Ends the sending of notifications. */
  readonly signal: AbortSignal;
}

/** What one round works with, while it has the turn. */
export interface Bench {
  readonly watcher: Watcher;
  readonly watching: Watching;
  readonly keeper: Keeper;
  readonly telling: Telling;
  /** Of the runbook. */
  readonly directory: string;
  readonly start: Date;
  readonly settings: string;
  /** Nothing is known from an earlier round of this process. */
  readonly first: boolean;
}
