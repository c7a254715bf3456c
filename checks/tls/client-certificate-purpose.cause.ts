import { defineCause } from '../../src/model/cause.ts';
import { both, placesText } from '../auth/words.ts';
import { handshakeFault } from './handshake-faults.ts';
import type { TlsPlace } from './views.ts';
import { findingOf, tlsPlaces, tlsViews } from './views.ts';

interface Detail {
  readonly places: readonly TlsPlace[];
  readonly cert: string;
  readonly subject: string;
  readonly refused: boolean;
}

export const clientCertificatePurpose = defineCause<Detail>({
  id: 'tls.client-certificate-purpose',
  title: both(
    'The client certificate is not made for clients',
    'クライアント証明書の用途に、クライアント認証が含まれていません',
  ),
  about: both(
    'A certificate says what it may be used for: to show a server (serverAuth) or a client (clientAuth). Servers that ask for a client certificate refuse one without clientAuth. Public authorities leave clientAuth out of web server certificates since 2026, so a certificate that did for both purposes does no longer after its renewal.',
    '証明書には用途が書かれており、サーバー用 (serverAuth) とクライアント用 (clientAuth) があります。クライアント証明書を求めるサーバーは、clientAuth のない証明書を拒否します。公的な認証局は 2026 年から Web サーバー用の証明書に clientAuth を含めなくなったため、両方の用途に使えていた証明書が、更新後に使えなくなることがあります。',
  ),
  owner: 'crm-admin',
  explain: (evidence, subject) => {
    const views = tlsViews(evidence, subject).filter(
      ({ fact }) => fact.clientCertificate?.state === 'usable' && fact.clientCertificate.forClients === false,
    );
    // A server that does not ask never sees it.
    const asked = views.filter(({ fact: { handshake } }) => {
      return (handshake?.kind === 'done' || handshake?.kind === 'failed') && handshake.clientCertificateAsked;
    });
    const [first] = asked;
    const own = first?.fact.clientCertificate;
    if (!first || !own) return [];
    const refused = asked.some((view) => handshakeFault(view) === 'client-certificate');
    return [
      findingOf(
        asked,
        { places: tlsPlaces(asked), cert: own.cert, subject: own.subject ?? '', refused },
        {
          severity: (view) => (handshakeFault(view) === 'client-certificate' ? 'critical' : 'warning'),
          confidence: refused ? 0.93 : 0.8,
          says: () =>
            both(
              `the certificate in ${own.cert} has extended key usage without clientAuth`,
              `${own.cert} の証明書の拡張鍵用途 (EKU) に clientAuth がありません`,
            ),
          ruledOut: [
            {
              cause: 'config.client-certificate-file',
              check: first.check,
              says: both(
                'certificate and key are there and belong together',
                '証明書と秘密鍵は揃っており、対応しています',
              ),
            },
          ],
        },
      ),
    ];
  },
  because: ({ places, cert, refused }) => {
    const where = placesText(places);
    const effect = refused
      ? both('the server refuses it', 'サーバーに拒否されました')
      : both('the server still takes it', '現在はまだ受け入れられています');
    return both(
      `The server at ${where.en} asks for a client certificate; the one in ${cert} is not made for clients (clientAuth is missing), and ${effect.en}.`,
      `${where.ja} のサーバーはクライアント証明書を求めますが、${cert} の証明書はクライアント用ではなく（clientAuth がありません）、${effect.ja}。`,
    );
  },
  steps: ({ cert }) => [
    both(
      "Have a certificate for clients issued (extended key usage clientAuth), by the mail server's operator or your own authority; public authorities no longer issue such ones.",
      'メールサーバーの運営者か自社の認証局に、クライアント用（拡張鍵用途 clientAuth）の証明書を発行してもらいます。公的な認証局は、現在は発行していません。',
    ),
    both(
      `Put it at ${cert} with its key, here and in the CRM.`,
      `証明書と秘密鍵を ${cert} に配置し、CRM にも設定します。`,
    ),
    both(
      `Verify: openssl x509 -noout -ext extendedKeyUsage -in ${cert} must name "TLS Web Client Authentication".`,
      `確認: openssl x509 -noout -ext extendedKeyUsage -in ${cert} を実行し、「TLS Web Client Authentication」と表示されることを確認します。`,
    ),
  ],
});
