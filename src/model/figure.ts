import type { MeasureUnit } from './measure.ts';
import type { Text } from './text.ts';
import { grouped } from './text.ts';

const units = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

/** 1536 → `1.5 KB`, in steps of 1024 as mail servers count. */
export const sizeText = (bytes: number): string => {
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  const digits = power === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits).replace(/\.0$/, '')} ${units[power]}`;
};

const two = (en: string, ja: string): Text => ({ en, ja });

const durationText = (ms: number): Text => {
  if (ms < 1000) return two(`${Math.round(ms)} ms`, `${Math.round(ms)} ミリ秒`);
  const seconds = ms / 1000;
  if (seconds < 90) return two(`${seconds.toFixed(1)} s`, `${seconds.toFixed(1)} 秒`);
  const minutes = seconds / 60;
  if (minutes < 90) return two(`${Math.round(minutes)} min`, `${Math.round(minutes)} 分`);
  const hours = minutes / 60;
  if (hours < 48) return two(`${Math.round(hours)} hours`, `${Math.round(hours)} 時間`);
  return two(`${Math.round(hours / 24)} days`, `${Math.round(hours / 24)} 日`);
};

/** A figure with its unit. */
export const figureText = (value: number, unit: MeasureUnit): Text => {
  switch (unit) {
    case 'bytes':
      return two(sizeText(value), sizeText(value));
    case 'milliseconds':
      return durationText(value);
    case 'seconds':
      return durationText(value * 1000);
    case 'share':
      return two(`${Math.round(value * 100)} %`, `${Math.round(value * 100)} %`);
    case 'count':
    case 'date': {
      const count =
        value < 10 && !Number.isInteger(value) ? value.toFixed(1).replace(/\.0$/, '') : grouped(Math.round(value));
      return two(count, unit === 'count' ? `${count} 件` : count);
    }
  }
};
