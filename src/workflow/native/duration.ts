import type { Duration, Unit } from '../../model/workflow/value.ts';

const units: Readonly<Record<string, Unit>> = {
  s: 'second',
  sec: 'second',
  min: 'minute',
  h: 'hour',
  d: 'day',
  w: 'week',
  month: 'month',
  months: 'month',
  year: 'year',
  years: 'year',
};

/** `15min`, `4h`, `-7d`, `2w`, `1month`; undefined for what is none. */
export const durationOf = (text: string): Duration | undefined => {
  const [, amount, word] = /^([+-]?\d{1,9}) ?([a-z]{1,6})$/.exec(text.trim()) ?? [];
  const unit = word === undefined ? undefined : units[word];
  return unit === undefined ? undefined : { amount: Number(amount), unit };
};
