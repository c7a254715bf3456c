import type { Language } from '../model/text.ts';

/** A configuration value in a change. */
export const valueWord = (value: string | number | boolean | null, side: 'from' | 'to', language: Language): string => {
  if (value !== null) return value === '' ? "''" : String(value);
  if (side === 'from') return language === 'ja' ? '（未設定）' : '(not set)';
  return language === 'ja' ? '（削除）' : '(removed)';
};
