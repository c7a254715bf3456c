/** The first time of a cron expression after a moment (milliseconds since 1970); undefined: there is none. */
export type NextTime = (after: number) => number | undefined;

/**
 * The times of a five-field cron expression in a time zone. A time of day that a clock change skips is right after the
 * change, one that exists twice is the first of the two; what runs in every hour goes on through the change (as Vixie cron).
 * The library is loaded here, so that a schedule of intervals loads none.
 */
export const openCron = async (expression: string, timeZone: string): Promise<NextTime> => {
  const { Cron } = await import('croner');
  // It only ever calculates: without a function to call, it starts no timer.
  const cron = new Cron(expression, { timezone: timeZone, mode: '5-part', fixedTimeRule: 'no-wildcard' });
  return (after) => cron.nextRun(new Date(after))?.getTime();
};
