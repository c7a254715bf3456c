import { expect, test } from '@jest/globals';
import { inLanes } from '../../src/run/lanes.ts';
import { openLedger } from '../../src/world/kit.ts';
import { sessionsOf } from '../../src/world/sessions.ts';
import { limits } from './contact-kit.ts';

const soon = () => new Promise((resolve) => setImmediate(resolve));
const { signal } = new AbortController();

/** Counts how many are inside at a time. */
const counter = () => {
  let [now, most] = [0, 0];
  return {
    most: () => most,
    act: async () => {
      now += 1;
      most = Math.max(most, now);
      await soon();
      now -= 1;
    },
  };
};

test('a host is given so many sessions at a time, each host by itself, whatever its letters', async () => {
  const inTurn = sessionsOf(3, 0);
  const [one, other] = [counter(), counter()];
  await Promise.all(
    Array.from({ length: 30 }, (_, at) =>
      inTurn([at % 2 ? 'a.test' : at % 4 ? 'A.test' : 'b.test'], at % 2 || at % 4 ? one.act : other.act, signal),
    ),
  );
  expect([one.most(), other.most()]).toEqual([3, 3]);
});

test('those who need two of one host, and of two hosts, end all of them, also where there is one only', async () => {
  for (const most of [1, 2, 4]) {
    const inTurn = sessionsOf(most, 0);
    let done = 0;
    await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        inTurn(
          [['a', 'a'], ['b', 'a'], ['a', 'b', 'b'], ['a']][at % 4] ?? [],
          async () => {
            await soon();
            done += 1;
          },
          signal,
        ),
      ),
    );
    expect(done).toBe(20);
  }
});

test('who gives up while waiting leaves the turn to others', async () => {
  const inTurn = sessionsOf(1, 0);
  const ending = new AbortController();
  let free = () => {};
  const first = inTurn(
    ['a'],
    () =>
      new Promise<void>((resolve) => {
        free = resolve;
      }),
    signal,
  );
  const second = inTurn(['a'], async () => 'second', ending.signal);
  const third = inTurn(['a'], async () => 'third', signal);
  ending.abort(new Error('given up'));
  await expect(second).rejects.toThrow('given up');
  free();
  await first;
  expect(await third).toBe('third');
});

test('errands are done once each, and a slow place keeps nobody else waiting', async () => {
  const done: string[] = [];
  let free = () => {};
  const held = new Promise<void>((resolve) => {
    free = resolve;
  });
  const errands = [
    ...Array.from({ length: 5 }, (_, at) => ({ item: `slow ${at}`, places: ['slow'] })),
    ...Array.from({ length: 20 }, (_, at) => ({ item: `quick ${at}`, places: ['quick', 'quick'] })),
  ];
  const all = inLanes(errands, { perPlace: 2, most: 8 }, async (item) => {
    if (item.startsWith('slow')) await held;
    else await soon();
    done.push(item);
    if (done.length === 20) free();
  });
  await all;
  expect(done.slice(0, 20).every((item) => item.startsWith('quick'))).toBe(true);
  expect(new Set(done).size).toBe(25);
});

test('a lock-out silences its host, or its account alone where it is about that, and no other host', async () => {
  const ledger = openLedger(limits);
  const login = (host: string, username: string, came: 'accepted' | 'locked-out' = 'accepted', accountOnly = false) =>
    ledger
      .login({ protocol: 'imap', host, username, path: `mailboxes[${username}].imap` }, async () => ({
        result: 1,
        came,
        accountOnly,
      }))
      .then(({ kind }) => kind);
  expect(await login('a.test', 'one', 'locked-out', true)).toBe('tried');
  expect(await login('b.test', 'one')).toBe('locked-out');
  expect(await login('a.test', 'two')).toBe('tried');
  expect(await login('a.test', 'three', 'locked-out')).toBe('tried');
  expect(await login('A.test', 'four')).toBe('locked-out');
  expect(await login('b.test', 'four')).toBe('tried');
});

test('a lock-out at one CRM says nothing of another one, nor of the mail of whoever has the same name', async () => {
  const ledger = openLedger(limits);
  const login = (protocol: 'crm' | 'imap', host: string, came: 'accepted' | 'locked-out') =>
    ledger.login({ protocol, host, username: 'admin' }, async () => ({ result: 1, came })).then(({ kind }) => kind);
  expect(await login('crm', 'one.test', 'locked-out')).toBe('tried');
  expect(await login('crm', 'one.test', 'accepted')).toBe('locked-out');
  expect(await login('crm', 'two.test', 'accepted')).toBe('tried');
  expect(await login('imap', 'mail.test', 'accepted')).toBe('tried');
});
