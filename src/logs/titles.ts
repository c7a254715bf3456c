import type { Text } from '../model/text.ts';

/** Short titles of causes that logs can speak of and that no check looks for yet. */
const titles: Readonly<Record<string, Text>> = {
  'clock.skewed': { en: 'A clock is off', ja: '時計がずれています' },
  'crm.alias-domain-missing': {
    en: 'The catch-all or bounce address is not routed to the CRM',
    ja: 'キャッチオールや返送先のアドレスが CRM に届きません',
  },
  'crm.internal-host-blocked': {
    en: 'The CRM itself refuses internal mail hosts',
    ja: 'CRM が社内のメールサーバーへの接続を禁止しています',
  },
  'crm.no-mail-account': { en: 'No mail account is set in the CRM', ja: 'CRM にメールアカウントが設定されていません' },
  'crm.oauth-redirect-mismatch': {
    en: 'The registered redirect URI is not the CRM’s',
    ja: '登録されたリダイレクト URI が CRM のものと違います',
  },
  'crm.routing-no-match': {
    en: 'Incoming mail matches no rule of the CRM',
    ja: '受信メールがどの振り分け先にも当てはまりません',
  },
  'crm.test-passes-job-fails': {
    en: 'The scheduled job cannot open the mailbox',
    ja: '定期ジョブからメールボックスを開けません',
  },
  'deliver.deferred': { en: 'Delivery is put off and tried again', ja: '配送が保留され、再試行を待っています' },
  'deliver.duplicate': { en: 'The same message is processed twice', ja: '同じメールが二重に処理されています' },
  'dns.fcrdns-mismatch': {
    en: 'The reverse name does not resolve back',
    ja: '逆引き名から元の IP アドレスに戻りません',
  },
  'dns.ptr-missing': {
    en: 'The sending address has no reverse name',
    ja: '送信元 IP アドレスに逆引きが設定されていません',
  },
  'imap.special-use-missing': {
    en: 'No folder for sent mail is known',
    ja: '送信済みメールのフォルダーが見つかりません',
  },
  'net.ip-not-allowlisted': {
    en: 'The server admits listed addresses only',
    ja: '許可リストにない IP アドレスからの接続が拒否されています',
  },
  'policy.dkim-not-signed': {
    en: 'The message carries no valid DKIM signature',
    ja: 'メールに有効な DKIM 署名がありません',
  },
  'policy.dmarc-missing': {
    en: 'The sending domain has no DMARC record',
    ja: '送信ドメインに DMARC レコードがありません',
  },
  'policy.spf-not-listed': { en: 'SPF does not list the sending server', ja: '送信サーバーが SPF に含まれていません' },
  'smtp.bare-lf': { en: 'Lines end with LF only', ja: '改行が LF だけになっています' },
  'smtp.line-too-long': { en: 'A line of the message is too long', ja: 'メールの 1 行が長すぎます' },
  'tls.legacy-renegotiation': {
    en: 'The server lacks secure renegotiation',
    ja: 'サーバーが安全な再ネゴシエーションに対応していません',
  },
  'tls.sni-missing': {
    en: 'The client sends no server name (SNI)',
    ja: 'クライアントがサーバー名 (SNI) を送っていません',
  },
  'version.incompatible': {
    en: 'CRM and server share no protocol version',
    ja: 'CRM とサーバーの対応バージョンが合いません',
  },
  'version.php-imap-removed': { en: 'PHP lacks the imap extension', ja: 'PHP に imap 拡張がありません' },
};

/** Undefined for causes that the list of causes itself has a title for. */
export const titleOfLogCause = (cause: string): Text | undefined => titles[cause];

/** The causes that only logs speak of. */
export const logCauses: readonly string[] = Object.keys(titles);
