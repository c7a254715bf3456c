import { defineNormalRule } from '../../model/sync/normal.ts';

const number = /([+-]?\d{1,9}(?:\.\d{1,9})?)/.source;

/** `P1Y2M3DT4H5M6.5S` */
const iso = new RegExp(
  `^P(?:${number}Y)?(?:${number}M)?(?:${number}W)?(?:${number}D)?(?:T(?:${number}H)?(?:${number}M)?(?:${number}S)?)?$`,
);
/** `1 year 2 mons 3 days 04:05:06.5`, as PostgreSQL writes it unless it is told otherwise. */
const words = new RegExp(
  `^(?:${number} years? ?)?(?:${number} mons? ?)?(?:${number} days? ?)?(?:([+-]?)(\\d{1,9}):(\\d\\d):(\\d\\d(?:\\.\\d{1,9})?))?$`,
);

/** Months, days and seconds, which no calendar turns into each other. */
const written = (months: number, days: number, seconds: number): string =>
  `${months} ${days} ${Number(seconds.toFixed(6))}`;

const sum = (parts: readonly (readonly [string | undefined, number])[]): number =>
  parts.reduce((all, [text, times]) => all + Number(text ?? 0) * times, 0);

const ofIso = (value: string): string | undefined => {
  const [found, years, months, weeks, days, hours, minutes, seconds] = iso.exec(value) ?? [];
  if (found === undefined || value.length < 3) return undefined;
  const time = sum([
    [hours, 3600],
    [minutes, 60],
    [seconds, 1],
  ]);
  return written(
    sum([
      [years, 12],
      [months, 1],
    ]),
    sum([
      [weeks, 7],
      [days, 1],
    ]),
    time,
  );
};

const ofWords = (value: string): string | undefined => {
  const [found, years, months, days, sign, hours, minutes, seconds] = words.exec(value) ?? [];
  if (found === undefined || value === '') return undefined;
  const time = sum([
    [hours, 3600],
    [minutes, 60],
    [seconds, 1],
  ]);
  const all = sum([
    [years, 12],
    [months, 1],
  ]);
  return written(all, Number(days ?? 0), sign === '-' ? -time : time);
};

/** A length of time, as ISO 8601 has it and as PostgreSQL exports it. */
export const intervalForm = defineNormalRule({
  id: 'interval-form',
  title: { en: 'notation of lengths of time', ja: '期間の表記' },
  types: ['text'],
  cause: 'sync.timestamp-representation',
  isOwn: (value) => /^P[-+\dT]/.test(value),
  canonical: (value) => {
    const text = value.trim();
    return text.length > 100 || !/^[-+\dP]/.test(text) ? undefined : (ofIso(text) ?? ofWords(text));
  },
});
