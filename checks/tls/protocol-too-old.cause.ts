import { defineCause } from '../../src/model/cause.ts';
import { type RuntimeOf, rulesOf, versionRank } from '../../src/reason/runtimes.ts';
import { grouped } from '../auth/grouped.ts';
import { both, placesText } from '../auth/words.ts';
import { handshakeFault, onlyOld } from './handshake-faults.ts';
import type { TlsPlace } from './views.ts';
import { findingOf, firstOf, inspect, problemIn, runtimeOf, severityOf, tlsPlaces, tlsViews } from './views.ts';

interface Detail {
  readonly places: readonly TlsPlace[];
  /** What the server takes at most; empty where it takes nothing from TLS 1.0 on. */
  readonly version: string;
  readonly as: RuntimeOf;
}

const spoken = (version: string) =>
  version === ''
    ? both('SSL only, older than any TLS', 'TLS より古い SSL だけ')
    : both(`${version} at most`, `${version} まで`);

export const protocolTooOld = defineCause<Detail>({
  id: 'tls.protocol-too-old',
  title: both('The server speaks outdated TLS versions only', 'サーバーが古い TLS のバージョンにしか対応していません'),
  about: both(
    'TLS, the encryption of the connection, has versions. TLS 1.0 and 1.1 were withdrawn in 2021 (RFC 8996) since they can be broken, and current systems refuse them. This server offers nothing newer, usually because its operating system or mail software is old.',
    'TLS（通信の暗号化）にはバージョンがあります。TLS 1.0 と 1.1 は、解読される危険があるため 2021 年に廃止され (RFC 8996)、現在のシステムは拒否します。このサーバーは、それより新しいバージョンに対応していません。多くの場合、サーバーの OS またはメールソフトが古いことが原因です。',
  ),
  owner: 'mail-admin',
  explain: (evidence, subject) => {
    const views = tlsViews(evidence, subject).filter((view) => handshakeFault(view) === 'too-old');
    const newest = (view: (typeof views)[number]): string => [...onlyOld(view)].sort().at(-1) ?? '';
    return grouped(views, (view) => `${view.service.host} ${newest(view)}`).flatMap((group) => {
      const [first] = group;
      if (!first) return [];
      const version = newest(first);
      const words = spoken(version);
      return [
        findingOf(
          group,
          { places: tlsPlaces(group), version, as: runtimeOf(first) },
          {
            severity: (view) => {
              const problem = problemIn(view, 'protocol-too-old');
              return problem ? severityOf(problem) : 'critical';
            },
            confidence: version === '' ? 0.8 : 0.96,
            says: () => both(`the server speaks ${words.en}`, `サーバーが対応しているのは ${words.ja}です`),
            ruledOut:
              version === ''
                ? []
                : [
                    {
                      cause: 'tls.no-common-cipher',
                      check: first.check,
                      says: both(
                        'with the old version the handshake succeeds',
                        '古いバージョンではハンドシェイクに成功します',
                      ),
                    },
                  ],
          },
        ),
      ];
    });
  },
  because: ({ places, version, as }) => {
    const where = placesText(places);
    const words = spoken(version);
    const { name, oldest, versionKnown } = rulesOf(as);
    const effect =
      versionKnown && version !== '' && versionRank(oldest) <= versionRank(version)
        ? both(
            `${name}, on which the CRM runs, still speaks it; every newer one refuses the connection.`,
            `CRM の実行環境である ${name} はまだ対応していますが、新しいバージョンにすると接続を拒否します。`,
          )
        : both(
            `${name}, on which the CRM runs, wants TLS 1.2 or newer and refuses the connection.`,
            `CRM の実行環境である ${name} は TLS 1.2 以降が必要なため、接続を拒否します。`,
          );
    return both(
      `The server at ${where.en} speaks ${words.en}. ${effect.en}`,
      `${where.ja} のサーバーが対応しているのは ${words.ja}です。${effect.ja}`,
    );
  },
  steps: ({ places }) => {
    const first = firstOf(places);
    return [
      both(
        `On ${first.host}: allow TLS 1.2 and 1.3 (Postfix: smtpd_tls_protocols = >=TLSv1.2, Dovecot: ssl_min_protocol = TLSv1.2).`,
        `${first.host} で TLS 1.2 と 1.3 を有効にします（Postfix は smtpd_tls_protocols = >=TLSv1.2、Dovecot は ssl_min_protocol = TLSv1.2）。`,
      ),
      both(
        'If its OpenSSL or operating system is too old for that: upgrade it, or put a relay with a current TLS in front.',
        'OpenSSL や OS が古くて対応できない場合は、更新するか、新しい TLS に対応した中継サーバーを手前に置きます。',
      ),
      both(
        'Do not lower the security of the CRM instead: it would be lowered for every server.',
        'CRM 側の安全設定を下げる対処は、すべての接続先に影響するため行わないでください。',
      ),
      both(
        `Verify: ${inspect(first).replace(' </dev/null', ' -tls1_2 </dev/null')} must show a certificate.`,
        `確認: ${inspect(first).replace(' </dev/null', ' -tls1_2 </dev/null')} を実行し、証明書が表示されることを確認します。`,
      ),
    ];
  },
});
