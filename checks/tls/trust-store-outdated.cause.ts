import { defineCause } from '../../src/model/cause.ts';
import { type RuntimeOf, rulesOf } from '../../src/reason/runtimes.ts';
import { grouped } from '../auth/grouped.ts';
import { both, placesText } from '../auth/words.ts';
import { untrustedByStore } from './stores.ts';
import type { TlsPlace } from './views.ts';
import { findingOf, runtimeOf, shortName, tlsPlaces, tlsViews } from './views.ts';

interface Detail {
  readonly places: readonly TlsPlace[];
  readonly source: string;
  readonly certificates: number;
  readonly root: string;
  readonly expired: boolean;
  readonly as: RuntimeOf;
}

export const trustStoreOutdated = defineCause<Detail>({
  id: 'tls.trust-store-outdated',
  title: both("The CRM's store of trusted certificates is out of date", 'CRM の信頼する認証局の一覧が古くなっています'),
  about: both(
    'Programs know the public authorities from a store of certificates (CA bundle) that has to be renewed now and then: new authorities come, and the certificates of old ones end. A store that nobody has renewed for years does not know the authority of the server, so the connection fails, although others connect well.',
    'プログラムは、認証局の証明書の一覧（CA バンドル）で公的な認証局を判断します。認証局は増え、古い証明書は期限が切れるため、一覧は定期的に更新する必要があります。何年も更新していないと、サーバーの認証局が一覧になく、ほかのプログラムでは問題がなくても接続に失敗します。',
  ),
  owner: 'crm-admin',
  explain: (evidence, subject) => {
    const views = untrustedByStore(tlsViews(evidence, subject)).filter(
      ({ fact: { store } }) => store.certificates > 0 && store.root !== undefined && store.root.there !== 'there',
    );
    return grouped(views, ({ fact }) => fact.store.root?.subject ?? '').flatMap((group) => {
      const [first] = group;
      if (!first) return [];
      const { source, certificates, root } = first.fact.store;
      const expired = root?.there === 'expired';
      const name = shortName(root?.subject ?? '');
      return [
        findingOf(
          group,
          { places: tlsPlaces(group), source, certificates, root: name, expired, as: runtimeOf(first) },
          {
            severity: () => 'critical',
            confidence: 0.95,
            says: () =>
              expired
                ? both(
                    `"${name}" in ${source} has expired; this system's store has a valid one`,
                    `${source} の「${name}」は期限が切れています。このシステムには有効なものがあります`,
                  )
                : both(
                    `"${name}" is not among the ${certificates} certificates of ${source}; this system's store has it`,
                    `${source} の ${certificates} 枚の中に「${name}」がありません。このシステムにはあります`,
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
    });
  },
  because: ({ places, source, root, expired }) => {
    const where = placesText(places);
    const fault = expired
      ? both(`holds a certificate of it that has expired`, `あるのは期限切れの証明書です`)
      : both('does not hold it', '登録されていません');
    return both(
      `The certificate of ${where.en} comes from "${root}", and the store of the CRM (${source}) ${fault.en}. Programs with a current store accept it, so nothing is wrong with the server.`,
      `${where.ja} の証明書の認証局は「${root}」ですが、CRM の信頼リスト (${source}) では、${fault.ja}。最新の一覧を持つプログラムでは接続できるため、サーバー側の問題ではありません。`,
    );
  },
  steps: ({ as, source }) => {
    const { name, store } = rulesOf(as);
    return [
      both(
        `Renew the store where the CRM runs (Debian, Ubuntu: apt-get install --only-upgrade ca-certificates; RHEL: dnf upgrade ca-certificates; a container: build its image anew). ${name} reads: ${store}.`,
        `CRM のホストで証明書の一覧を更新します（Debian、Ubuntu では apt-get install --only-upgrade ca-certificates、RHEL では dnf upgrade ca-certificates、コンテナーではイメージを作り直します）。${name} が参照する場所: ${store}。`,
      ),
      both(
        `Where the CRM brings a file of its own (${source}), replace it by the current one of curl.se/docs/caextract.html or of the system.`,
        `CRM が独自のファイル (${source}) を使っている場合は、システムのものか、curl.se/docs/caextract.html の最新のものに差し替えます。`,
      ),
      both('Restart the CRM, and run the check again.', 'CRM を再起動し、もう一度検査します。'),
    ];
  },
});
