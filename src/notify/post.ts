import type { Channel } from './channel.ts';
import type { Notice } from './notice.ts';
import { enqueue, giveUp, type Outbox } from './outbox.ts';

/**
 * Writes notices down for the channels that they are for. One that cannot go its way, because it is about that very way, goes
 * by the channel that is named for that, or is given up with its reason.
 */
export const post = (outbox: Outbox, notices: readonly Notice[], channels: readonly Channel[], now: Date): Outbox =>
  notices.reduce(
    (box, notice) =>
      channels.reduce((before, channel) => {
        const narrowed = channel.narrowed(notice);
        if (!narrowed) return before;
        const why = channel.unfit?.(narrowed);
        if (why === undefined) return enqueue(before, [{ channel: channel.name, notice: narrowed }], now);
        const instead = channels.find(({ name }) => name === channel.instead);
        return instead && instead.unfit?.(narrowed) === undefined
          ? enqueue(before, [{ channel: instead.name, notice: narrowed }], now)
          : giveUp(before, { channel: channel.name, notice: narrowed }, why, now);
      }, box),
    outbox,
  );
