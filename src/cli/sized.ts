import type { EventEmitter } from 'node:events';

/** A stream that may be a terminal; node gives one its size, which a terminal does not always know. */
type Sized = Pick<EventEmitter, 'on'> & { readonly isTTY?: boolean; columns?: number | undefined };

/** A terminal that does not know how wide it is (`script` without one, a serial console): as wide as most are. */
export const withWidth = <Stream extends Sized>(stream: Stream): Stream => {
  // Who divides by a width of 0, as the spinner does, clears endlessly many lines.
  const know = (): void => {
    if (stream.isTTY === true && !stream.columns) stream.columns = 80;
  };
  know();
  if (stream.isTTY === true) stream.on('resize', know);
  return stream;
};
