import type { Text } from '../model/text.ts';

const services: Readonly<Record<string, Text>> = {
  smtp: { en: 'Sending (SMTP)', ja: '送信サーバー (SMTP) の' },
  imap: { en: 'Receiving (IMAP)', ja: '受信サーバー (IMAP) の' },
  pop3: { en: 'Receiving (POP3)', ja: '受信サーバー (POP3) の' },
};

const keys: Readonly<Record<string, Text>> = {
  host: { en: 'server', ja: 'サーバー名' },
  port: { en: 'port', ja: 'ポート番号' },
  security: { en: 'encryption', ja: '暗号化' },
  username: { en: 'user name', ja: 'ユーザー名' },
  mechanism: { en: 'way of the login', ja: '認証方式' },
  folder: { en: 'folder', ja: 'フォルダー' },
  from: { en: 'sender', ja: '差出人' },
  address: { en: 'mail address', ja: 'メールアドレス' },
  ehlo: { en: 'name in the greeting (EHLO)', ja: '名乗る名前 (EHLO)' },
  family: { en: 'kind of IP address', ja: 'IP アドレスの種類' },
};

/** `mail.imap.port` as it is called on the settings page of a CRM; the path itself where we have no word for it. */
export const settingWords = (path: string): Text => {
  const parts = path.replace(/\[.*?\]/g, '').split('.');
  const key = keys[parts.at(-1) ?? ''];
  const service = services[parts.at(-2) ?? ''];
  if (!key) return { en: path, ja: path };
  return service ? { en: `${service.en}: ${key.en}`, ja: `${service.ja}${key.ja}` } : key;
};
