import type { Severity } from '../../model/cause.ts';
import type { Report } from '../../model/report.ts';
import type { Text } from '../../model/text.ts';
import type { Alert } from '../../notify/alerts.ts';
import type { Flushed } from '../../notify/flush.ts';
import type { Holder } from '../../runbook/holder.ts';
import type { WatchState } from '../../watch/state.ts';

/** A problem that came or went. */
export interface Change {
  readonly kind: 'new' | 'gone';
  readonly cause: string;
  readonly mailbox: string;
  readonly severity: Severity;
  readonly title: Text;
}

/** What is known after a round of any kind. */
export interface After {
  readonly nextAt?: number;
  readonly flushed?: Flushed;
  /** Where a damaged state was set aside. */
  readonly broken?: string;
  /** What could not be written to the disk, for the next round of this process. */
  readonly unsaved?: WatchState;
}

/** What a round came to. */
export type Rounded =
  /** Another process is looking. */
  | { readonly kind: 'taken'; readonly holder: Holder | undefined }
  | ({ readonly kind: 'idle'; readonly restsUntil?: number } & After)
  | ({ readonly kind: 'interrupted'; readonly code: number } & After)
  | ({
      readonly kind: 'looked';
      readonly at: string;
      readonly looked: readonly string[];
      readonly status: Report['status'];
      readonly code: number;
      /** Only where the run was kept. */
      readonly run?: string;
      readonly changes: readonly Change[];
      /** Problems that are there now. */
      readonly open: number;
      /** Logins that wait because an earlier one was refused. */
      readonly waiting: number;
      readonly notices: number;
    } & After)
  /** It could not do its own work. */
  | ({ readonly kind: 'failed'; readonly says: Text; readonly times: number } & After);

const keyOf = ({ mailbox, cause }: Alert): string => JSON.stringify([mailbox, cause]);

/** What is other than it was at the last look, told or not. */
export const changesOf = (before: readonly Alert[], after: readonly Alert[]): readonly Change[] => {
  const bad = (alerts: readonly Alert[]) => new Map(alerts.filter((one) => one.bad).map((one) => [keyOf(one), one]));
  const [was, is] = [bad(before), bad(after)];
  const told = (kind: Change['kind'], from: ReadonlyMap<string, Alert>, other: ReadonlyMap<string, Alert>) =>
    [...from].flatMap(([key, { cause, mailbox, severity, title }]) =>
      other.has(key) ? [] : [{ kind, cause, mailbox, severity, title }],
    );
  return [...told('gone', was, is), ...told('new', is, was)];
};
