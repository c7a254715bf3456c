import { defineCause } from '../../src/model/cause.ts';
import { grouped } from '../auth/grouped.ts';
import { both, placesText } from '../auth/words.ts';
import { inspectingProduct } from './inspecting-products.ts';
import { distrustOf } from './trust.ts';
import type { TlsPlace } from './views.ts';
import { findingOf, firstOf, inspect, tlsPlaces, tlsViews } from './views.ts';

interface Detail {
  readonly places: readonly TlsPlace[];
  readonly product: string;
  readonly issuer: string;
  readonly trusted: boolean;
}

export const intercepted = defineCause<Detail>({
  id: 'tls.intercepted',
  title: both(
    'A security product opens the encrypted connection',
    'セキュリティ製品が、暗号化された通信に割り込んでいます',
  ),
  about: both(
    "A firewall, proxy or antivirus program between the CRM and the mail server opens the encrypted connection to inspect it, and shows a certificate of its own in place of the server's. Programs that do not know the product's authority refuse it, as they should: they cannot tell it from an attack. Mail ports are best excepted from such an inspection.",
    'CRM とメールサーバーの間にあるファイアウォール、プロキシ、ウイルス対策ソフトが、検査のために暗号化された通信をいったん復号し、サーバーの証明書の代わりに自分の証明書を提示しています。その製品の認証局（証明書の発行機関）を知らないプログラムは、攻撃と区別できないため、接続を拒否します。メール用のポートは検査の対象外にすることをお勧めします。',
  ),
  owner: 'network-admin',
  explain: (evidence, subject) => {
    const views = tlsViews(evidence, subject).filter((view) => distrustOf(view) === 'intercepted');
    return grouped(views, ({ leaf }) => leaf?.issuer ?? '').flatMap((group) => {
      const [first] = group;
      const product = first?.done && inspectingProduct(first.done.chain);
      if (!first?.leaf || !product) return [];
      const { issuer } = first.leaf;
      const trusted = group.every(({ done }) => done?.trust.ok);
      return [
        findingOf(
          group,
          { places: tlsPlaces(group), product, issuer, trusted },
          {
            severity: ({ done }) => (done?.trust.ok ? 'info' : 'critical'),
            confidence: 0.93,
            says: () =>
              both(
                `the certificate was issued by "${issuer}" (${product})`,
                `証明書の発行者は「${issuer}」(${product}) です`,
              ),
            ruledOut: [
              {
                cause: 'tls.unknown-issuer',
                check: first.check,
                says: both(
                  `the issuer is an inspecting product: ${product}`,
                  `発行者は通信を検査する製品 (${product}) です`,
                ),
              },
            ],
          },
        ),
      ];
    });
  },
  because: ({ places, product, issuer, trusted }) => {
    const where = placesText(places);
    const result = trusted
      ? both(
          ' Its authority is trusted here, so the connection works, but everything is read on the way.',
          'その認証局はここで信頼されているため接続できますが、通信内容は途中で復号されています。',
        )
      : both(
          ' Its authority is not trusted, so the CRM refuses the connection.',
          'その認証局は信頼されていないため、CRM は接続を拒否します。',
        );
    return both(
      `The certificate that comes for ${where.en} was issued by "${issuer}", an authority of ${product}: this product stands between the CRM and the mail server.${result.en}`,
      `${where.ja} で提示された証明書の発行者は「${issuer}」で、${product} の認証局です。CRM とメールサーバーの間で、この製品が通信に割り込んでいます。${result.ja}`,
    );
  },
  steps: ({ places, product }) => {
    const first = firstOf(places);
    const ports = [...new Set(places.map(({ port }) => port))].join(', ');
    return [
      both(
        `In ${product}: except ${first.host} (port ${ports}) from the inspection of TLS, or switch off its mail shield.`,
        `${product} の設定で、${first.host}（ポート ${ports}）を TLS 検査の対象から外すか、メールの検査機能を無効にします。`,
      ),
      both(
        `If the inspection is wanted: install the authority's certificate of ${product} where the CRM runs, and name it at mail.ca.`,
        `検査を続ける必要がある場合は、${product} の認証局の証明書を CRM のマシンに登録し、mail.ca にも指定します。`,
      ),
      both(
        `Verify: ${inspect(first, 'openssl x509 -noout -issuer')} must show the real issuer of the server's certificate.`,
        `確認: ${inspect(first, 'openssl x509 -noout -issuer')} を実行し、サーバー本来の証明書の発行者が表示されることを確認します。`,
      ),
    ];
  },
});
