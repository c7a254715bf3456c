import { NotUnderstood } from './tokens.ts';
import type { Kind } from './values.ts';

/** What a cast makes of a text that is written in the condition. */
const castKinds: Readonly<Record<string, Kind>> = {
  ...Object.fromEntries(['date', 'timestamp', 'timestamptz', 'datetime'].map((type) => [type, 'time'])),
  ...Object.fromEntries(['integer', 'int', 'bigint', 'smallint'].map((type) => [type, 'number'])),
  ...Object.fromEntries(['numeric', 'decimal', 'real', 'double'].map((type) => [type, 'number'])),
  ...Object.fromEntries(['text', 'character', 'bpchar', 'varchar'].map((type) => [type, 'text'])),
  boolean: 'boolean',
};

/** What is cast to a type. A value of a column may become another one (1.5 as an integer, a time as a day), which is not understood. */
export const castKind = (type: string, from: Kind): Kind => {
  const to = Object.hasOwn(castKinds, type) ? castKinds[type] : undefined;
  const changes = from === 'time' || (from === 'number' && !/^(?:numeric|decimal|real|double)$/.test(type));
  if (to === undefined || (from !== 'any' && (to !== from || changes))) throw new NotUnderstood(type);
  return to;
};

/** Words that belong to the name of a type. */
export const moreOfType = ['varying', 'precision', 'without', 'with', 'time', 'zone'];
