import type { Text } from '../model/text.ts';

/** A day from which a provider takes something no more, or not by default. */
export interface Deadline {
  readonly id: string;
  readonly due: string;
  readonly hosts: RegExp;
  readonly protocol: 'smtp' | 'imap' | 'pop3';
  /** Only logins by password are meant. */
  readonly password: true;
  readonly says: Text;
  /** Where it is written, and when it was read. */
  readonly source: string;
  readonly asOf: string;
}

/** What is announced and still to come; past ones are causes. */
export const deadlines: readonly Deadline[] = [
  {
    id: 'auth.basic-disabled',
    due: '2026-12-31',
    hosts: /^(?:smtp\.office365\.com|smtp-mail\.outlook\.com|outlook\.office365\.com)$/i,
    protocol: 'smtp',
    password: true,
    says: {
      en: 'Microsoft 365 switches password logins for sending (SMTP AUTH) off by default by the end of December 2026; an administrator may switch them on again. Move to OAuth 2.0',
      ja: 'Microsoft 365 では、パスワードによる送信 (SMTP AUTH) が 2026 年 12 月末までに既定で無効になります（管理者が再び有効にすることは可能です）。OAuth 2.0 に移行してください',
    },
    source: 'https://techcommunity.microsoft.com/category/exchange/blog/exchange (timetable as revised on 2026-01-27)',
    asOf: '2026-11-25',
  },
];
