import { grouped, type Language } from '../../model/text.ts';

/** A share of a whole: what is little is never nothing, what is nearly all never all. */
export const percentOf = (n: number, of: number): string => {
  if (!(of > 0) || !Number.isFinite(n)) return '';
  if (n <= 0) return '0 %';
  if (n >= of) return '100 %';
  const text = ((100 * n) / of).toFixed(1);
  if (text === '0.0') return '<0.1 %';
  return text === '100.0' ? '>99.9 %' : `${text} %`;
};

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

export const bytesText = (bytes: number): string => {
  if (!Number.isFinite(bytes)) return '?';
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
  const value = bytes / 1024 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${units[power] ?? 'B'}`;
};

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** How long something lasted, in its two largest units: `7 d 2 h`, `15 min`. */
export const spanText = (ms: number, language: Language): string => {
  const ja = language === 'ja';
  if (!Number.isFinite(ms) || ms < 0) return '?';
  if (ms < second) return `${Math.round(ms)} ${ja ? 'ミリ秒' : 'ms'}`;
  const scale = [
    [day, ja ? '日' : 'd'],
    [hour, ja ? '時間' : 'h'],
    [minute, ja ? '分' : 'min'],
    [second, ja ? '秒' : 's'],
  ] as const;
  const first = scale.findIndex(([unit]) => ms >= unit);
  let rest = ms;
  const parts = scale.slice(first, first + 2).flatMap(([unit, name]) => {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    return count === 0 ? [] : [`${grouped(count)} ${name}`];
  });
  return parts.join(' ');
};

/** `2026-11-19 00:00 UTC`; what is no time stays as it was written. */
export const timeText = (at: string): string => {
  const found = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?Z$/.exec(at);
  return found ? `${found[1]} ${found[2]} UTC` : at;
};

/** Several things in a sentence. */
export const listed = (parts: readonly string[], language: Language): string =>
  parts.join(language === 'ja' ? '、' : ', ');
