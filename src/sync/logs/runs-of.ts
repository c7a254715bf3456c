import type { Span } from './spans.ts';

/** Starts of one run that are written by several: a timer, the script, the program. */
const togetherMs = 60_000;
const share = 0.9;

const within = (inner: Span, outer: Span): boolean =>
  inner !== outer &&
  outer.end !== undefined &&
  inner.start >= outer.start &&
  (inner.end ?? inner.start) <= outer.end &&
  (inner.run === outer.run || inner.run === '' || outer.run === '');

/** The spans of each template that lie within one of another; both in the order of their starts. */
const nestedShare = (inner: readonly Span[], outer: readonly Span[]): number => {
  let [at, nested] = [0, 0];
  const ends: Span[] = [];
  for (const one of inner) {
    for (; at < outer.length && (outer[at]?.start ?? 0) <= one.start; at += 1) {
      const next = outer[at];
      if (next) ends.push(next);
    }
    // Only the last few that began before it can still go on.
    if (ends.slice(-50).some((candidate) => within(one, candidate))) nested += 1;
  }
  return inner.length === 0 ? 0 : nested / inner.length;
};

const mostTemplates = 200;

/** The whole runs among all spans: not their steps, and each once. */
const outermost = (spans: readonly Span[]): readonly Span[] => {
  const byTemplate = new Map<string, Span[]>();
  for (const span of spans) {
    const known = byTemplate.get(span.template);
    if (known) known.push(span);
    else byTemplate.set(span.template, [span]);
  }
  const ended = [...byTemplate]
    .filter(([, of]) => of.some(({ end }) => end !== undefined))
    .toSorted(([, a], [, b]) => b.length - a.length)
    .slice(0, mostTemplates);
  // Where nothing ever ends, starts are all there is.
  if (ended.length === 0) return spans;
  const outer = ended.filter(
    ([name, of]) =>
      !ended.some(
        ([other, its]) =>
          other !== name &&
          nestedShare(of, its) >= share &&
          // Of two that lie within each other, the one that came first.
          (nestedShare(its, of) < share || (its[0]?.start ?? 0) < (of[0]?.start ?? 0)),
      ),
  );
  return outer.flatMap(([, of]) => of).toSorted((a, b) => a.start - b.start);
};

const merged = (one: Span, other: Span): Span => {
  const ends = [one.end, other.end].filter((end) => end !== undefined);
  const says = one.says ?? other.says;
  return {
    template: one.template,
    run: one.run,
    start: Math.min(one.start, other.start),
    ...(ends.length === 0 ? {} : { end: Math.max(...ends) }),
    failed: one.failed || other.failed,
    throttled: one.throttled || other.throttled,
    ...(says === undefined ? {} : { says }),
  };
};

/** Two tellings of one run: they start together, and end together or one of them tells no end. */
const isSame = (one: Span, other: Span): boolean => {
  if (one.template === other.template && one.run === other.run && one.template !== 'whole') return false;
  if (Math.abs(other.start - one.start) > togetherMs) return false;
  if (one.end === undefined || other.end === undefined) return one.template !== other.template;
  return Math.abs(one.end - other.end) <= togetherMs / 6 && Math.abs(other.start - one.start) <= togetherMs / 6;
};

/**
 * The runs of a job, the oldest first. One that never ended, though others of its kind do, has failed when the log goes on for longer
 * than any of them took.
 */
export const runsOf = (spans: readonly Span[], last: number): readonly Span[] => {
  const outer = outermost(spans);
  const longest = new Map<string, number>();
  for (const { template, start, end } of outer) {
    if (end !== undefined) longest.set(template, Math.max(longest.get(template) ?? 0, end - start));
  }
  const runs: Span[] = [];
  for (const span of outer) {
    const usual = longest.get(span.template);
    const broken = span.end === undefined && usual !== undefined && last - span.start > 2 * usual + togetherMs;
    const run: Span = broken ? { ...span, failed: true } : span;
    const at = runs.slice(-5).findIndex((one) => isSame(one, run));
    const place = at < 0 ? -1 : Math.max(0, runs.length - 5) + at;
    const known = runs[place];
    if (known) runs[place] = merged(known, run);
    else runs.push(run);
  }
  return runs;
};
