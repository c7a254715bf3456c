import type { Language } from '../model/text.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** 18 Nov 2026 / 2026年11月18日, in UTC like every time of a report; what is no date stays as it was written. */
export const formatDate = (date: Date | string, language: Language): string => {
  const at = typeof date === 'string' ? new Date(date) : date;
  if (Number.isNaN(at.getTime())) return String(date);
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  return language === 'ja' ? `${year}年${month + 1}月${day}日` : `${day} ${months[month]} ${year}`;
};

/** 31 ms / 31 ミリ秒, 0.8 s / 0.8 秒, 2 min 5 s / 2 分 5 秒. */
export const formatMs = (ms: number, language: Language): string => {
  const ja = language === 'ja';
  if (!Number.isFinite(ms)) return '?';
  if (ms < 100) return `${Math.max(0, Math.round(ms))} ${ja ? 'ミリ秒' : 'ms'}`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} ${ja ? '秒' : 's'}`;
  const seconds = Math.round(ms / 1000);
  const rest = seconds % 60;
  const minutes = `${Math.floor(seconds / 60)} ${ja ? '分' : 'min'}`;
  return rest === 0 ? minutes : `${minutes} ${rest} ${ja ? '秒' : 's'}`;
};

/** `1 check`, `2 checks`; for English only, Japanese has no plural. */
export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
