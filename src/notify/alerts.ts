import type { Severity } from '../model/cause.ts';
import type { Text } from '../model/text.ts';
import type { StateNotice } from './notice.ts';

/** What is remembered of one cause in one mailbox, from its first look to its end. Plain JSON, small. */
export interface Alert {
  readonly mailbox: string;
  readonly cause: string;
  readonly severity: Severity;
  readonly title: Text;
  readonly hosts: readonly string[];
  readonly places: readonly string[];
  readonly affects: readonly string[];
  /** When this spell of it was seen first. */
  readonly since: string;
  /**
   * `pending`: seen, and not yet often enough; `told`; `flapping`: it comes and goes, and that was told; `gone`: it was
   * there a short while ago, kept to see whether it flaps.
   */
  readonly state: 'pending' | 'told' | 'flapping' | 'gone';
  /** Whether it was there at the last look. */
  readonly bad: boolean;
  /** Looks in a row with the same result. */
  readonly looks: number;
  /** When it was told or recalled last. */
  readonly toldAt?: string;
  /** When it came or went, the latest last; bounded. */
  readonly changes: readonly string[];
  /** Spells in a row that ended before they were told. */
  readonly untold: number;
  /** The last day on which anything looked. */
  readonly seenAt: string;
}

/** What notifications remember from one look to the next. */
export interface Alerts {
  readonly open: readonly Alert[];
  /** Held back in quiet hours. */
  readonly held: readonly { readonly notice: StateNotice; readonly ended?: string }[];
  readonly heldMore: number;
  /** Problems beyond what can be remembered, at the last look. */
  readonly overflow: number;
}

export const noAlerts: Alerts = { open: [], held: [], heldMore: 0, overflow: 0 };

/** How changes become notices (`watch:` of the configuration). */
export interface Rules {
  /** Looks in a row before a problem is told that is not certain. */
  readonly confirm: number;
  /** Milliseconds after which a problem that is still there is recalled; absent: never. */
  readonly remind?: number;
  readonly flapping: { readonly changes: number; readonly within: number };
  /** What is told in quiet hours all the same. */
  readonly quietExcept?: Severity;
  /** The labels of everything that is looked at now: what is remembered of others is dropped. Absent: nothing is. */
  readonly subjects?: readonly string[];
}

export const defaultRules: Rules = {
  confirm: 2,
  remind: 24 * 3_600_000,
  flapping: { changes: 4, within: 3_600_000 },
};

/** The moment of a step. */
export interface Now {
  readonly at: Date;
  /** Nothing is told but what may pass; it is summed up afterwards. */
  readonly quiet: boolean;
  /** Nothing that is seen now counts. */
  readonly maintenance: boolean;
}
