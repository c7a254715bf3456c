import type { Text } from '../../src/model/text.ts';
import { both } from '../auth/words.ts';

const meanings: readonly (readonly [form: RegExp, words: Text])[] = [
  [/^auth\.wrong-credentials$/, both('the mail server refused the login', 'メールサーバーがログインを拒否しました')],
  [
    /^auth\.(?:app-password|web-login)/,
    both('the provider wants an app password', 'メール事業者がアプリパスワードを求めています'),
  ],
  [
    /^auth\.(?:smtp-disabled|protocol-disabled|basic-disabled|security-defaults|external)/,
    both('this way of signing in is switched off at the provider', 'このログイン方法がメール事業者側で無効です'),
  ],
  [
    /^auth\.oauth/,
    both('the sign-in at the provider is no longer valid', 'メール事業者へのサインインが無効になっています'),
  ],
  [/^auth\./, both('the mail server did not accept the login', 'メールサーバーがログインを受け付けませんでした')],
  [/^net\.refused$/, both('nothing listens at this port', 'ポートで待ち受けがありません')],
  [
    /^net\.(?:filtered|no-route|mail-ports-blocked|submission-blocked)/,
    both('the mail server did not answer', 'メールサーバーから応答がありませんでした'),
  ],
  [/^net\./, both('the connection to the mail server failed', 'メールサーバーとの接続に失敗しました')],
  [/^dns\./, both('the name of the mail server was not found', 'メールサーバーの名前を解決できませんでした')],
  [
    /^tls\.certificate|^tls\.(?:self-signed|unknown|hostname|incomplete)/,
    both('the certificate of the mail server was not accepted', 'メールサーバーの証明書が受け入れられませんでした'),
  ],
  [
    /^tls\.|^config\.security/,
    both('the encryption with the mail server failed', 'メールサーバーとの暗号化に失敗しました'),
  ],
  [/^quota\./, both('a mailbox is full', 'メールボックスがいっぱいです')],
  [/^smtp\.rate|^imap\.throttled/, both('too much was sent or fetched at once', '短時間の送受信が多すぎました')],
  [/^smtp\.sender|^config\.sender/, both('the mail server refused the sender', 'メールサーバーが差出人を拒否しました')],
  [
    /^smtp\.recipient|^deliver\.bounced|^mailbox\./,
    both('the mail server refused the recipient', 'メールサーバーが宛先を拒否しました'),
  ],
  [
    /^crm\.secret-decrypt/,
    both('the CRM cannot read its own stored password', 'CRM が保存済みのパスワードを復号できません'),
  ],
  [
    /^crm\.internal-host/,
    both('the CRM itself refuses internal servers', 'CRM 自身が社内のサーバーへの接続を拒否しました'),
  ],
  [/^crm\.parser/, both('one message could not be read', '読み取れないメールがありました')],
];

/** What the words of an error mean, with the id that `explain` knows. */
export const meaningText = (cause: string): Text => {
  const [, words] = meanings.find(([form]) => form.test(cause)) ?? [];
  return words
    ? both(`${words.en} (${cause})`, `${words.ja} (${cause})`)
    : both(`this is known as ${cause}`, `既知の原因 ${cause} に当たります`);
};

/** Where to read on. */
export const explainStep = (cause: string): Text =>
  both(
    `What helps against it: crm-doctor explain ${cause}`,
    `この原因の直し方は crm-doctor explain ${cause} で確認できます。`,
  );
