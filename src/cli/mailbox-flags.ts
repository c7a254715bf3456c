import type { Command } from 'commander';
import type { Language, Text } from '../model/text.ts';

const words = {
  smtp: { en: 'SMTP server, HOST[:PORT][/SECURITY]', ja: '送信サーバー (SMTP)。ホスト[:ポート][/暗号化]' },
  imap: { en: 'IMAP server, HOST[:PORT][/SECURITY]', ja: '受信サーバー (IMAP)。ホスト[:ポート][/暗号化]' },
  pop3: { en: 'POP3 server, HOST[:PORT][/SECURITY]', ja: '受信サーバー (POP3)。ホスト[:ポート][/暗号化]' },
  username: { en: 'login name (default: the address)', ja: 'ログインに使うユーザー名（省略時はアドレス）' },
  passwordEnv: { en: 'environment variable that holds the password', ja: 'パスワードが入っている環境変数の名前' },
  passwordFile: { en: 'file whose first line is the password', ja: '1 行目がパスワードのファイル' },
  sender: { en: 'sender that the CRM writes (default: the address)', ja: 'CRM が使う差出人（省略時はアドレス）' },
  ca: { en: 'PEM file to trust in addition', ja: '追加で信頼する証明書 (PEM)' },
  trust: {
    en: "the CRM's own store of trusted certificates (PEM file, directory or none) in place of the system's",
    ja: 'システムの代わりに使う、CRM 自身の信頼する証明書（PEM ファイル、フォルダー、none）',
  },
  as: {
    en: "judge TLS as the CRM's runtime does: php, python, java, dotnet, node; with its version: php@7.4",
    ja: 'CRM の実行環境として TLS を判定する: php、python、java、dotnet、node。バージョン付きは php@7.4 など',
  },
  ehlo: { en: 'name that the CRM says with EHLO', ja: 'CRM が EHLO で名乗る名前' },
  family: {
    en: 'addresses that the CRM uses: 4, 6 or any',
    ja: 'CRM が使う IP アドレスの種類: 4、6、any',
  },
  dkimSelector: {
    en: "selector of the DKIM key that signs the CRM's mail; several with commas",
    ja: 'CRM のメールに署名する DKIM 鍵のセレクター。コンマ区切りで複数指定可',
  },
} as const satisfies Readonly<Record<string, Text>>;

/** What a command says of these flags where it means something of its own by them. */
export type MailboxWords = Readonly<Partial<Record<keyof typeof words, Text>>>;

/** The flags that describe a mailbox (`MailFlags`), for every command that takes one without a file. */
export const addMailboxFlags = (command: Command, language: Language, own: MailboxWords = {}): Command => {
  const say = (key: keyof typeof words): string => (own[key] ?? words[key])[language];
  return command
    .option('--smtp <host>', say('smtp'))
    .option('--imap <host>', say('imap'))
    .option('--pop3 <host>', say('pop3'))
    .option('--username <name>', say('username'))
    .option('--password-env <name>', say('passwordEnv'))
    .option('--password-file <file>', say('passwordFile'))
    .option('--sender <address>', say('sender'))
    .option('--ca <file>', say('ca'))
    .option('--trust <path>', say('trust'))
    .option('--as <runtime>', say('as'))
    .option('--ehlo <name>', say('ehlo'))
    .option('--family <family>', say('family'))
    .option('--dkim-selector <names>', say('dkimSelector'));
};
