import { both } from '../auth/words.ts';
import { connectCause, ruledOut } from '../crm/connect-cause.ts';
import { inspectWeb, notMismatch, webCertificate } from './web-tls.ts';

export const crmUnknownIssuer = connectCause({
  id: 'tls.unknown-issuer',
  title: both(
    "The certificate of the CRM's web server comes from an authority that is not trusted here",
    'CRM の Web サーバーの証明書の発行元（認証局）が信頼されていません',
  ),
  about: both(
    'An authority has signed the certificate of the web server, but this machine does not know that authority: it is the private one of a company or of a test system. On machines that have its root certificate all works. If nobody knows the authority, somebody may stand between.',
    'Web サーバーの証明書には認証局の署名がありますが、このマシンはその認証局を知りません。社内やテスト環境の独自の認証局であることが多く、ルート証明書を登録したマシンでは問題なく動作します。だれも心当たりがない場合は、第三者が割り込んでいる可能性があります。',
  ),
  owner: 'user',
  confidence: 0.92,
  more: webCertificate(),
  seen: ({ issuer }) => [both(`the chain ends at "${issuer}"`, `証明書チェーンの最上位の発行者は「${issuer}」です`)],
  ruledOut: (_, failed) => [
    ruledOut('tls.self-signed', 'an authority has signed it', '認証局の署名があります'),
    ...notMismatch(failed),
  ],
  because: ({ host, port, issuer }) =>
    both(
      `The certificate of ${host}:${port} was issued by "${issuer}", which neither this system nor the settings trust.`,
      `${host}:${port} の証明書の発行元「${issuer}」は、このシステムの信頼リストにも設定にもありません。`,
    ),
  steps: ({ host, port, issuer, path }) => [
    both(
      `Ask the administrator of ${host} whether "${issuer}" is your own authority, and for its root certificate as a PEM file.`,
      `「${issuer}」が自社の認証局か、${host} の管理者に確認し、ルート証明書を PEM ファイルで受け取ります。`,
    ),
    both(
      `If it is: name the file at ${path}.ca (other integrations need it too).`,
      `自社の認証局の場合は、${path}.ca にそのファイルを指定します（ほかの連携でも必要です）。`,
    ),
    both(
      `If nobody knows it: do not trust it; look at the whole chain with ${inspectWeb({ host, port }, 'openssl x509 -noout -issuer -subject')}.`,
      `心当たりがない場合は信頼せず、${inspectWeb({ host, port }, 'openssl x509 -noout -issuer -subject')} で証明書を調べます。`,
    ),
  ],
});
