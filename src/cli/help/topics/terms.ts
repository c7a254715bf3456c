import type { Topic } from '../topic.ts';

export const terms: Topic = {
  name: 'terms',
  title: { en: 'Words that the reports use', ja: 'レポートに出てくる言葉' },
  parts: [
    {
      kind: 'list',
      rows: [
        {
          term: 'SMTP',
          about: { en: 'how mail is sent: the outgoing server', ja: 'メールを送る方式。送信サーバー' },
        },
        {
          term: 'IMAP',
          about: {
            en: 'how mail is read while it stays on the server: the incoming server',
            ja: 'サーバーに残したままメールを読む方式。受信サーバー',
          },
        },
        { term: 'POP3', about: { en: 'how mail is fetched away from the server', ja: 'メールを手元に取り込む方式' } },
        {
          term: { en: 'port', ja: 'ポート番号' },
          about: {
            en: 'the number of the door of a server: 587 for sending, 993 for reading with IMAP',
            ja: 'サーバーの入口の番号。送信は 587、IMAP での受信は 993 が普通',
          },
        },
        {
          term: 'TLS (SSL)',
          about: {
            en: 'encryption: nobody on the way can read along',
            ja: '暗号化。通信の途中で読まれないようにすること',
          },
        },
        {
          term: 'STARTTLS',
          about: {
            en: 'a connection that begins in plain text and is encrypted before the login',
            ja: '暗号化なしで始め、ログインの前に暗号化に切り替える方式',
          },
        },
        {
          term: { en: 'certificate', ja: 'サーバー証明書' },
          about: {
            en: 'the identity card of a server; it has a name and an end date',
            ja: 'サーバーの身分証。名前と有効期限がある',
          },
        },
        {
          term: { en: 'intermediate certificate', ja: '中間証明書' },
          about: {
            en: "what connects a server's certificate with an authority that is trusted",
            ja: 'サーバー証明書と、信頼されている認証局とをつなぐ証明書',
          },
        },
        {
          term: 'DNS',
          about: { en: 'where names of hosts are turned into addresses', ja: 'ホスト名から IP アドレスを調べる仕組み' },
        },
        {
          term: 'MX',
          about: {
            en: 'the DNS record that says where mail for a domain goes',
            ja: 'ドメイン宛てのメールの届け先を示す DNS レコード',
          },
        },
        {
          term: 'SPF, DKIM, DMARC',
          about: {
            en: 'DNS records by which a receiver sees that a mail is genuine: who may send, the signature, what to do when both fail',
            ja: '送信ドメイン認証。送ってよいサーバーの一覧 (SPF)、電子署名 (DKIM)、失敗時の扱いの宣言 (DMARC)',
          },
        },
        {
          term: 'OAuth',
          about: {
            en: 'a login with a pass that ends, in place of the password',
            ja: '先進認証。パスワードの代わりに、期限のある通行証（トークン）でログインする',
          },
        },
        {
          term: { en: 'app password', ja: 'アプリパスワード' },
          about: {
            en: 'a password for one program, where the account itself asks for a second factor',
            ja: '2 段階認証のアカウントで、1 つのプログラムだけが使うパスワード',
          },
        },
        {
          term: { en: 'quota', ja: '容量上限' },
          about: { en: 'how much a mailbox may hold', ja: 'メールボックスに入れられる量の上限' },
        },
        {
          term: { en: 'round trip', ja: '送受信テスト' },
          about: {
            en: 'a test message from the mailbox to itself, found again and deleted; only with --send',
            ja: '自分宛てにテストメールを送り、届いたことを確かめて削除する検査。--send のときだけ行う',
          },
        },
        {
          term: { en: 'cause', ja: '原因' },
          about: {
            en: 'why something fails, with an id such as tls.certificate-expired; crm-doctor explain ID tells all of it',
            ja: '動かない理由。tls.certificate-expired のような ID があり、crm-doctor explain ID で詳しく読める',
          },
        },
        {
          term: { en: 'proof', ja: '検証' },
          about: {
            en: 'the step that failed, run again with the change on a copy of the settings',
            ja: '失敗した検査を、設定の写しに変更を加えてもう一度行った結果',
          },
        },
        {
          term: { en: 'runbook', ja: '作業記録' },
          about: {
            en: 'the log of what was found, tried and changed in all runs',
            ja: 'これまでの検査で見つけたこと、試したこと、変更したことの記録',
          },
        },
        {
          term: { en: 'record, field', ja: 'レコード、項目' },
          about: {
            en: 'a line of the data of a CRM, and a column of it',
            ja: 'CRM のデータの 1 件と、その中の 1 つの欄',
          },
        },
        {
          term: { en: 'key', ja: 'キー' },
          about: {
            en: 'the field by which the same record is found on both sides',
            ja: '両方のデータで同じレコードを見つけるための項目',
          },
        },
        {
          term: { en: 'workflow', ja: 'ワークフロー' },
          about: {
            en: 'what a CRM does by itself: a trigger, conditions, actions',
            ja: 'CRM の自動処理。きっかけ（トリガー）、条件、アクションからなる',
          },
        },
      ],
    },
  ],
};
