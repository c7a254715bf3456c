import type { Severity } from '../model/cause.ts';
import type { Text } from '../model/text.ts';
import type { Notice } from './notice.ts';

/**
 * A notice on its way through one channel. It is written down before it is sent, and marked `sending` before the first byte:
 * found in that state by the next process, it may have arrived, and is not sent again (`uncertain`), except where the
 * receiver recognises a repetition.
 */
export interface Delivery {
  /** Of this delivery, the same at every attempt. */
  readonly id: string;
  readonly channel: string;
  readonly notice: Notice;
  readonly state: 'waiting' | 'sending';
  /** Attempts that were begun. */
  readonly tries: number;
  /** Not before. */
  readonly dueAt: string;
  readonly problem?: Text;
}

/** What became of a delivery, for `watch --status` and for what is told next. */
export interface Ended {
  readonly id: string;
  readonly channel: string;
  readonly kind: Notice['kind'];
  readonly severity: Severity;
  readonly noticeAt: string;
  readonly at: string;
  readonly fate: 'sent' | 'failed' | 'uncertain';
  readonly tries: number;
  readonly says?: Text;
}

/** A channel that does not work, from its first failure to the next success. */
export interface Trouble {
  readonly since: string;
  readonly failures: number;
  readonly says: Text;
  /** Whether that was told through the other channels. */
  readonly told: boolean;
}

export interface Outbox {
  readonly deliveries: readonly Delivery[];
  /** The latest last; bounded. */
  readonly ended: readonly Ended[];
  /** Those whose fate is not known and was not told yet. */
  readonly uncertain: readonly Ended[];
  readonly trouble: Readonly<Record<string, Trouble>>;
  /** Notices that were given up for want of room. */
  readonly dropped: number;
}

export const emptyOutbox: Outbox = { deliveries: [], ended: [], uncertain: [], trouble: {}, dropped: 0 };

/** What a channel says of one attempt. */
export type Outcome =
  /** `says`: what is to be known of it all the same. */
  | { readonly kind: 'delivered'; readonly says?: Text }
  /** Surely not delivered, and worth another attempt; `afterMs`: what the receiver asks for. */
  | { readonly kind: 'later'; readonly says: Text; readonly afterMs?: number }
  /** Surely not delivered, and never will be as things are. */
  | { readonly kind: 'refused'; readonly says: Text }
  /** Sent, and the answer did not come. */
  | { readonly kind: 'uncertain'; readonly says: Text };

const most = { deliveries: 300, ended: 100, uncertain: 50 };

/** Half a minute, a minute, two … a quarter of an hour at most. */
const pauses = { first: 30_000, longest: 900_000 };
/** With the pauses above, a day. */
const mostTries = 100;

export const pauseAfter = (tries: number): number =>
  Math.min(pauses.first * 2 ** Math.min(Math.max(0, tries - 1), 20), pauses.longest);

const later = (at: Date, ms: number): string => new Date(at.getTime() + ms).toISOString();

/** Every notice for each of the channels that it is for, written down. The oldest make room where there is none. */
export const enqueue = (
  outbox: Outbox,
  parcels: readonly { readonly channel: string; readonly notice: Notice }[],
  now: Date,
): Outbox => {
  const added = parcels.map(
    ({ channel, notice }): Delivery => ({
      id: `${notice.id}.${channel}`,
      channel,
      notice,
      state: 'waiting',
      tries: 0,
      dueAt: now.toISOString(),
    }),
  );
  const known = new Set(outbox.deliveries.map(({ id }) => id));
  const all = [...outbox.deliveries, ...added.filter(({ id }) => !known.has(id))];
  const over = Math.max(0, all.length - most.deliveries);
  return { ...outbox, deliveries: all.slice(over), dropped: outbox.dropped + over };
};

const replaced = (outbox: Outbox, id: string, change: (delivery: Delivery) => Delivery): Outbox => ({
  ...outbox,
  deliveries: outbox.deliveries.map((one) => (one.id === id ? change(one) : one)),
});

/** A notice that could not even be tried. */
export const giveUp = (
  outbox: Outbox,
  { channel, notice }: { readonly channel: string; readonly notice: Notice },
  says: Text,
  now: Date,
): Outbox => {
  const delivery: Delivery = {
    id: `${notice.id}.${channel}`,
    channel,
    notice,
    state: 'waiting',
    tries: 0,
    dueAt: now.toISOString(),
  };
  return ended(outbox, endedAs(delivery, 'failed', now, says));
};

/** Marks it: from here on a process that dies leaves it uncertain. */
export const begin = (outbox: Outbox, id: string): Outbox =>
  replaced(outbox, id, (delivery) => ({ ...delivery, state: 'sending', tries: delivery.tries + 1 }));

