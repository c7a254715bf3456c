import { defineCause } from '../../src/model/cause.ts';
import { both, placesText } from '../auth/words.ts';
import { shownWhere } from './certificate-dates.ts';
import type { TlsPlace } from './views.ts';
import { findingOf, firstOf, inspect, problemIn, reload, shortName, tlsPlaces, tlsViews } from './views.ts';

interface Detail {
  readonly places: readonly TlsPlace[];
  readonly subject: string;
  readonly fingerprint: string;
}

export const wrongEku = defineCause<Detail>({
  id: 'tls.wrong-eku',
  title: both('The certificate is not made for servers', 'サーバー用ではない証明書が使われています'),
  about: both(
    'A certificate says what it may be used for (extended key usage). This one lacks "server authentication": it was issued for a person, a client or for signing. Programs refuse it with "unsuitable certificate purpose", although name and dates are right.',
    '証明書には、何のために使ってよいか（拡張キー使用法、EKU）が書かれています。この証明書には「サーバー認証」がなく、個人用、クライアント用、署名用などとして発行されたものです。名前や有効期限が正しくても、プログラムは「unsuitable certificate purpose」として拒否します。',
  ),
  owner: 'mail-admin',
  explain: (evidence, subject) => {
    const views = tlsViews(evidence, subject).filter((view) => problemIn(view, 'purpose'));
    return shownWhere(views, (certificate, { leaf }) => certificate === leaf).map(({ certificate, views: shown }) =>
      findingOf(
        shown,
        { places: tlsPlaces(shown), subject: shortName(certificate.subject), fingerprint: certificate.fingerprint },
        {
          severity: () => 'critical',
          confidence: 0.95,
          says: () =>
            both('extended key usage is there and lacks serverAuth', '拡張キー使用法に serverAuth が含まれていません'),
        },
      ),
    );
  },
  because: ({ places, subject }) => {
    const where = placesText(places);
    return both(
      `The certificate of ${where.en} ("${subject}") may not be used by a server: its extended key usage lacks serverAuth. The CRM refuses the connection for it.`,
      `${where.ja} の証明書（${subject}）は、拡張キー使用法に serverAuth がなく、サーバーでは使えません。このため、CRM は接続を拒否します。`,
    );
  },
  steps: ({ places }) => {
    const first = firstOf(places);
    return [
      both(
        `Have a certificate for servers issued for ${first.host} (extendedKeyUsage = serverAuth; public authorities do so by default).`,
        `${first.host} 用に、サーバー用の証明書 (extendedKeyUsage = serverAuth) を発行し直します。公的な認証局では標準で含まれます。`,
      ),
      reload,
      both(
        `Verify: ${inspect(first, 'openssl x509 -noout -ext extendedKeyUsage')} must show "TLS Web Server Authentication".`,
        `確認: ${inspect(first, 'openssl x509 -noout -ext extendedKeyUsage')} を実行し、「TLS Web Server Authentication」が表示されることを確認します。`,
      ),
    ];
  },
});
