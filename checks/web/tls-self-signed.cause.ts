import { both } from '../auth/words.ts';
import { connectCause, ruledOut } from '../crm/connect-cause.ts';
import { inspectWeb, notMismatch, reloadWeb, webCertificate, webServerKeys } from './web-tls.ts';

export const crmSelfSigned = connectCause({
  id: 'tls.self-signed',
  title: both("The certificate of the CRM's web server is self-signed", 'CRM の Web サーバーの証明書が自己署名です'),
  about: both(
    'No authority has signed this certificate: the web server made it itself, as it does when it is installed. Nobody can tell it from one that an attacker made, so integrations refuse it and browsers warn. A certificate of a public authority costs nothing; inside a closed network this one can be trusted by choice.',
    'この証明書は認証局ではなく、Web サーバー自身が署名したものです（インストール直後によくある状態です）。攻撃者の作ったものと区別できないため、連携は接続を拒否し、ブラウザーは警告を表示します。公的な認証局の証明書は無料でも取得できます。閉じたネットワークでは、この証明書だけを意図的に信頼することもできます。',
  ),
  owner: 'crm-admin',
  confidence: 0.97,
  more: webCertificate(),
  seen: ({ subject }) => [
    both(`issuer and subject are both "${subject}"`, `発行者と所有者がどちらも「${subject}」です`),
  ],
  ruledOut: (_, failed) => [
    ruledOut('tls.unknown-issuer', 'no authority has signed it', '認証局の署名がありません'),
    ...notMismatch(failed),
  ],
  because: ({ host, port, subject }) =>
    both(
      `The certificate of ${host}:${port} ("${subject}") is signed by itself and by no authority.`,
      `${host}:${port} の証明書（${subject}）は、認証局ではなく自分自身が署名しています。`,
    ),
  steps: ({ host, port, path }) => [
    both(
      `Reachable from the internet: certbot --nginx -d ${host} (Apache: --apache), or a certificate of your authority (${webServerKeys.en}).`,
      `インターネットから届くサーバーの場合: certbot --nginx -d ${host}（Apache は --apache）で取得するか、ご利用の認証局の証明書を設定します（${webServerKeys.ja}）。`,
    ),
    reloadWeb,
    both(
      `Inner servers: save it (${inspectWeb({ host, port }, 'openssl x509 > crm.pem')}), compare its fingerprint with the administrator, and name the file at ${path}.ca.`,
      `社内サーバーの場合: 証明書を保存し (${inspectWeb({ host, port }, 'openssl x509 > crm.pem')})、フィンガープリントを管理者と照合して、${path}.ca に指定します。`,
    ),
  ],
});
