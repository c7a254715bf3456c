import { inSummerTime } from './zone-offsets.ts';

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
];

/** In how many of these moments clocks are put forward there. */
export const summerShare = (zone: string, instants: readonly number[]): number =>
  instants.length === 0 ? 0 : instants.filter((at) => inSummerTime(zone, at)).length / instants.length;
