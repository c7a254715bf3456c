import type { Text } from '../../model/text.ts';

/** A question that only the real system could answer: each answer is followed in a run of its own. */
export interface Taken {
  readonly about: Text;
  readonly way: Text;
  readonly at: number;
  readonly of: number;
}

/** Answers the open questions of one run. */
export interface Choices {
  /** Position of the way that this run goes. */
  readonly choose: (about: Text, ways: readonly Text[]) => number;
  /** Questions that this run had so far. */
  readonly asked: () => number;
}

/** More open questions than this in one run are all answered by the first way, and the result counts as unknown. */
const maximumDepth = 200;

const following = (path: readonly number[]): { readonly choices: Choices; readonly taken: Taken[] } => {
  const taken: Taken[] = [];
  return {
    taken,
    choices: {
      asked: () => taken.length,
      choose: (about, ways) => {
        const wanted = path[taken.length] ?? 0;
        const at = wanted < ways.length ? wanted : 0;
        const way = ways[at];
        if (way) taken.push({ about, way, at, of: ways.length });
        return at;
      },
    },
  };
};

export interface Followed<Result> {
  readonly result: Result;
  readonly taken: readonly Taken[];
}

/**
 * Runs once for each way that the open questions allow, the last question varied first, which needs no copies of a half-finished run.
 * `complete` is false where there are more than `limit`, or `enough` said that the rest does not matter.
 */
export const everyWay = <Result>(
  run: (choices: Choices) => Result,
  limit: number,
  enough?: (way: Followed<Result>, first: Followed<Result>) => boolean,
): { readonly ways: readonly Followed<Result>[]; readonly complete: boolean } => {
  const ways: Followed<Result>[] = [];
  let path: readonly number[] | undefined = [];
  while (path && ways.length < limit) {
    const { choices, taken } = following(path);
    const way = { result: run(choices), taken };
    ways.push(way);
    if (enough?.(way, ways[0] ?? way)) return { ways, complete: false };
    path = taken.length > maximumDepth ? undefined : nextPath(taken);
    if (taken.length > maximumDepth) return { ways, complete: false };
  }
  return { ways, complete: path === undefined };
};

const nextPath = (taken: readonly Taken[]): readonly number[] | undefined => {
  for (let last = taken.length - 1; last >= 0; last -= 1) {
    const one = taken[last];
    if (one && one.at + 1 < one.of) return [...taken.slice(0, last).map(({ at }) => at), one.at + 1];
  }
  return undefined;
};
