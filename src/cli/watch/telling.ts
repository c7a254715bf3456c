import type { Attempt, Waiting } from '../../model/login.ts';
import type { Flushed } from '../../notify/flush.ts';
import { flush } from '../../notify/flush.ts';
import type { Notice } from '../../notify/notice.ts';
import { type Outbox, recover } from '../../notify/outbox.ts';
import type { PingPhase } from '../../notify/ping.channel.ts';
import { post } from '../../notify/post.ts';
import type { OpenChannels } from '../notify/open-channels.ts';
import type { Watcher } from './bench.ts';
import type { Keeper } from './keeper.ts';
import type { Watching } from './watching.ts';

/** Whoever is told of one round. Nothing is opened before there is something to tell. */
export interface Telling {
  /** What an earlier process was sending when it was killed. */
  readonly recovered: (outbox: Outbox) => Promise<Outbox>;
  readonly posted: (outbox: Outbox, notices: readonly Notice[]) => Promise<Outbox>;
  /** Sends what is due. */
  readonly flush: () => Promise<Flushed | undefined>;
  readonly ping: (phase: PingPhase, lines: readonly string[]) => Promise<void>;
  /** Logins by which mails could not be sent. */
  readonly refused: () => readonly Attempt[];
}

export const tellingOf = (
  { now, signal, context }: Watcher,
  { target: { notify = [] }, openChannels, language }: Watching,
  keeper: Keeper,
  waiting: Waiting,
): Telling => {
  const refused: Attempt[] = [];
  let opened: Promise<OpenChannels> | undefined;
  const open = (): Promise<OpenChannels> => {
    opened ??= openChannels({ waiting, refused: (login) => refused.push({ ...login, came: 'refused' }) });
    return opened;
  };
  return {
    recovered: async (outbox) => {
      if (!outbox.deliveries.some(({ state }) => state === 'sending')) return outbox;
      const { channels } = await open();
      return recover(outbox, new Set(channels.flatMap((one) => (one.repeatable ? [one.name] : []))), now());
    },
    posted: async (outbox, notices) =>
      notices.length === 0 ? outbox : post(outbox, notices, (await open()).channels, now()),
    flush: async () => {
      if (keeper.state.outbox.deliveries.length === 0) return undefined;
      const { channels } = await open();
      const update: Parameters<typeof flush>[0]['update'] = async (change) => {
        const outbox = change(keeper.state.outbox);
        // What is not on the disk must not be sent.
        if (outbox !== keeper.state.outbox && !(await keeper.save({ ...keeper.state, outbox }))) throw keeper.failure;
        return outbox;
      };
      return flush({ update }, channels, { now }, signal);
    },
    ping: async (phase, lines) => {
      if (!notify.some(({ type }) => type === 'ping')) return;
      const { pings } = await open();
      for (const one of pings) {
        const wrong = await one.tell(phase, lines, signal);
        if (wrong) context.io.err.write(`crm-doctor: ${one.name}: ${wrong[language]}\n`);
      }
    },
    refused: () => refused,
  };
};