const endedAs = (delivery: Delivery, fate: Ended['fate'], now: Date, says?: Text): Ended => ({
  id: delivery.id,
  channel: delivery.channel,
  kind: delivery.notice.kind,
  severity: delivery.notice.severity,
  noticeAt: delivery.notice.at,
  at: now.toISOString(),
  fate,
  tries: delivery.tries,
  ...(says === undefined ? {} : { says }),
});

const ended = (outbox: Outbox, one: Ended): Outbox => ({
  ...outbox,
  deliveries: outbox.deliveries.filter(({ id }) => id !== one.id),
  ended: [...outbox.ended, one].slice(-most.ended),
  uncertain: one.fate === 'uncertain' ? [...outbox.uncertain, one].slice(-most.uncertain) : outbox.uncertain,
});

const troubled = (outbox: Outbox, channel: string, says: Text, now: Date): Outbox => {
  const before = outbox.trouble[channel];
  const trouble: Trouble = {
    since: before?.since ?? now.toISOString(),
    failures: (before?.failures ?? 0) + 1,
    says,
    told: before?.told ?? false,
  };
  return { ...outbox, trouble: { ...outbox.trouble, [channel]: trouble } };
};

const untroubled = (outbox: Outbox, channel: string): Outbox => {
  const { [channel]: _, ...trouble } = outbox.trouble;
  return { ...outbox, trouble };
};

/** What an attempt came to. */
export const settle = (outbox: Outbox, id: string, outcome: Outcome, now: Date): Outbox => {
  const delivery = outbox.deliveries.find((one) => one.id === id);
  if (!delivery) return outbox;
  const { channel, tries } = delivery;
  switch (outcome.kind) {
    case 'delivered':
      // What was uncertain was told together with it.
      return {
        ...untroubled(ended(outbox, endedAs(delivery, 'sent', now, outcome.says)), channel),
        uncertain: outbox.uncertain.filter((one) => one.channel !== channel),
      };
    case 'refused':
      return troubled(ended(outbox, endedAs(delivery, 'failed', now, outcome.says)), channel, outcome.says, now);
    case 'uncertain':
      return troubled(ended(outbox, endedAs(delivery, 'uncertain', now, outcome.says)), channel, outcome.says, now);
    case 'later': {
      const { says, afterMs = 0 } = outcome;
      const next =
        tries >= mostTries
          ? ended(outbox, endedAs(delivery, 'failed', now, says))
          : replaced(outbox, id, (one) => ({
              ...one,
              state: 'waiting',
              problem: says,
              dueAt: later(now, Math.max(pauseAfter(tries), Math.min(afterMs, 24 * 3_600_000))),
            }));
      return troubled(next, channel, says, now);
    }
  }
};

const brokenOff: Text = {
  en: 'crm-doctor ended while it was being sent; it may have arrived',
  ja: '送信の途中で crm-doctor が終了しました。届いている可能性があります',
};

/** After a start: what an earlier process was sending. `repeatable`: channels whose receiver recognises a repetition. */
export const recover = (outbox: Outbox, repeatable: ReadonlySet<string>, now: Date): Outbox =>
  outbox.deliveries
    .filter(({ state }) => state === 'sending')
    .reduce(
      (box, delivery) =>
        repeatable.has(delivery.channel)
          ? replaced(box, delivery.id, (one) => ({ ...one, state: 'waiting', dueAt: now.toISOString() }))
          : ended(box, endedAs(delivery, 'uncertain', now, brokenOff)),
      outbox,
    );

/** Marks that the trouble of these channels was told. */
export const toldTrouble = (outbox: Outbox, channels: readonly string[]): Outbox => ({
  ...outbox,
  trouble: Object.fromEntries(
    Object.entries(outbox.trouble).map(([name, one]) => [name, channels.includes(name) ? { ...one, told: true } : one]),
  ),
});

/** What is due now: of each channel the oldest first, and nothing that stands behind one that has to wait. */
export const dueIn = ({ deliveries }: Outbox, now: Date): readonly Delivery[] => {
  const at = now.toISOString();
  const waiting = new Set<string>();
  return deliveries.filter(({ channel, state, dueAt }) => {
    if (state === 'sending' || dueAt > at) waiting.add(channel);
    return !waiting.has(channel);
  });
};

/** When the next attempt is due; undefined where nothing waits. */
export const nextDue = ({ deliveries }: Outbox): string | undefined =>
  deliveries.reduce<string | undefined>(
    (first, { dueAt }) => (first === undefined || dueAt < first ? dueAt : first),
    undefined,
  );
