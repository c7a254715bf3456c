import type { Explained } from './comparison.ts';

/** Not rounded further: with what is left it comes to the number of all. */
const inAll = (share: number, of: number): number => Math.round(share * of);

/** Of how many records in all it holds, where a sample of them was looked at; undefined where all were counted. */
export const estimateOf = ({
  share,
  sampledFrom,
}: Pick<Explained, 'share' | 'sampledFrom'>):
  | { readonly n: number; readonly low: number; readonly high: number }
  | undefined =>
  sampledFrom === undefined || share.of <= 0
    ? undefined
    : {
        n: inAll(share.n / share.of, sampledFrom),
        low: inAll(share.low, sampledFrom),
        high: inAll(share.high, sampledFrom),
      };
