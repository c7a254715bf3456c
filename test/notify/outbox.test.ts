import { describe, expect, test } from '@jest/globals';
import type { Channel } from '../../src/notify/channel.ts';
import { flush } from '../../src/notify/flush.ts';
import type { Notice } from '../../src/notify/notice.ts';
import {
  begin,
  emptyOutbox,
  enqueue,
  type Outbox,
  type Outcome,
  pauseAfter,
  recover,
  settle,
} from '../../src/notify/outbox.ts';
import { post } from '../../src/notify/post.ts';
import { minute, start } from './looks.ts';

const notice = (id: string): Notice => ({
  kind: 'own-failure',
  id,
  at: '2026-11-26T00:00:00.000Z',
  severity: 'critical',
  title: { en: id, ja: id },
  says: { en: id, ja: id },
  since: '2026-11-26T00:00:00.000Z',
  times: 1,
  steps: [],
});

const says = { en: 'broken', ja: '故障' };

/** A store that keeps what would be on the disk, and a machine that may be pulled out of the wall at any write or send. */
const machine = (kill: () => boolean = () => false) => {
  let disk = JSON.stringify(emptyOutbox);
  const died = new Error('killed');
  const dies = (): void => {
    if (kill()) throw died;
  };
  return {
    died,
    dies,
    read: (): Outbox => JSON.parse(disk),
    put: (box: Outbox): void => {
      disk = JSON.stringify(box);
    },
    store: {
      update: async (change: (outbox: Outbox) => Outbox): Promise<Outbox> => {
        const next = change(JSON.parse(disk));
        // Before it is on the disk, or after.
        dies();
        disk = JSON.stringify(next);
        dies();
        return next;
      },
    },
  };
};

const channel = (
  name: string,
  answer: (id: string) => Outcome | Promise<Outcome>,
  more: Partial<Channel> = {},
): Channel => ({
  name,
  type: 'webhook',
  repeatable: false,
  narrowed: (one) => one,
  send: async ({ notice: { id } }) => answer(id),
  ...more,
});

const clockAt = (at = start) => {
  let now = at;
  return {
    now: () => new Date(now),
    forward: (ms: number): void => {
      now += ms;
    },
  };
};

const never = new AbortController().signal;

test('what is due is sent in its order, once', async () => {
  const { store, put, read } = machine();
  const sent: string[] = [];
  const one = channel('one', (id) => {
    sent.push(id);
    return { kind: 'delivered' };
  });
  const clock = clockAt();
  put(post(emptyOutbox, [notice('a'), notice('b')], [one], clock.now()));
  expect(await flush(store, [one], clock, never)).toMatchObject({ sent: 2, waiting: 0, lost: [], troubled: [] });
  await flush(store, [one], clock, never);
  expect(sent).toEqual(['a', 'b']);
  expect(read().ended).toMatchObject([{ fate: 'sent' }, { fate: 'sent' }]);
});

test('a busy receiver is asked again after growing pauses, or when it says so, and nothing overtakes', async () => {
  const { store, put, read } = machine();
  const times: number[] = [];
  const clock = clockAt();
  const one = channel('one', (id) => {
    if (id === 'a') times.push(clock.now().getTime() - start);
    return id === 'a' && times.length < 4
      ? { kind: 'later', says, ...(times.length === 3 ? { afterMs: 10 * minute } : {}) }
      : { kind: 'delivered' };
  });
  put(post(emptyOutbox, [notice('a'), notice('b')], [one], clock.now()));
  for (let seconds = 0; seconds < 900; seconds += 5) {
    await flush(store, [one], clock, never);
    clock.forward(5_000);
  }
  expect(times).toEqual([0, 30_000, 90_000, 690_000]);
  expect(read().deliveries).toEqual([]);
  expect([1, 2, 3, 10, 99].map(pauseAfter)).toEqual([30_000, 60_000, 120_000, 900_000, 900_000]);
});

