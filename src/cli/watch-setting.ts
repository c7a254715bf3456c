import { paceOf } from '../reason/watch/paces.ts';

const units: readonly (readonly [letter: string, ms: number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
];

const usual = (check: string): string => {
  const pace = paceOf([], check);
  const ms = pace.kind === 'interval' ? pace.ms : 3_600_000;
  const [letter, unit] = units.find(([, size]) => ms % size === 0) ?? ['s', 1000];
  return `${ms / unit}${letter}`;
};

/** The lines of crm-doctor.yaml by which `crm-doctor watch` looks at these checks, at their usual pace. */
export const watchSetting = (checks: readonly string[]): readonly string[] => [
  'watch:',
  '  every:',
  ...checks.map((check) => `    ${check}: ${usual(check)}`),
];
