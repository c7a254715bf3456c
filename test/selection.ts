/**
 * Every so many-th of a table that is tried on each of many subjects, beginning at another one for each subject, so that
 * all of them together try all of it. `ALL=1` is everything for each.
 */
export const everyOf = <One>(all: readonly One[], step: number, subject: number): readonly One[] =>
  process.env.ALL ? all : all.filter((_, at) => at % step === subject % step);
