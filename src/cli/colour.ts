import type { Io, Stream } from './io.ts';

/**
 * Whether a stream gets colour: the flag, NO_COLOR, FORCE_COLOR, a dumb terminal, a pipe, CI, in this order. Empty
 * NO_COLOR counts as unset (no-color.org).
 */
export const colourOn = (color: boolean | undefined, stream: Stream, env: Io['env']): boolean => {
  if (color !== undefined) return color;
  if (env.NO_COLOR) return false;
  const { FORCE_COLOR: force } = env;
  if (force !== undefined) return force !== '0' && force !== 'false';
  return env.TERM !== 'dumb' && stream.isTTY && !env.CI;
};
