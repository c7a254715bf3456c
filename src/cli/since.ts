import { parseDuration } from '../config/duration.ts';
import { UsageError } from './command.ts';

/** `--since 2h`, `7d`, `2026-11-24` as milliseconds since 1970. */
export const sinceOf = async ({ since }: { readonly since?: string }, now: number): Promise<number | undefined> => {
  if (since === undefined) return undefined;
  const { dateOf } = await import('../logs/since.ts');
  const ms = parseDuration(since);
  const at = ms === undefined ? dateOf(since) : now - ms;
  if (at === undefined) {
    throw new UsageError({
      en: `--since ${since} is neither a duration nor a date; write 2h, 7d or 2026-11-24`,
      ja: `--since ${since} は期間としても日付としても読めません。2h、7d、2026-11-24 のように指定してください`,
    });
  }
  return at;
};
