import type { Text } from '../model/text.ts';
import type { Notice } from './notice.ts';
import type { Ended, Outcome } from './outbox.ts';

/** What travels with a notice through one channel. */
export interface Parcel {
  readonly notice: Notice;
  /** The same at every attempt. */
  readonly id: string;
  /** Earlier notices through this channel of which nobody knows whether they arrived. */
  readonly uncertain: readonly Ended[];
}

/** A configured way to tell somebody; opened by the composition, which alone knows secrets. */
export interface Channel {
  readonly name: string;
  readonly type: string;
  /** Its receiver recognises a repetition by the id, so that one whose fate is not known may be sent again. */
  readonly repeatable: boolean;
  /** The notice as far as it is this channel's business; undefined where it is not. */
  readonly narrowed: (notice: Notice) => Notice | undefined;
  /** Why this notice cannot go this way: the mailbox that it would be sent through is what is broken. */
  readonly unfit?: (notice: Notice) => Text | undefined;
  /** The name of the channel that takes over then. */
  readonly instead?: string;
  readonly send: (parcel: Parcel, signal: AbortSignal) => Promise<Outcome>;
}
