/** What a figure is of. `date`: milliseconds since the epoch, of a day that is known to come. */
export type MeasureUnit = 'bytes' | 'share' | 'milliseconds' | 'count' | 'seconds' | 'date';

export const measureUnits: readonly MeasureUnit[] = ['bytes', 'share', 'milliseconds', 'count', 'seconds', 'date'];

/** One figure that a run saw; the same figure of several runs is a series. */
export interface Measure {
  /** `quota.storage`, `certificate.end`, `round-trip` … */
  readonly id: string;
  /** The label of the mailbox, CRM or comparison. */
  readonly mailbox: string;
  /** What of it: a service, a folder, a quota root, a backup's place. */
  readonly target: string;
  /** RFC 3339 UTC */
  readonly at: string;
  readonly value: number;
  readonly unit: MeasureUnit;
  /** Where the figure cannot go beyond. */
  readonly limit?: number;
}

/** A figure at a time, in milliseconds since the epoch. */
export interface Point {
  readonly at: number;
  readonly value: number;
  readonly limit?: number;
}

/** One figure over time, the oldest first. */
export interface Series extends Pick<Measure, 'id' | 'mailbox' | 'target' | 'unit'> {
  readonly points: readonly Point[];
}

export const seriesKey = ({ id, mailbox, target }: Pick<Measure, 'id' | 'mailbox' | 'target'>): string =>
  JSON.stringify([id, mailbox, target]);
