import type { Text } from '../src/model/text.ts';
import { both } from './auth/words.ts';

/** Causes of the list that no check looks for yet; one that has come since is explained in full. */
export const notYet: Readonly<Record<string, Text>> = {
  'config.client-certificate-file': both(
    'The client certificate file cannot be used',
    'クライアント証明書のファイルが使えません',
  ),
  'config.not-loaded': both(
    'The running CRM uses other settings than the file',
    '動作中の CRM が設定ファイルと違う値を使っています',
  ),
  'config.verify-disabled': both('Certificate checking is switched off', '証明書の検証が無効になっています'),
  'crm.healthcheck-floods': both('A health check sends real mail', '死活監視が実際のメールを送っています'),
  'crm.message-id-rewritten': both(
    'The provider replaces the Message-ID',
    'メール事業者が Message-ID を書き換えています',
  ),
  'crm.reply-to-wrong': both(
    "Replies go to a person instead of the CRM's address",
    '返信が CRM ではなく個人に届いています',
  ),
  'crm.settings-differ': both(
    "The CRM's settings differ from those that work",
    'CRM の設定が、動作を確認した値と違います',
  ),
  'crm.test-passes-job-fails': both(
    'The test button works, the job fails',
    '接続テストは成功し、定期ジョブは失敗します',
  ),
  'crm.verify-blocks-save': both(
    'The CRM does not save right settings because its test mail fails',
    'テストメールの失敗により、正しい設定を保存できません',
  ),
  'deliver.body-altered': both('A gateway changes the body on the way', '途中のゲートウェイが本文を変更しています'),
  'deliver.bounced': both('Messages are returned as undeliverable', 'メールが配信不能で戻っています'),
  'deliver.deferred': both('Delivery is put off and tried again', '配送が保留され、再試行を待っています'),
  'deliver.duplicate': both('The same message is processed twice', '同じメールが二重に処理されています'),
  'deliver.sent-copy': both('The copy in Sent is missing or doubled', '送信済みのコピーがない、または二重です'),
  'dns.caa-blocks-renewal': both('CAA forbids the renewal of the certificate', 'CAA レコードが証明書の更新を妨げます'),
  'dns.fcrdns-mismatch': both('The reverse name does not resolve back', '逆引き名から元の IP アドレスに戻りません'),
  'dns.mx-stale': both('The MX still names the former provider', 'MX が以前の事業者を指したままです'),
  'dns.ptr-missing': both('The sending address has no reverse name', '送信元 IP アドレスに逆引きが設定されていません'),
  'dns.srv-autoconfig-wrong': both(
    'Automatic configuration advertises settings that do not work',
    '自動設定が使えない値を案内しています',
  ),
  'imap.folder-name-encoding': both(
    'The folder name is sent in the wrong encoding',
    'フォルダー名の文字コードが正しくありません',
  ),
  'imap.idle-not-supported': both(
    'The server has no IDLE, and the CRM waits for it',
    'IDLE に対応しないサーバーで CRM が待ち続けます',
  ),
  'imap.search-unsupported': both("The server refuses the CRM's search", 'サーバーが CRM の検索を拒否しています'),
  'imap.special-use-missing': both('No folder for sent mail is known', '送信済みメールのフォルダーが見つかりません'),
  'imap.uidvalidity-changed': both(
    'The mailbox was rebuilt: stored UIDs are void',
    'メールボックスが再作成され、保存した UID が無効です',
  ),
  'mailbox.forwarding-loop': both('Two mailboxes forward to each other', '2 つのメールボックスが互いに転送しています'),
  'mailbox.rule-moves-mail': both(
    'A rule moves the mail out of the polled folder',
    'ルールがメールを別のフォルダーに移動しています',
  ),
  'net.banned': both('The server has banned this address for a time', 'サーバーがこのアドレスを一時的に遮断しています'),
  'net.egress-ip-changed': both('The sending address has changed', '送信元の IP アドレスが変わりました'),
  'net.ip-not-allowlisted': both(
    'The server admits listed addresses only',
    '許可リストにない IP アドレスからの接続が拒否されています',
  ),
  'policy.dkim-key-invalid': both('The DKIM key cannot be used', 'DKIM の公開鍵が使えません'),
  'policy.dkim-missing': both('There is no DKIM key at the selector', 'セレクターに DKIM の公開鍵がありません'),
  'policy.dkim-not-signed': both('The message carries no DKIM signature', 'メールに DKIM 署名がありません'),
  'policy.dkim-signature-invalid': both('The DKIM signature does not verify', 'DKIM 署名の検証に失敗します'),
  'policy.dmarc-missing': both('The sending domain has no DMARC record', '送信ドメインに DMARC レコードがありません'),
  'policy.dmarc-syntax': both('The DMARC record is malformed', 'DMARC レコードの書式が正しくありません'),
  'policy.freemail-from': both(
    'A free-mail sender through a foreign server',
    'フリーメールの差出人を他社のサーバーから送っています',
  ),
  'policy.mta-sts-mismatch': both('The MTA-STS policy does not fit the MX', 'MTA-STS のポリシーが MX と一致しません'),
  'policy.one-click-missing': both(
    'Bulk mail has no one-click unsubscribe',
    '一括配信にワンクリック登録解除がありません',
  ),
  'policy.spf-missing': both('The domain has no SPF record', 'ドメインに SPF レコードがありません'),
  'policy.spf-multiple': both('The domain has several SPF records', 'SPF レコードが複数あります'),
  'policy.spf-not-listed': both('SPF does not list the sending server', '送信サーバーが SPF に含まれていません'),
  'policy.spf-syntax': both('The SPF record is malformed', 'SPF レコードの書式が正しくありません'),
  'policy.spf-too-many-lookups': both('SPF needs too many DNS lookups', 'SPF の DNS 参照回数が多すぎます'),
  'policy.tlsa-mismatch': both('The TLSA record does not fit the certificate', 'TLSA レコードが証明書と一致しません'),
  'pop3.message-consumed': both('Another client takes the messages away', '別のクライアントがメールを取り出しています'),
  'quota.append-limit': both(
    'The message is larger than the server stores',
    'サーバーに保存できる大きさを超えています',
  ),
  'quota.plan-full': both('The storage of the whole contract is full', '契約全体の容量がいっぱいです'),
  'smtp.bare-lf': both('Lines end with LF only', '改行が LF だけになっています'),
  'smtp.line-too-long': both('A line of the message is too long', 'メールの 1 行が長すぎます'),
  'tls.client-certificate-purpose': both(
    'The client certificate is not made for clients',
    'クライアント証明書の用途が合いません',
  ),
  'tls.legacy-renegotiation': both(
    'The server lacks secure renegotiation',
    'サーバーが安全な再ネゴシエーションに対応していません',
  ),
  'tls.sni-missing': both('The client sends no server name (SNI)', 'クライアントがサーバー名 (SNI) を送っていません'),
  'tls.sni-rejected': both(
    'The server ends the handshake for this name',
    'サーバーがこの名前でのハンドシェイクを拒否しています',
  ),
  'tls.trust-store-missing': both("The CRM's host has no CA certificates", 'CRM のマシンに認証局の証明書がありません'),
  'tls.trust-store-outdated': both('The CA certificates are outdated', '認証局の証明書が古くなっています'),
  'version.incompatible': both(
    'CRM and server share no protocol version',
    'CRM とサーバーの対応バージョンが合いません',
  ),
};
