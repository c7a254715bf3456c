import { defineCause } from '../../src/model/cause.ts';
import type { Text } from '../../src/model/text.ts';
import { both, placesText } from '../auth/words.ts';
import { clientCertificateFault } from '../mail/client-certificate.ts';
import type { TlsPlace } from '../tls/views.ts';
import { findingOf, tlsPlaces, tlsViews } from '../tls/views.ts';

interface Detail {
  readonly places: readonly TlsPlace[];
  readonly cert: string;
  readonly key: string;
  readonly fault: Text;
}

export const clientCertificateFile = defineCause<Detail>({
  id: 'config.client-certificate-file',
  title: both('The client certificate of the CRM cannot be used', 'CRM のクライアント証明書が使えません'),
  about: both(
    'Some mail servers let only those programs in that show a certificate of their own (client certificate). It stands in a file, with a secret key that belongs to it, often in a second file. Here one of the files is missing, cannot be read or has expired, or the two do not belong together, usually after a renewal that replaced only one of them.',
    'メールサーバーの中には、接続する側の証明書（クライアント証明書）を求めるものがあります。証明書とそれに対応する秘密鍵は、ファイルで用意します。ここでは、ファイルがない、読めない、期限が切れている、または証明書と秘密鍵が対応していません。更新時に片方のファイルだけを差し替えた場合によく起こります。',
  ),
  owner: 'crm-admin',
  explain: (evidence, subject) => {
    const views = tlsViews(evidence, subject).filter(({ fact }) => fact.mode !== 'none' && fact.clientCertificate);
    const [first] = views;
    const own = first?.fact.clientCertificate;
    const fault = first && own && clientCertificateFault(own, first.fact.at);
    if (!own || !fault) return [];
    return [
      findingOf(
        views,
        { places: tlsPlaces(views), cert: own.cert, key: own.key, fault },
        { severity: () => 'critical', confidence: 0.98, says: () => fault },
      ),
    ];
  },
  because: ({ places, fault }) => {
    const where = placesText(places);
    return both(
      `The CRM is to show a client certificate to ${where.en}, but ${fault.en}.`,
      `CRM は ${where.ja} にクライアント証明書を提示する設定ですが、${fault.ja}。`,
    );
  },
  steps: ({ cert, key }) => [
    both(
      `Put certificate and key in place as they were issued together (mail.clientCertificate: cert ${cert}, key ${key}), readable for the user that the CRM runs as.`,
      `同時に発行された証明書と秘密鍵を配置し（mail.clientCertificate の cert は ${cert}、key は ${key}）、CRM の実行ユーザーが読めるようにします。`,
    ),
    both(
      `See that they belong together: openssl x509 -noout -pubkey -in ${cert} and openssl pkey -pubout -in ${key} must print the same.`,
      `対応しているか確認します。openssl x509 -noout -pubkey -in ${cert} と openssl pkey -pubout -in ${key} の結果が同じになります。`,
    ),
    both(
      'Where it has expired, have the operator of the mail server issue a new one, and enter it in the CRM too.',
      '期限が切れている場合は、メールサーバーの運営者に新しい証明書を発行してもらい、CRM にも設定します。',
    ),
  ],
});
