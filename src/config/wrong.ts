import type { Text } from '../model/text.ts';
import { foundIn, type Reading, type Spot } from './reading.ts';
import { type Expected, noValue, wrongType } from './words.ts';

/** Complains that a value is not what its place wants. */
export const wrong = (
  spot: Spot,
  reading: Reading,
  parts: {
    readonly expected: Expected;
    readonly shown?: string | undefined;
    readonly suggestion?: string;
    readonly hint?: Text;
  },
): undefined => {
  const found = foundIn(spot.node);
  const { expected, shown, suggestion, hint = found === 'nothing' ? noValue : undefined } = parts;
  const words = wrongType(spot.path, {
    expected: [expected],
    found,
    ...(shown === undefined ? {} : { shown }),
    ...(hint === undefined ? {} : { hint }),
  });
  reading.complain(spot, spot.path, words, {
    ...(shown === undefined ? {} : { found: shown }),
    ...(suggestion === undefined ? {} : { suggestion }),
  });
  return undefined;
};
