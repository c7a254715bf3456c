import { createHash } from 'node:crypto';
import type { Notice } from '../notify/notice.ts';

/** What of a change tells it from others. */
export interface Changed {
  readonly aspect: string;
  readonly mailbox: string;
  readonly where: string;
  readonly after?: string;
}

/** Which changes were told: by what they are about, to what it changed. A change stays one until the baseline moves. */
export interface DriftMemory {
  readonly told: Readonly<Record<string, string>>;
  /** Held back in quiet hours. */
  readonly held: readonly Notice[];
}

export const noDrift: DriftMemory = { told: {}, held: [] };

const most = { told: 2_000, held: 20 };

const hashOf = (words: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(words)).digest('base64url').slice(0, 10);

const placeOf = ({ aspect, mailbox, where }: Changed): string => hashOf([aspect, mailbox, where]);
const stateOf = ({ after }: Changed): string => (after === undefined ? '-' : hashOf([after]));

/** What was not told yet. */
export const freshIn = <One extends Changed>({ told }: DriftMemory, changes: readonly One[]): readonly One[] =>
  changes.filter((one) => told[placeOf(one)] !== stateOf(one));

/** What there is to tell now, and what is remembered then. In quiet hours it waits; the latest are kept. */
export const tellDrift = (
  { told, held }: DriftMemory,
  fresh: readonly Changed[],
  notices: readonly Notice[],
  quiet: boolean,
): { readonly memory: DriftMemory; readonly notices: readonly Notice[] } => {
  const known = [...Object.entries(told), ...fresh.map((one) => [placeOf(one), stateOf(one)] as const)];
  const memory = Object.fromEntries([...new Map(known)].slice(-most.told));
  const all = [...held, ...notices];
  return quiet
    ? { memory: { told: memory, held: all.slice(-most.held) }, notices: [] }
    : { memory: { told: memory, held: [] }, notices: all };
};
