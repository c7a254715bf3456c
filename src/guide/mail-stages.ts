import type { Stage } from './area.ts';

/** The way of a mail from the settings to the mailbox, in the order in which it can fail. */
export const mailStages: readonly Stage[] = [
  {
    name: { en: 'The CRM itself', ja: 'CRM 本体' },
    why: {
      en: 'Asks the CRM for its version, its mail settings and its jobs: the fault may be in the CRM itself.',
      ja: 'CRM のバージョン、メール設定、定期処理を調べます。原因が CRM 側にあることもあるためです。',
    },
    checks: ['crm.connect', 'crm.version', 'crm.mail-settings', 'crm.jobs', 'crm.logs', 'crm.backups'],
  },
  {
    name: { en: 'Settings', ja: '設定' },
    why: {
      en: 'Looks whether the settings themselves can be right: a blank or a wrong letter is enough to break them.',
      ja: '設定に入力の誤りがないかを確認します。空白や 1 文字の違いだけでもつながらなくなります。',
    },
    checks: ['mail.config'],
  },
  {
    name: { en: 'Name resolution (DNS)', ja: '名前解決 (DNS)' },
    why: {
      en: 'Looks up the address of the server by its name: without it nothing can be reached.',
      ja: 'サーバーの名前から住所（IP アドレス）を調べます。これができないと、どこにもつながりません。',
    },
    checks: ['mail.dns'],
  },
  {
    name: { en: 'Connection (port)', ja: '接続（ポート）' },
    why: {
      en: 'Tries whether the door of the server opens: a firewall or a wrong number would keep it shut.',
      ja: 'サーバーの入口（ポート）が開いているかを試します。ファイアウォールや番号の誤りがあると開きません。',
    },
    checks: ['mail.port'],
  },
  {
    name: { en: 'Encryption (TLS)', ja: '暗号化 (TLS)' },
    why: {
      en: 'Checks the encryption and the certificate, by which the server shows that it is the real one.',
      ja: '通信の暗号化と、サーバーが本物であることを示す証明書を確認します。',
    },
    checks: ['mail.tls'],
  },
  {
    name: { en: 'Login', ja: 'ログイン' },
    why: {
      en: 'Logs in once with the user name and the password. No mail is sent.',
      ja: 'ユーザー名とパスワードで 1 回だけログインします。メールは送りません。',
    },
    checks: ['mail.smtp-auth', 'mail.imap-auth', 'mail.pop3-auth'],
  },
  {
    name: { en: 'Storage of the mailbox', ja: 'メールボックスの容量' },
    why: {
      en: 'Looks how full the mailbox is: a full one takes no mail.',
      ja: 'メールボックスの空き容量を確認します。いっぱいになると受信できません。',
    },
    checks: ['mail.quota'],
  },
  {
    name: { en: 'Trust in the sender', ja: '差出人の信頼性' },
    why: {
      en: 'Reads what the domain says of its senders (SPF, DKIM, DMARC): without it mail lands in the junk folder.',
      ja: 'ドメインの送信ドメイン認証（SPF、DKIM、DMARC）を確認します。不備があると迷惑メールと判定されます。',
    },
    checks: ['mail.sender-policy'],
  },
  {
    name: { en: 'Versions and clock', ja: 'バージョンと時計' },
    why: {
      en: 'Looks for software that is too old and for clocks that are wrong: both break encryption and logins.',
      ja: '古すぎるソフトウェアと時刻のずれがないかを確認します。どちらも暗号化やログインの失敗につながります。',
    },
    checks: ['mail.versions', 'mail.clock'],
  },
  {
    name: { en: 'Logs', ja: 'ログ（記録）' },
    why: {
      en: 'Reads the log files that the configuration names and looks for known error messages.',
      ja: '設定ファイルに書かれたログを読み、既知のエラーメッセージを探します。',
    },
    checks: ['mail.logs'],
  },
  {
    name: { en: 'Sending and receiving', ja: '送受信のテスト' },
    why: {
      en: 'Sends one test message from the mailbox to itself, finds it and deletes it.',
      ja: '自分宛てにテストメールを 1 通送り、届いたことを確かめてから削除します。',
    },
    checks: ['mail.round-trip'],
    with: '--send',
  },
];
