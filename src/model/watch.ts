/** How often a kind of check is looked at. */
export type Pace =
  | { readonly kind: 'interval'; readonly ms: number }
  /** Five fields, read in the schedule's time zone. */
  | { readonly kind: 'cron'; readonly expression: string }
  | { readonly kind: 'never' };

export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Weekday = (typeof weekdays)[number];

/** Hours in which nothing is told; what is held back is told at their end. */
export interface QuietHours {
  /** Minutes after midnight; `to` may be 1440, and earlier than `from` across midnight. */
  readonly from: number;
  readonly to: number;
  /** The days on which they begin. */
  readonly days: readonly Weekday[];
  /** What is told all the same. */
  readonly except?: 'critical';
}

/** A time of planned work: what fails then is no news. */
export type Maintenance = {
  readonly note?: string;
  /** It is looked at all the same, and not told. */
  readonly look: boolean;
} & (
  | {
      readonly kind: 'once';
      /** RFC 3339; a time without an offset is of the schedule's time zone. */
      readonly from: string;
      readonly to: string;
    }
  | { readonly kind: 'recurring'; readonly cron: string; readonly forMs: number }
);

/** When `watch` looks, as it is written in the configuration. */
export interface WatchConfig {
  /** Ids or globs of checks with their paces; the most specific one that fits counts. */
  readonly every: readonly { readonly checks: string; readonly pace: Pace }[];
  /** IANA; default: the machine's. */
  readonly timeZone?: string;
  /** Over how long the machines of one configuration are spread; default: a minute. */
  readonly jitterMs?: number;
  readonly quietHours: readonly QuietHours[];
  readonly maintenance: readonly Maintenance[];
  /** How long uneventful runs are kept; default: 90 days. */
  readonly keepMs?: number;
  /** After how long a problem that lasts is recalled; 0: never; default: a day. */
  readonly remindMs?: number;
  /** Looks in a row before a problem is told that may pass by itself; default: 2. */
  readonly confirm?: number;
  readonly flapping?: { readonly changes?: number; readonly withinMs?: number };
}
