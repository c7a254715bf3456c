import type { Owner, Severity } from '../model/cause.ts';
import type { Language, Text } from '../model/text.ts';
import type { Notice } from './notice.ts';

/** What stands first in a subject. */
export const kindWords: Readonly<Record<Exclude<Notice['kind'], 'problem'>, Text>> = {
  changed: { en: 'Cause changed', ja: '原因が変わりました' },
  recovered: { en: 'Recovered', ja: '復旧' },
  reminder: { en: 'Not solved yet', ja: '未解決' },
  flapping: { en: 'Comes and goes', ja: '断続的な障害' },
  calm: { en: 'Calm again', ja: '状態が安定' },
  digest: { en: 'What was held back', ja: '通知を控えていた間のまとめ' },
  'own-failure': { en: 'crm-doctor itself', ja: 'crm-doctor 自身の異常' },
  drift: { en: 'Changes', ja: '変更の検知' },
  test: { en: 'TEST', ja: 'テスト通知' },
};

export const problemWords: Readonly<Record<Severity, Text>> = {
  critical: { en: 'Problem', ja: '障害' },
  warning: { en: 'Warning', ja: '警告' },
  info: { en: 'Note', ja: 'お知らせ' },
};

export const ownerWords: Readonly<Record<Owner, Text>> = {
  user: { en: 'whoever looks after the settings', ja: '設定の担当者' },
  'crm-admin': { en: 'the CRM administrator', ja: 'CRM の管理者' },
  'mail-admin': { en: 'the administrator of the mail server', ja: 'メールサーバーの管理者' },
  'dns-admin': { en: 'the administrator of the domain (DNS)', ja: 'ドメイン (DNS) の管理者' },
  'network-admin': { en: 'the network administrator', ja: 'ネットワークの管理者' },
  provider: { en: 'the mail provider', ja: 'メール事業者' },
};

const known = new Map<string, Intl.DateTimeFormat>();

const formatIn = (timeZone: string): Intl.DateTimeFormat => {
  const format =
    known.get(timeZone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      timeZoneName: 'shortOffset',
    });
  known.set(timeZone, format);
  return format;
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `26 Nov 2026 09:15 (UTC+9)` / `2026年11月26日 09:15 (UTC+9)`; what is no time stays as it was written. */
export const timeWords = (at: string, language: Language, timeZone: string): string => {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  const parts = new Map(
    formatIn(timeZone)
      .formatToParts(date)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  const clock = `${part('hour')}:${part('minute')} (${part('timeZoneName').replace('GMT', 'UTC')})`;
  // CLDR writes "Sept" in British English.
  const month = part('month').slice(0, 3);
  return language === 'ja'
    ? `${part('year')}年${months.indexOf(month) + 1}月${part('day')}日 ${clock}`
    : `${part('day')} ${month} ${part('year')} ${clock}`;
};

/** `3 h 20 min` / `3 時間 20 分`, rounded to what a reader wants to know. */
export const spanWords = (from: string, to: string, language: Language): string => {
  const minutes = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 60_000));
  if (!Number.isFinite(minutes)) return '?';
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  const word = (count: number, en: string, ja: string): string => `${count} ${language === 'ja' ? ja : en}`;
  if (minutes < 1) return language === 'ja' ? '1 分未満' : 'less than a minute';
  if (days > 0) {
    const whole = word(days, days === 1 ? 'day' : 'days', '日');
    return hours > 0 ? `${whole} ${word(hours, 'h', '時間')}` : whole;
  }
  if (hours > 0) return rest > 0 ? `${word(hours, 'h', '時間')} ${word(rest, 'min', '分')}` : word(hours, 'h', '時間');
  return word(rest, 'min', '分');
};
