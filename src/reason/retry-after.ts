/** Beyond this many digits nobody means seconds. */
const seconds = /^\s*(\d{1,9})\s*$/;

/** IMF-fixdate, the form that RFC 9110 section 5.6.7 wants; `Date.parse` alone would take nearly anything. */
const fixdate = /^\s*(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT\s*$/;

const timeOf = (text: string | undefined): number | undefined =>
  text !== undefined && fixdate.test(text) ? Date.parse(text) : undefined;

/**
 * How long a server wants to be left alone: Retry-After in seconds or as a date (RFC 9110 section 10.2.3). A date is
 * read against the server's own clock, its Date header, where that is there.
 */
export const retryAfterMs = (
  value: string | undefined,
  { date, now }: { readonly date?: string | undefined; readonly now: Date },
): number | undefined => {
  if (value === undefined) return undefined;
  const given = seconds.exec(value)?.[1];
  if (given !== undefined) return Number(given) * 1000;
  const until = timeOf(value);
  if (until === undefined || Number.isNaN(until)) return undefined;
  const theirs = timeOf(date);
  return Math.max(0, until - (theirs === undefined || Number.isNaN(theirs) ? now.getTime() : theirs));
};
