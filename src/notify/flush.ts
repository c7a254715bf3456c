import type { Text } from '../model/text.ts';
import type { Channel } from './channel.ts';
import type { Notice } from './notice.ts';
import {
  begin,
  type Delivery,
  dueIn,
  type Ended,
  emptyOutbox,
  giveUp,
  nextDue,
  type Outbox,
  type Outcome,
  settle,
  toldTrouble,
} from './outbox.ts';
import { post } from './post.ts';

/** Where the outbox is kept. */
export interface OutboxStore {
  /** Changes it; durable (on the disk) once it resolves. Flush never calls it twice at a time. */
  readonly update: (change: (outbox: Outbox) => Outbox) => Promise<Outbox>;
}

/** What a flush came to. */
export interface Flushed {
  readonly sent: number;
  /** Given up, or of unknown fate, in this flush. */
  readonly lost: readonly Ended[];
  /** Channels that do not work at present, for stderr and the status. */
  readonly troubled: readonly { readonly channel: string; readonly says: Text; readonly failures: number }[];
  readonly waiting: number;
  /** RFC 3339: when the next attempt is due. */
  readonly nextAt?: string;
}

const failedSomehow = (error: unknown): Outcome => {
  const name = error instanceof Error ? error.name : 'error';
  return {
    kind: 'uncertain',
    says: { en: `the attempt broke off (${name})`, ja: `送信が途中で終わりました (${name})` },
  };
};

const notConfigured: Text = {
  en: 'the channel is no longer in the configuration',
  ja: 'この通知先は設定ファイルからなくなっています',
};

/** After so many failures in a row it is more than a moment's. */
const worthTelling = 3;

const troubleNotice = (name: string, { says, since, failures }: Outbox['trouble'][string], now: Date): Notice => ({
  kind: 'own-failure',
  id: `trouble.${name}.${since}`,
  at: now.toISOString(),
  severity: 'warning',
  title: { en: `Notifications by ${name} do not arrive`, ja: `${name} への通知が届いていません` },
  says,
  since,
  times: failures,
  steps: [
    {
      en: `Try it after mending: crm-doctor watch --test-notification ${name}`,
      ja: `修正したら、テスト通知で確かめます: crm-doctor watch --test-notification ${name}`,
    },
  ],
});

/**
 * Sends what is due: one channel beside the other, each in its order. What is to be sent is written down as being sent first,
 * and what came of it afterwards. A channel that fails is told of through those that work.
 */
export const flush = async (
  store: OutboxStore,
  channels: readonly Channel[],
  clock: { readonly now: () => Date },
  signal: AbortSignal,
): Promise<Flushed> => {
  let turn: Promise<Outbox> = Promise.resolve(emptyOutbox);
  const update = (change: (outbox: Outbox) => Outbox): Promise<Outbox> => {
    const next = turn.then(() => store.update(change));
    turn = next.catch(() => emptyOutbox);
    return next;
  };
  let sent = 0;
  const lost: Ended[] = [];

  const attempt = async (channel: Channel, delivery: Delivery): Promise<Outcome> => {
    const begun = await update((box) => begin(box, delivery.id));
    const uncertain = begun.uncertain.filter((one) => one.channel === channel.name);
    const parcel = { notice: delivery.notice, id: delivery.id, uncertain };
    const outcome = await channel.send(parcel, signal).catch(failedSomehow);
    const now = clock.now();
    const after = await update((box) => settle(box, delivery.id, outcome, now));
    if (outcome.kind === 'delivered') sent += 1;
    const end = after.ended.findLast(({ id }) => id === delivery.id);
    const isOpen = after.deliveries.some(({ id }) => id === delivery.id);
    if (end && !isOpen && end.fate !== 'sent') lost.push(end);
    return outcome;
  };

  const serve = async (channel: Channel): Promise<void> => {
    while (!signal.aborted) {
      const box = await update((same) => same);
      const next = dueIn(box, clock.now()).find((one) => one.channel === channel.name);
      if (!next) return;
      const { kind } = await attempt(channel, next);
      if (kind === 'later') return;
    }
  };

  const known = new Set(channels.map(({ name }) => name));
  await update((box) =>
    box.deliveries
      .filter(({ channel }) => !known.has(channel))
      .reduce((rest, one) => {
        const given = giveUp(rest, one, notConfigured, clock.now());
        return { ...given, deliveries: given.deliveries.filter(({ id }) => id !== one.id) };
      }, box),
  );
  await Promise.all(channels.map(serve));

  const troubles = (box: Outbox) =>
    Object.entries(box.trouble).filter(
      ([name, one]) =>
        !one.told &&
        known.has(name) &&
        (one.failures >= worthTelling || box.ended.some(({ channel, fate }) => channel === name && fate !== 'sent')),
    );
  const box = await update((before) => {
    const now = clock.now();
    const working = channels.filter(({ name }) => !(name in before.trouble));
    if (working.length === 0) return before;
    const fresh = troubles(before);
    const told = toldTrouble(
      before,
      fresh.map(([name]) => name),
    );
    return post(
      told,
      fresh.map(([name, one]) => troubleNotice(name, one, now)),
      working,
      now,
    );
  });
  if (!signal.aborted && dueIn(box, clock.now()).length > 0) await Promise.all(channels.map(serve));

  const end = await update((same) => same);
  const nextAt = nextDue(end);
  return {
    sent,
    lost,
    troubled: Object.entries(end.trouble).map(([channel, { says, failures }]) => ({ channel, says, failures })),
    waiting: end.deliveries.length,
    ...(nextAt === undefined ? {} : { nextAt }),
  };
};
