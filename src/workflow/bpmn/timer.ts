import type { Duration } from '../../model/workflow/value.ts';
import type { Schedule } from '../../model/workflow/workflow.ts';
import type { XmlElement } from '../source/xml-element.ts';

// ISO 8601 durations; weeks stand alone.
const iso = /^(-?)P(?:(\d+)W|(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?)$/;

const unitSeconds = [7 * 86_400, 365 * 86_400, 30 * 86_400, 86_400, 3600, 60, 1] as const;
const units = ['week', 'year', 'month', 'day', 'hour', 'minute', 'second'] as const;

/** `PT15M`, `P3D`; several parts become the smallest of them, months and years counted as 30 and 365 days. */
export const isoDuration = (text: string): Duration | undefined => {
  const match = iso.exec(text.trim());
  if (!match) return undefined;
  const parts = units.flatMap((unit, at) => {
    const amount = match[at + 2];
    return amount === undefined ? [] : [{ unit, amount: Number(amount), seconds: unitSeconds[at] ?? 1 }];
  });
  const smallest = parts.at(-1);
  if (!smallest) return undefined;
  const seconds = parts.reduce((sum, part) => sum + part.amount * part.seconds, 0);
  const amount = parts.length === 1 ? smallest.amount : seconds / smallest.seconds;
  return { amount: match[1] === '-' ? -amount : amount, unit: smallest.unit };
};

const cycle = /^R(\d*)\/(?:[^/]*\/)?(P[^/]*)$/;

/** When a timer goes off: a cycle of ISO 8601 or cron, a date, a duration; expressions are not read. */
export const scheduleOf = (definition: XmlElement): Schedule | undefined => {
  const written = ['timeCycle', 'timeDate', 'timeDuration'].flatMap((name) => definition.first(name) ?? [])[0];
  if (!written) return undefined;
  const text = written.text.trim();
  const place = written.textPlace;
  if (text === '' || /[$#=]\{|^=/.test(text)) return undefined;
  if (written.name === 'timeDate') return { timing: { kind: 'once', at: text, place } };
  const every = isoDuration(cycle.exec(text)?.[2] ?? text);
  if (every) return { timing: { kind: 'every', every, place } };
  return written.name === 'timeCycle' ? { timing: { kind: 'cron', text, place } } : undefined;
};
