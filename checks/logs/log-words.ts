import type { LogLine } from '../../src/model/log-facts.ts';
import type { Text } from '../../src/model/text.ts';

/** `2026-11-24 09:00 UTC`: the same on every machine, so that a saved run reads as it did. */
export const logTime = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;

/** `/var/log/mail.log:1234`. */
export const placeOf = ({ file, line }: LogLine): string => (line === undefined ? file : `${file}:${line}`);

interface Counts {
  readonly count: number;
  readonly first?: string;
  readonly last?: string;
}

/** `14 times from 2026-11-24 09:00 UTC to 2026-11-24 11:30 UTC`. */
export const countText = ({ count, first, last }: Counts): Text => {
  const [from, to] = [first && logTime(first), last && logTime(last)];
  if (from === undefined || to === undefined) {
    return { en: count === 1 ? 'once' : `${count} times`, ja: `${count} 回` };
  }
  if (count === 1) return { en: `once, at ${to}`, ja: `1 回（${to}）` };
  if (from === to) return { en: `${count} times, at ${to}`, ja: `${count} 回（${to}）` };
  return { en: `${count} times from ${from} to ${to}`, ja: `${count} 回（${from} から ${to} まで）` };
};