test('attempts have an end', async () => {
  const { store, put, read } = machine();
  const clock = clockAt();
  let attempts = 0;
  const one = channel('one', () => {
    attempts += 1;
    return { kind: 'later', says };
  });
  put(post(emptyOutbox, [notice('a')], [one], clock.now()));
  for (let times = 0; times < 200; times += 1) {
    await flush(store, [one], clock, never);
    clock.forward(15 * minute);
  }
  expect(attempts).toBe(100);
  expect(read()).toMatchObject({ deliveries: [], ended: [{ fate: 'failed', tries: 100 }] });
});

test('a channel that does not work is told of through the others, once until it works again', async () => {
  const { store, put } = machine();
  const clock = clockAt();
  const heard: string[] = [];
  let works = false;
  const broken = channel('slack', () => (works ? { kind: 'delivered' } : { kind: 'refused', says }));
  const good = channel('mail', (id) => {
    heard.push(id);
    return { kind: 'delivered' };
  });
  const both = [broken, good];
  put(post(emptyOutbox, [notice('a')], both, clock.now()));
  const first = await flush(store, both, clock, never);
  expect(first).toMatchObject({
    sent: 2,
    lost: [{ channel: 'slack', fate: 'failed' }],
    troubled: [{ channel: 'slack', says, failures: 1 }],
  });
  expect(heard).toEqual(['a', 'trouble.slack.2026-11-26T00:00:00.000Z']);
  await store.update((box) => post(box, [notice('b')], both, clock.now()));
  await flush(store, both, clock, never);
  expect(heard).toHaveLength(3);
  works = true;
  await store.update((box) => post(box, [notice('c')], both, clock.now()));
  expect(await flush(store, both, clock, never)).toMatchObject({ troubled: [] });
});

test('where no channel works, the flush says so', async () => {
  const { store, put } = machine();
  const clock = clockAt();
  const broken = channel('slack', () => ({ kind: 'refused', says }));
  put(post(emptyOutbox, [notice('a')], [broken], clock.now()));
  expect(await flush(store, [broken], clock, never)).toMatchObject({
    sent: 0,
    lost: [{ says }],
    troubled: [{ channel: 'slack' }],
    waiting: 0,
  });
});

test('what nobody knows the fate of is told with the next notice, and not sent again', async () => {
  const { store, put, read } = machine();
  const clock = clockAt();
  const parcels: (readonly string[])[] = [];
  let first = true;
  const one = channel('one', () => ({ kind: 'delivered' }), {
    send: async ({ notice: { id }, uncertain }) => {
      parcels.push([id, ...uncertain.map((ended) => ended.id)]);
      if (!first) return { kind: 'delivered' };
      first = false;
      return { kind: 'uncertain', says };
    },
  });
  put(post(emptyOutbox, [notice('a'), notice('b'), notice('c')], [one], clock.now()));
  await flush(store, [one], clock, never);
  expect(parcels).toEqual([['a'], ['b', 'a.one'], ['c']]);
  expect(read().ended.map(({ fate }) => fate)).toEqual(['uncertain', 'sent', 'sent']);
});

test('a channel that throws, or is gone from the configuration, keeps nobody waiting', async () => {
  const { store, put, read } = machine();
  const clock = clockAt();
  const wild = channel('wild', () => {
    throw new Error('no manners');
  });
  const gone = channel('gone', () => ({ kind: 'delivered' }));
  put(post(emptyOutbox, [notice('a')], [wild, gone], clock.now()));
  expect(await flush(store, [wild], clock, never)).toMatchObject({
    waiting: 0,
    lost: [{ channel: 'wild', fate: 'uncertain' }],
  });
  expect(read().ended.find(({ channel: name }) => name === 'gone')).toMatchObject({ fate: 'failed' });
});

