import type { Owner, Severity } from '../model/cause.ts';
import type { Text } from '../model/text.ts';

/** A cause as it is told: in one mailbox, or in all those that have it at the same host. */
export interface Item {
  readonly cause: string;
  readonly severity: Severity;
  readonly title: Text;
  /** RFC 3339: when a look found it first. */
  readonly since: string;
  /** Bounded; `count` counts all. */
  readonly mailboxes: readonly string[];
  readonly count: number;
  /** How many mailboxes were looked at on this host, where there are several with the cause. */
  readonly of?: number;
  readonly host?: string;
  readonly affects: readonly string[];
  readonly says?: Text;
  readonly proof?: readonly { readonly target: string; readonly says: Text }[];
  readonly trial?: Text;
  readonly owner?: Owner;
  readonly steps?: readonly Text[];
  readonly verify?: string;
  readonly last?: { readonly at: string; readonly says: Text };
}

export type Before = Pick<Item, 'cause' | 'severity' | 'title' | 'since'>;

interface Any {
  /** Unique, and the same for every attempt to deliver it. */
  readonly id: string;
  /** RFC 3339 */
  readonly at: string;
  readonly severity: Severity;
}

/** What is told of a cause. */
export type StateNotice = Any &
  (
    | { readonly kind: 'problem'; readonly item: Item }
    /** Another cause of the same service, or the same one in earnest. */
    | {
        readonly kind: 'changed';
        readonly item: Item;
        readonly before: Before;
      }
    /** `written`: what the runbook holds about it since, or of the last time. */
    | { readonly kind: 'recovered'; readonly item: Item; readonly written?: Text }
    | { readonly kind: 'reminder'; readonly item: Item }
    /** `before`: the cause that it takes turns with. */
    | { readonly kind: 'flapping'; readonly item: Item; readonly changes: number; readonly before?: Before }
    | { readonly kind: 'calm'; readonly item: Item; readonly now: 'problem' | 'good' }
  );

export type Notice =
  | StateNotice
  /** What quiet hours held back, each with its end where that was held back too. */
  | (Any & {
      readonly kind: 'digest';
      readonly from: string;
      readonly held: readonly { readonly notice: StateNotice; readonly ended?: string }[];
      /** So many more that were not kept. */
      readonly more: number;
    })
  /** crm-doctor could not do its own work: look, write, or notify. */
  | (Any & {
      readonly kind: 'own-failure';
      readonly title: Text;
      readonly says: Text;
      readonly since: string;
      readonly times: number;
      readonly steps: readonly Text[];
    })
  /** What is other than in the last good run, before anything fails. */
  | (Any & {
      readonly kind: 'drift';
      readonly mailbox?: string;
      readonly changes: readonly Text[];
      readonly more: number;
      readonly verify: string;
    })
  | (Any & { readonly kind: 'test'; readonly machine: string });

/** It says that something is over, and nothing that still has to be mended. */
export const isEnd = (notice: StateNotice): boolean =>
  notice.kind === 'recovered' || (notice.kind === 'calm' && notice.now === 'good');
