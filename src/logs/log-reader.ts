import type { LogSearch, LogsFact } from '../model/log-facts.ts';
import type { LogSearches } from './search.ts';
import { searchLogs } from './search.ts';

/** What is asked of the same files, until they are read. */
interface Gathering {
  readonly asked: LogSearch[];
  readonly signals: AbortSignal[];
  readonly facts: Promise<readonly LogsFact[]>;
}

/** Aborted when nobody waits any more. */
const togetherOf = (signals: readonly AbortSignal[]): AbortSignal => {
  const together = new AbortController();
  const hear = (): void => {
    if (signals.every(({ aborted }) => aborted)) together.abort();
  };
  for (const signal of signals) signal.addEventListener('abort', hear, { once: true });
  hear();
  return together.signal;
};

type Searching = (searches: LogSearches, signal: AbortSignal, now: Date) => Promise<readonly LogsFact[]>;

/** Mailboxes that are looked at side by side ask about the same files at the same time: one reading answers them all. */
export const createLogReader = (now: () => Date, searching: Searching = searchLogs) => {
  const gatherings = new Map<string, Gathering>();

  const gather = (files: readonly string[], key: string): Gathering => {
    const asked: LogSearch[] = [];
    const signals: AbortSignal[] = [];
    const read = async (): Promise<readonly LogsFact[]> => {
      // The others ask in this turn of the event loop.
      await new Promise((resolve) => setImmediate(resolve));
      gatherings.delete(key);
      return searching({ files, asked }, togetherOf(signals), now());
    };
    const gathering = { asked, signals, facts: read() };
    gatherings.set(key, gathering);
    return gathering;
  };

  return async (search: LogSearch, signal: AbortSignal): Promise<LogsFact> => {
    const key = JSON.stringify(search.files);
    const { asked, signals, facts } = gatherings.get(key) ?? gather(search.files, key);
    const place = asked.push(search) - 1;
    signals.push(signal);
    // Each question has its answer at its own place.
    return (await facts)[place] as LogsFact;
  };
};