test('the outbox is bounded: the oldest make room, and are counted', () => {
  const now = new Date(start);
  const box = Array.from({ length: 1_000 }, (_, at) => at).reduce(
    (before, at) => enqueue(before, [{ channel: 'one', notice: notice(`n${at}`) }], now),
    emptyOutbox,
  );
  expect(box.deliveries).toHaveLength(300);
  expect(box.dropped).toBe(700);
  expect(box.deliveries.at(-1)?.notice.id).toBe('n999');
  const done = box.deliveries.reduce(
    (before, { id }) => settle(begin(before, id), id, { kind: 'uncertain', says }, now),
    box,
  );
  expect(done.ended).toHaveLength(100);
  expect(done.uncertain).toHaveLength(50);
});

test('a notice that cannot go its way goes by the channel that is named for that, or is given up with the reason', () => {
  const now = new Date(start);
  const why = { en: 'itself the problem', ja: '自身の問題' };
  const mail = channel('mail', () => ({ kind: 'delivered' }), { unfit: () => why, instead: 'chat' });
  const chat = channel('chat', () => ({ kind: 'delivered' }), { narrowed: () => undefined });
  expect(post(emptyOutbox, [notice('a')], [mail, chat], now).deliveries).toMatchObject([{ channel: 'chat' }]);
  const { instead: _, ...alone } = mail;
  expect(post(emptyOutbox, [notice('a')], [alone, chat], now)).toMatchObject({
    deliveries: [],
    ended: [{ fate: 'failed', says: why }],
  });
  const chatToo = { ...chat, narrowed: (one: Notice) => one };
  expect(post(emptyOutbox, [notice('a')], [mail, chatToo], now).deliveries).toHaveLength(1);
});

describe.each(Array.from({ length: 200 }, (_, seed) => seed))('killed at moment %i', (seed) => {
  test.each([false, true])('nothing is lost without a word or sent twice (repeatable: %s)', async (repeatable) => {
    const arrived: string[] = [];
    const clock = clockAt();
    let left = seed % 20;
    let alive = true;
    const pulled = machine(() => {
      if (!alive) return false;
      left -= 1;
      return left < 0;
    });
    const one = channel(
      'one',
      async (id) => {
        // Pulled out of the wall before the request, or between request and answer.
        if (seed % 3 === 0) pulled.dies();
        arrived.push(id);
        if (seed % 3 === 1) pulled.dies();
        return { kind: 'delivered' };
      },
      { repeatable },
    );
    pulled.put(post(emptyOutbox, [notice('a'), notice('b'), notice('c')], [one], clock.now()));
    // A kill is no rejection that somebody could handle: what the process knew is gone with it.
    const killed: Channel = {
      ...one,
      send: (parcel, signal) => one.send(parcel, signal).catch(() => new Promise<never>(() => undefined)),
    };
    const ends = flush(pulled.store, [killed], clock, never).catch(() => undefined);
    await Promise.race([ends, new Promise((resolve) => setImmediate(() => setImmediate(() => setImmediate(resolve))))]);
    await new Promise((resolve) => setTimeout(resolve, 0));
    alive = false;
    const names = new Set(repeatable ? ['one'] : []);
    pulled.put(recover(pulled.read(), names, clock.now()));
    clock.forward(minute);
    const again = channel('one', (id) => {
      arrived.push(id);
      return { kind: 'delivered' };
    });
    await flush(pulled.store, [again], clock, never);
    const counts = ['a', 'b', 'c'].map((id) => arrived.filter((other) => other === id).length);
    const fates = new Map(pulled.read().ended.map(({ id, fate }) => [id, fate]));
    for (const [at, id] of ['a.one', 'b.one', 'c.one'].entries()) {
      const count = counts[at] ?? 0;
      // At most once; a second time only where the receiver knows the id.
      expect(count).toBeLessThanOrEqual(repeatable ? 2 : 1);
      if (count === 0) expect(fates.get(id)).toBe('uncertain');
      expect(fates.has(id)).toBe(true);
    }
    expect(pulled.read().deliveries).toEqual([]);
  });
});
