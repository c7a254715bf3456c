import type { Explained } from './comparison.ts';

/** Three digits of what a sample comes to: more of them nobody has counted. */
const inAll = (share: number, of: number): number => Math.min(of, Number((share * of).toPrecision(3)));

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
