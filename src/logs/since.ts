import { isoTime } from './time.ts';

const day = /^(\d{4})-(\d\d)-(\d\d)$/;

/** `2026-11-24`, `2026-11-24T09:00`, with or without a zone; undefined for what is none. */
export const dateOf = (text: string): number | undefined => {
  const words = text.trim();
  if (day.test(words)) return isoTime(`${words} 00:00:00`);
  const withSeconds = words.replace(/^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d)(?!:)/, '$1:00');
  return /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?\s?(?:Z|[+-]\d\d:?\d\d)?$/.test(withSeconds)
    ? isoTime(withSeconds)
    : undefined;
};
