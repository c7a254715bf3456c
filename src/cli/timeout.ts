import { parseDuration } from '../config/duration.ts';
import type { Subject } from '../model/mailbox.ts';
import { UsageError } from './command.ts';
import type { CommonFlags } from './flags.ts';

const defaultTimeoutMs = 60_000;

/** What one of many mailboxes may take, on average. */
const mailboxMs = 2_000;

/** So many are looked at in the time of one. */
const fewMailboxes = 5;

/** How long a run may take: as the flags say, else as the task does, else what so many mailboxes need. */
export const timeoutOf = (flags: CommonFlags, subjects: readonly Subject[], given: number | undefined): number => {
  const trips = subjects.map(({ roundTrip }) => (roundTrip.enabled ? roundTrip.timeoutMs + 15_000 : 0));
  if (flags.timeout === undefined) {
    if (given !== undefined) return given;
    // Trips on one host are made one after another.
    const longest = trips.reduce((most, one) => Math.max(most, one), 0);
    const together = subjects.length > fewMailboxes ? subjects.length * (mailboxMs + longest / 4) : longest;
    return defaultTimeoutMs + together;
  }
  const ms = parseDuration(flags.timeout);
  if (ms === undefined || ms <= 0) {
    throw new UsageError({
      en: `--timeout ${flags.timeout} is no duration; write 30s or 2m`,
      ja: `--timeout ${flags.timeout} は時間として読めません。30s や 2m のように指定してください`,
    });
  }
  return ms;
};
