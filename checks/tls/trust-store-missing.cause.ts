import { defineCause } from '../../src/model/cause.ts';
import { type RuntimeOf, rulesOf } from '../../src/reason/runtimes.ts';
import { both, placesText } from '../auth/words.ts';
import { untrustedByStore } from './stores.ts';
import type { TlsPlace } from './views.ts';
import { findingOf, runtimeOf, tlsPlaces, tlsViews } from './views.ts';

interface Detail {
  readonly places: readonly TlsPlace[];
  /** The file or directory; `none`. */
  readonly source: string;
  readonly as: RuntimeOf;
}

const named = (source: string) =>
  source === 'none'
    ? both('it has none', '用意されていません')
    : both(`${source} holds none`, `${source} には 1 枚もありません`);

export const trustStoreMissing = defineCause<Detail>({
  id: 'tls.trust-store-missing',
  title: both('The CRM has no store of trusted certificates', 'CRM に、信頼する認証局の証明書がありません'),
  about: both(
    'To tell a real server from a false one, a program needs the certificates of the public authorities, which systems ship as a store (CA bundle). Small container images come without it. Then every public certificate fails, at every server, although nothing is wrong with any of them.',
    'サーバーが本物かどうかを判断するには、公的な認証局の証明書の一覧（CA バンドル）が必要で、通常は OS に付属しています。小さなコンテナーイメージには入っていないことがあり、その場合、サーバー側に問題がなくても、どのサーバーの証明書も確認に失敗します。',
  ),
  owner: 'crm-admin',
  explain: (evidence, subject) => {
    const views = untrustedByStore(tlsViews(evidence, subject)).filter(({ fact }) => fact.store.certificates === 0);
    const [first] = views;
    if (!first) return [];
    const { source } = first.fact.store;
    return [
      findingOf(
        views,
        { places: tlsPlaces(views), source, as: runtimeOf(first) },
        {
          severity: () => 'critical',
          confidence: 0.97,
          says: () =>
            both(
              `with the store of the CRM (${named(source).en}) the chain is not trusted, with this system's store it is`,
              `CRM の信頼リスト（${named(source).ja}）では信頼されず、このシステムの信頼リストでは信頼されます`,
            ),
          ruledOut: [
            {
              cause: 'tls.unknown-issuer',
              check: first.check,
              says: both(
                "this system's store trusts the issuer",
                'このシステムの信頼リストでは、発行元が信頼されています',
              ),
            },
          ],
        },
      ),
    ];
  },
  because: ({ places, source }) => {
    const where = placesText(places);
    const store = named(source);
    return both(
      `The certificate of ${where.en} is a good one, but the CRM has no certificates of authorities to check it with (mail.trust: ${store.en}). It would refuse every server.`,
      `${where.ja} の証明書に問題はありませんが、CRM には、確認に使う認証局の証明書がありません（mail.trust: ${store.ja}）。このため、どのサーバーにも接続できません。`,
    );
  },
  steps: ({ as, places }) => {
    const { name, store } = rulesOf(as);
    const [first] = places;
    return [
      both(
        'Install the store where the CRM runs (Debian, Ubuntu: apt-get install ca-certificates; Alpine: apk add ca-certificates), in a container by a line of its Dockerfile.',
        'CRM のホストに証明書の一覧をインストールします（Debian、Ubuntu では apt-get install ca-certificates、Alpine では apk add ca-certificates）。コンテナーの場合は Dockerfile に追加します。',
      ),
      both(
        `See that ${name} looks there (${store}), and restart the CRM.`,
        `${name} がその場所を参照しているか確認し (${store})、CRM を再起動します。`,
      ),
      both(
        `Verify on the CRM's host: openssl s_client -connect ${first?.host}:${first?.port}${first?.security === 'starttls' ? ` -starttls ${first.protocol}` : ''} </dev/null must end with "Verify return code: 0 (ok)"; or run crm-doctor mail --vantage ssh://USER@HOST.`,
        `確認: CRM のホストで openssl s_client -connect ${first?.host}:${first?.port}${first?.security === 'starttls' ? ` -starttls ${first.protocol}` : ''} </dev/null を実行し、「Verify return code: 0 (ok)」と表示されることを確認します。crm-doctor mail --vantage ssh://ユーザー@ホスト でも確認できます。`,
      ),
    ];
  },
});
