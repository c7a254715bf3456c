import { turnsOf } from './turns.ts';

/** How many sessions one trip needs on one host: it sends while it looks. */
const mostOfOne = 2;

type InTurn = <Value>(hosts: readonly string[], act: () => Promise<Value>, signal: AbortSignal) => Promise<Value>;

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const leave = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', leave);
      resolve();
    }, ms);
    signal.addEventListener('abort', leave, { once: true });
  });

/** The turns of one host. */
const hostOf = (most: number, spacingMs: number) => {
  const turn = turnsOf(most);
  // Who needs several waits for them one at a time, so that two never hold one each and wait for the other's.
  const several = turnsOf(1);
  let next = 0;
  const spaced = async <Value>(act: () => Promise<Value>, signal: AbortSignal): Promise<Value> => {
    const now = performance.now();
    const wait = next - now;
    next = Math.max(now, next) + spacingMs;
    if (wait > 0) await pause(wait, signal);
    return act();
  };
  const one = <Value>(act: () => Promise<Value>, signal: AbortSignal): Promise<Value> =>
    turn(() => spaced(act, signal), signal);
  return { one, several };
};

/** Lets each host have so many sessions at a time, and a moment between the beginnings of two. */
export const sessionsOf = (perHost: number, spacingMs: number): InTurn => {
  const all = new Map<string, ReturnType<typeof hostOf>>();
  const turnsAt = (host: string) => {
    const known = all.get(host) ?? hostOf(perHost, spacingMs);
    all.set(host, known);
    return known;
  };
  const within = <Value>(
    [first, ...rest]: readonly string[],
    act: () => Promise<Value>,
    signal: AbortSignal,
  ): Promise<Value> => (first === undefined ? act() : turnsAt(first).one(() => within(rest, act, signal), signal));
  return (hosts, act, signal) => {
    const wanted = hosts.map((host) => host.toLowerCase());
    const names = [...new Set(wanted)].toSorted();
    const [only, other] = names;
    // The usual case: one session on one host.
    if (only !== undefined && other === undefined && wanted.length === 1) return turnsAt(only).one(act, signal);
    const places = names.flatMap((name) => {
      const times = wanted.filter((one) => one === name).length;
      return Array.from({ length: Math.min(times, mostOfOne, perHost) }, () => name);
    });
    // In the order of their names, and who needs several one after another, so that nobody waits in a circle.
    const alone = ([name, ...rest]: readonly string[]): ReturnType<typeof act> =>
      name === undefined ? within(places, act, signal) : turnsAt(name).several(() => alone(rest), signal);
    return alone(names);
  };
};
