import { inSummerTime, zoneOffset } from './zone-offsets.ts';

/** One zone of each rule by which clocks are put forward today, the most used first. */
export const summerZones: readonly string[] = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'Europe/London',
  'Europe/Berlin',
  'Europe/Athens',
  'Australia/Sydney',
  'Pacific/Auckland',
  'America/Santiago',
  'Asia/Jerusalem',
  'Australia/Adelaide',
  'America/Halifax',
  'America/Anchorage',
  'America/St_Johns',
  'Australia/Lord_Howe',
];

const [anyWinter, anySummer] = [Date.UTC(2026, 0, 15), Date.UTC(2026, 6, 15)];

/** By how many minutes clocks are put forward there: an hour, on Lord Howe Island half an hour. */
export const summerMinutes = (zone: string): number =>
  Math.abs(zoneOffset(zone, anyWinter) - zoneOffset(zone, anySummer));

/** In how many of these moments clocks are put forward there. */
export const summerShare = (zone: string, instants: readonly number[]): number =>
  instants.length === 0 ? 0 : instants.filter((at) => inSummerTime(zone, at)).length / instants.length;
